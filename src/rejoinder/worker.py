"""The composition root for background work, beside the web server or in a process of its own."""

import asyncio
from collections.abc import AsyncGenerator, Coroutine
from contextlib import asynccontextmanager, suppress

from rejoinder.cache.cached import Cached
from rejoinder.cache.stores import open_store
from rejoinder.db.pool import connect
from rejoinder.events.announcement import Announcement
from rejoinder.events.listen import Ear
from rejoinder.events.reactions import queue_reactions
from rejoinder.events.work import Work
from rejoinder.jobs.runner import Runner
from rejoinder.settings import Settings
from rejoinder.wiring import JOBS, REACTIONS, SCHEDULE, UNREAD_CLEARED_BY

_REACTED_TO = frozenset(REACTIONS)


class Background:
    """The jobs that this process runs, up to `slots` at once."""

    def __init__(self, *, slots: int = 4) -> None:
        self._slots = slots
        self._wake = asyncio.Event()

    async def heard(self, announcement: Announcement) -> None:
        """Looks for jobs at once when events were announced that some react to."""
        if announcement.concerns(_REACTED_TO):
            self._wake.set()

    @asynccontextmanager
    async def running(self, work: Work) -> AsyncGenerator[None]:
        """Runs jobs until the block ends, then lets those that have begun end."""
        runner = Runner(work.database, work, JOBS, SCHEDULE, slots=self._slots, wake=self._wake)
        task = asyncio.create_task(runner.run())
        try:
            yield
        finally:
            runner.stop()
            await task


async def run(settings: Settings, stop: asyncio.Event) -> None:
    """Background work alone, until `stop` is set."""
    store = open_store(settings.redis_url, trusted=lambda: False)
    unread = Cached(store, "unread", int, cleared_by=UNREAD_CLEARED_BY)
    background = Background(slots=max(2, settings.pool_size - 2))
    async with connect(settings.database_url, settings) as database:
        work = Work(
            database,
            listeners=[unread.heard, background.heard],
            reactors=[queue_reactions(REACTIONS)],
        )
        ear = Ear(settings.database_url, work.process, background.heard, _deaf)
        async with beside(ear.run()), background.running(work):
            await stop.wait()
    await store.close()


@asynccontextmanager
async def beside(coroutine: Coroutine[None, None, None]) -> AsyncGenerator[None]:
    """Runs it as long as the block lasts."""
    task = asyncio.create_task(coroutine)
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _deaf() -> None:
    """Nothing: what is not heard is found a second later."""
