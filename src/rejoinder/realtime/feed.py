"""Each project's log, read once for all streams of this process."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Generator, Sequence
from contextlib import contextmanager, suppress
from typing import Final

import asyncpg
import structlog

from rejoinder.db.pool import Database
from rejoinder.errors import RejoinderError, Unavailable
from rejoinder.events import queries
from rejoinder.events.announcement import Announcement
from rejoinder.events.event import Position, Recorded

log = structlog.get_logger(__name__)

_BATCH: Final = 256
_KEPT: Final = 1_024
# An announced event can be read once every older transaction has ended: soon, but not at once.
_LOOKS_S: Final = (0.0, 0.005, 0.02, 0.05, 0.1, 0.2, 0.4)
_AT_LEAST_EVERY_S: Final = 1.0


Whispers = deque[bytes]
"""What one stream was told beside the log, and has not passed on yet."""


class Tail:
    """The end of one project's log, in memory, as long as somebody follows it."""

    def __init__(self, database: Database, project_id: int) -> None:
        self.followers: list[Whispers | None] = []
        self.moved = asyncio.Event()
        self._database = database
        self._project_id = project_id
        self._recent: deque[Recorded] = deque()
        self._floor: Position | None = None
        self._nudged = asyncio.Event()
        self._reading = asyncio.create_task(self._read())

    def end(self) -> None:
        self._reading.cancel()

    def nudge(self) -> None:
        """Something was committed: look soon."""
        self._nudged.set()

    def wake(self) -> None:
        """Followers look again; `moved` is theirs to wait for, a new one each time."""
        self.moved.set()
        self.moved = asyncio.Event()

    def whisper(self, text: bytes) -> None:
        """Something that is said but not recorded; who is far behind misses the oldest of it."""
        for whispers in self.followers:
            if whispers is not None:
                whispers.append(text)
        self.wake()

    async def after(self, position: Position) -> Sequence[Recorded]:
        """What lies behind the position: from memory if it is all there, else from the log."""
        if self._floor is not None and position >= self._floor:
            return [event for event in self._recent if event.position > position]
        return await self._log(position)

    async def _read(self) -> None:
        """Reads the log as it grows, until cancelled."""
        while True:
            try:
                await self._read_on()
            except (
                OSError,
                RejoinderError,
                asyncpg.PostgresError,
                asyncpg.InterfaceError,
            ) as error:
                log.warning("feed.interrupted", error=type(error).__name__)
                await asyncio.sleep(_AT_LEAST_EVERY_S)

    async def _read_on(self) -> None:
        position = await queries.end_of_log(self._database)
        self._recent.clear()
        self._floor = position
        # Who followed before an interruption has to look at what came meanwhile.
        self.wake()
        while True:
            if found := await self._look(position):
                position = found[-1].position
                self._keep(found)
                self.wake()

    async def _look(self, position: Position) -> Sequence[Recorded]:
        """What is new: looked for now, a few times more, and then after the next nudge."""
        self._nudged.clear()
        for pause in _LOOKS_S:
            await asyncio.sleep(pause)
            if found := await self._log(position):
                return found
        await within(_AT_LEAST_EVERY_S, self._nudged)
        return ()

    async def _log(self, position: Position) -> Sequence[Recorded]:
        return await queries.log(self._database, self._project_id, position, (), _BATCH)

    def _keep(self, found: Sequence[Recorded]) -> None:
        self._recent.extend(found)
        while len(self._recent) > _KEPT:
            self._floor = self._recent.popleft().position


class Feed:
    """The tails of all projects that somebody follows here, by `most` streams together."""

    def __init__(self, most: int = 5_000) -> None:
        self.is_closing = False
        self._most = most
        self._tails: dict[int, Tail] = {}

    async def heard(self, announcement: Announcement) -> None:
        """A listener of `Work` and `Ear`."""
        if tail := self._tails.get(announcement.project_id):
            tail.nudge()

    def whisper(self, project_id: int, text: bytes) -> None:
        """Says it to the project's streams of this process."""
        if tail := self._tails.get(project_id):
            tail.whisper(text)

    def check_room(self) -> None:
        """Raises Unavailable when there are as many streams as this process may have."""
        if sum(len(tail.followers) for tail in self._tails.values()) >= self._most:
            raise Unavailable("There are too many streams. Poll instead.", code="overloaded")

    def close(self) -> None:
        """Ends all streams."""
        self.is_closing = True
        for tail in self._tails.values():
            tail.wake()

    async def follow(
        self,
        database: Database,
        project_id: int,
        after: Position | None,
        patience: float,
        whispers: Whispers | None = None,
    ) -> AsyncGenerator[Sequence[Recorded]]:
        """Batches of events behind `after` (None: from now on).

        An empty one comes each `patience` seconds, and when there is something in `whispers`.
        """
        position = after or await queries.end_of_log(database)
        with self._tail(database, project_id, whispers) as tail:
            while not self.is_closing:
                moved = tail.moved
                if found := await tail.after(position):
                    position = found[-1].position
                    yield found
                elif not await within(patience, moved) or whispers:
                    yield ()

    @contextmanager
    def _tail(
        self, database: Database, project_id: int, whispers: Whispers | None
    ) -> Generator[Tail]:
        tail = self._tails.get(project_id)
        if tail is None:
            tail = self._tails[project_id] = Tail(database, project_id)
        tail.followers.append(whispers)
        try:
            yield tail
        finally:
            tail.followers.remove(whispers)
            if not tail.followers:
                del self._tails[project_id]
                tail.end()


async def within(seconds: float, event: asyncio.Event) -> bool:
    """Whether the event is set before the time is over."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            return await event.wait()
    return False
