"""Each project's log, read once for all streams of this process."""

import asyncio
from collections.abc import AsyncGenerator, Generator, Sequence
from contextlib import contextmanager
from typing import Final
from uuid import UUID

import structlog

from rejoinder.clock import within
from rejoinder.db.connection import DATABASE_AWAY
from rejoinder.db.pool import Database
from rejoinder.errors import Unavailable
from rejoinder.events import queries
from rejoinder.events.announcement import Announcement
from rejoinder.events.event import BEGINNING, Position, Recorded
from rejoinder.realtime.filters import Wanted
from rejoinder.realtime.follower import Audience, Follower, News, Told
from rejoinder.realtime.log import Portion, read_on
from rejoinder.realtime.wire import frame

log = structlog.get_logger(__name__)

_BATCH: Final = 256
# An announced event can be read once every older transaction has ended: soon, but not at once.
_LOOKS_S: Final = (0.005, 0.02, 0.05, 0.1, 0.2, 0.4)
_AT_LEAST_EVERY_S: Final = 1.0
# Thousands may come back at once; requests need connections, too.
_READERS: Final = 4
_EVERYTHING: Final = Wanted(frozenset(), None)


class Tail:
    """The end of one project's log: read as it grows, and told to those who follow it."""

    def __init__(self, database: Database, project_id: int) -> None:
        self.audience = Audience()
        self.position = BEGINNING
        self.begun = asyncio.Event()
        self._database = database
        self._project_id = project_id
        self._nudged = asyncio.Event()
        self._reading = asyncio.create_task(self._read())

    def end(self) -> None:
        self._reading.cancel()

    def nudge(self) -> None:
        """Something was committed: look soon."""
        self._nudged.set()

    async def read_on(self, position: Position, want: Wanted) -> Portion:
        """What is wanted and lies behind the position, a batch of it."""
        return await read_on(self._database, self._project_id, position, want, _BATCH)

    async def _read(self) -> None:
        """Reads the log until cancelled, and after an interruption goes on where it was."""
        while True:
            try:
                if not self.begun.is_set():
                    self.position = await queries.end_of_log(self._database)
                    self.begun.set()
                await self._read_on()
            except DATABASE_AWAY as error:
                log.warning("feed.interrupted", error=type(error).__name__)
                await asyncio.sleep(_AT_LEAST_EVERY_S)

    async def _read_on(self) -> None:
        """Tells what is new: looks after each nudge, and a few times more."""
        looks = iter(_LOOKS_S)
        while True:
            self._nudged.clear()
            if found := (await self.read_on(self.position, _EVERYTHING)).events:
                self._tell(found)
            if await within(next(looks, _AT_LEAST_EVERY_S), self._nudged) or found:
                looks = iter(_LOOKS_S)

    def _tell(self, found: Sequence[Recorded]) -> None:
        for event in found:
            self.position = event.position
            if followers := self.audience.of(event):
                told = Told(event, frame(event))
                for follower in followers:
                    follower.tell(told)


class Feed:
    """The tails of all projects that somebody follows here, by `most` streams together."""

    def __init__(self, most: int = 5_000) -> None:
        self.is_closing = False
        self._most = most
        self._tails: dict[int, Tail] = {}
        self._turn = asyncio.Semaphore(_READERS)

    async def heard(self, announcement: Announcement) -> None:
        """A listener of `Work` and `Ear`."""
        if tail := self._tails.get(announcement.project_id):
            tail.nudge()

    def whisper(self, project_id: int, ticket_id: UUID, text: bytes) -> None:
        """Says it to the project's streams of this process that are about the ticket, too."""
        if tail := self._tails.get(project_id):
            for follower in tail.audience.everybody():
                if follower.want.includes(ticket_id):
                    follower.whisper(text)

    def check_room(self) -> None:
        """Raises Unavailable when there are as many streams as this process may have."""
        if sum(len(tail.audience) for tail in self._tails.values()) >= self._most:
            raise Unavailable("There are too many streams. Poll instead.", code="overloaded")

    def close(self) -> None:
        """Ends all streams."""
        self.is_closing = True
        for tail in self._tails.values():
            tail.begun.set()
            for follower in tail.audience.everybody():
                follower.moved.set()

    async def follow(
        self,
        database: Database,
        project_id: int,
        want: Wanted,
        after: Position | None,
        patience: float,
    ) -> AsyncGenerator[News]:
        """What is wanted of the log behind `after` (None: from now on), and whispers.

        The first news have only their place: what happens behind it is not missed. So have those
        that come when there were none for `patience` seconds.
        """
        with self._following(database, project_id, Follower(want, after)) as (tail, follower):
            await tail.begun.wait()
            if after is None:
                follower.position = tail.position
            yield News(end=follower.position)
            while not self.is_closing:
                if follower.is_behind:
                    if found := await self._catch_up(tail, follower):
                        yield News(found)
                elif news := follower.take():
                    yield news
                elif not await within(patience, follower.moved):
                    # It was told of all that it wants up to there.
                    follower.position = max(follower.position, tail.position)
                    yield News(end=follower.position)

    async def _catch_up(self, tail: Tail, follower: Follower) -> Sequence[Told]:
        """A batch from the log. What comes while it is read is kept: no gap lies between."""
        follower.is_behind = False
        try:
            async with self._turn:
                part = await tail.read_on(follower.position, follower.want)
        except DATABASE_AWAY as error:
            log.warning("feed.waits", error=type(error).__name__)
            follower.fall_behind()
            await asyncio.sleep(_AT_LEAST_EVERY_S)
            return ()
        if part.has_more:
            follower.fall_behind()
        follower.position = part.end
        return [Told(event, frame(event)) for event in part.events]

    @contextmanager
    def _following(
        self, database: Database, project_id: int, follower: Follower
    ) -> Generator[tuple[Tail, Follower]]:
        tail = self._tails.get(project_id)
        if tail is None:
            tail = self._tails[project_id] = Tail(database, project_id)
        tail.audience.add(follower)
        try:
            yield tail, follower
        finally:
            tail.audience.remove(follower)
            if not tail.audience:
                del self._tails[project_id]
                tail.end()
