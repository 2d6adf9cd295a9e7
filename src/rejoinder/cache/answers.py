"""Whole answers, kept until anything in their project changes."""

import secrets
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from time import monotonic
from typing import Final, NamedTuple

from rejoinder.cache.cached import Announced

_LIFETIME: Final = 30.0
_MOST_BYTES: Final = 64 * 1024 * 1024
# Events of the installation itself: names of users and roles stand in many projects' answers.
_EVERYWHERE: Final = 0


class Kept(NamedTuple):
    """An answer's body, and the headers that belong to it."""

    body: bytes
    headers: Mapping[str, str]


class Epoch:
    """The time between two changes of a project: what is asked twice in it is answered alike."""

    __slots__ = ("answers", "ends_at", "name", "size")

    def __init__(self, ends_at: float) -> None:
        self.ends_at = ends_at
        self.name = secrets.token_urlsafe(9)
        self.answers: dict[Hashable, Kept] = {}
        self.size = 0


class Answers:
    """By project; used only while `trusted` says that we hear of every change made elsewhere."""

    def __init__(
        self,
        trusted: Callable[[], bool],
        *,
        most_bytes: int = _MOST_BYTES,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._trusted = trusted
        self._most_bytes = most_bytes
        self._clock = clock
        self._epochs: OrderedDict[int, Epoch] = OrderedDict()
        self._size = 0

    def now(self, project_id: int) -> Epoch | None:
        """The project's epoch, to be asked for before anything is read; None: keep nothing."""
        if not self._trusted():
            return None
        epoch = self._epochs.get(project_id)
        if epoch is not None and self._clock() < epoch.ends_at:
            return epoch
        self._end(project_id)
        epoch = self._epochs[project_id] = Epoch(self._clock() + _LIFETIME)
        return epoch

    def keep(self, project_id: int, epoch: Epoch, key: Hashable, answer: Kept) -> None:
        """Keeps what was read in the epoch, if that has not ended meanwhile."""
        if self._epochs.get(project_id) is not epoch or key in epoch.answers:
            return
        epoch.answers[key] = answer
        epoch.size += len(answer.body)
        self._size += len(answer.body)
        self._epochs.move_to_end(project_id)
        while self._size > self._most_bytes:
            self._end(next(iter(self._epochs)))

    async def heard(self, announcement: Announced) -> None:
        """Ends the epoch of the project in which something has happened."""
        if announcement.project_id == _EVERYWHERE:
            self.clear()
        else:
            self._end(announcement.project_id)

    def clear(self) -> None:
        self._epochs.clear()
        self._size = 0

    def _end(self, project_id: int) -> None:
        if (epoch := self._epochs.pop(project_id, None)) is not None:
            self._size -= epoch.size
