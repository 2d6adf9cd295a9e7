"""How much is worked on at once, and whose turn it is when several projects ask.

A project that has the server to itself may use all of it. While others ask, too, a few of its
requests are worked on at once and the rest stand in its line, so that a crowd of one project
stands in the way of nobody else. A crowd beside projects that have no line has fewer still: what is
at work holds up every step of theirs. Crowds among themselves keep their shares, as a server with
little at work does less. No line is long: what would wait for too long is refused at once.
"""

import asyncio
from collections import deque
from time import monotonic
from typing import Final

from rejoinder.web import metrics
from rejoinder.web.refusals import PROJECT_BUSY, SERVER_BUSY, Refusal

# So long a project that was seen counts as one that asks.
_COMPANY_S: Final = 10.0
# So long a project that had a line counts as a crowd.
_CROWDED_S: Final = 1.0
# What is left of a crowd's share beside projects that are none.
_LEFT_TO_A_CROWD: Final = 4


class _Crowd:
    """What one project has here."""

    __slots__ = ("line", "working")

    def __init__(self) -> None:
        self.working = 0
        self.line: deque[asyncio.Future[None]] = deque()

    def __len__(self) -> int:
        return self.working + len(self.line)


class _Lately:
    """Who did something within the last seconds."""

    __slots__ = ("_seconds", "_until")

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._until: dict[str, float] = {}

    def add(self, project: str) -> None:
        # Put last again, so that they stand in the order in which they are forgotten.
        self._until.pop(project, None)
        self._until[project] = monotonic() + self._seconds

    def __len__(self) -> int:
        now = monotonic()
        while self._until:
            first = next(iter(self._until))
            if self._until[first] > now:
                break
            del self._until[first]
        return len(self._until)

    def __contains__(self, project: str) -> bool:
        return project in self._until


class Turns:
    """The turns of one process. `inside` counts all, whether worked on or standing in a line."""

    def __init__(self, most: int, share: int) -> None:
        """`most` requests may be here, half of them of one project, and `share` of it at work."""
        self.most = most
        self.most_of_one = (most + 1) // 2
        self.share = share
        self.least = max(1, share // _LEFT_TO_A_CROWD)
        self.inside = 0
        self._crowds: dict[str, _Crowd] = {}
        self._asking = _Lately(_COMPANY_S)
        self._crowded = _Lately(_CROWDED_S)
        metrics.SHARE.set(share)
        metrics.IN_FLIGHT.set_function(lambda: self.inside - self.waiting())
        metrics.WAITING.set_function(self.waiting)
        metrics.BUSIEST.set_function(self.busiest)

    def refusal(self, project: str) -> Refusal | None:
        """The answer to one more request of `project`, when there is no room for it."""
        if self.inside >= self.most:
            return SERVER_BUSY
        crowd = self._crowds.get(project)
        if crowd is not None and len(crowd) >= self.most_of_one:
            return PROJECT_BUSY
        return None

    def enter(self, project: str) -> asyncio.Future[None] | None:
        """Lets a request of `project` in: at once, or when what it is given is done."""
        self.inside += 1
        if not project:
            return None
        self._asking.add(project)
        crowd = self._crowd_of(project)
        if not crowd.line and crowd.working < self._room(project):
            crowd.working += 1
            return None
        self._crowded.add(project)
        turn = asyncio.get_running_loop().create_future()
        crowd.line.append(turn)
        return turn

    def leave(self, project: str) -> None:
        """The request was worked on; the next of its project comes in."""
        self.inside -= 1
        if project:
            crowd = self._crowds[project]
            crowd.working -= 1
            self._move_up(project, crowd)

    def come_back(self, project: str) -> None:
        """A request that had its turn, and left while it waited for its client, goes on."""
        self.inside += 1
        if project:
            self._crowd_of(project).working += 1

    def give_up(self, project: str, turn: "asyncio.Future[None]") -> None:
        """The request that waited was cancelled."""
        if not turn.cancelled():
            self.leave(project)
            return
        self.inside -= 1
        crowd = self._crowds.get(project)
        if crowd is not None and turn in crowd.line:
            crowd.line.remove(turn)
            self._move_up(project, crowd)

    def waiting(self) -> int:
        return sum(len(crowd.line) for crowd in self._crowds.values())

    def busiest(self) -> int:
        """How many requests the project with the most has at work."""
        return max((crowd.working for crowd in self._crowds.values()), default=0)

    def _crowd_of(self, project: str) -> _Crowd:
        crowd = self._crowds.get(project)
        if crowd is None:
            crowd = self._crowds[project] = _Crowd()
        return crowd

    def _room(self, project: str) -> int:
        """How many of this project may be at work now."""
        asking = len(self._asking)
        if asking < 2:  # noqa: PLR2004  one is no company
            return self.most
        crowds = len(self._crowded)
        return self.least if project in self._crowded and asking > crowds else self.share

    def _move_up(self, project: str, crowd: _Crowd) -> None:
        room = self._room(project)
        while crowd.line and crowd.working < room:
            turn = crowd.line.popleft()
            if not turn.cancelled():
                crowd.working += 1
                turn.set_result(None)
        if not crowd:
            del self._crowds[project]
