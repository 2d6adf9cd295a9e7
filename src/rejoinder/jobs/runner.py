"""Runs jobs in this process: claims those that are due, and shows that it is alive meanwhile."""

import asyncio
import secrets
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Final, Generic, TypeVar

import structlog
from msgspec import Struct

from rejoinder.db.pool import Database
from rejoinder.jobs import queries, rules
from rejoinder.jobs.attempt import Attempts
from rejoinder.jobs.types import Every, Job, Kind

log = structlog.get_logger(__name__)

C = TypeVar("C")

_MOST_DEATHS: Final = 3


class Pace(Struct, frozen=True, kw_only=True):
    """How a worker spends its time. What it leaves behind is missed after a `lease`."""

    poll: timedelta = timedelta(seconds=1)
    beat: timedelta = timedelta(seconds=5)
    lease: timedelta = timedelta(seconds=15)
    # Less than the eight seconds that a server takes to stop.
    grace: timedelta = timedelta(seconds=5)
    # How far jobs come apart that were left behind together.
    spread: timedelta = timedelta(seconds=2)


_USUAL_PACE: Final = Pace()


class Runner(Generic[C]):
    """Runs up to `slots` jobs at once, of these kinds and of the schedule, each given `context`."""

    def __init__(
        self,
        database: Database,
        context: C,
        kinds: Mapping[str, Kind[C]],
        schedule: Mapping[str, Every[C]],
        *,
        slots: int = 4,
        pace: Pace = _USUAL_PACE,
        wake: asyncio.Event | None = None,
    ) -> None:
        """Setting `wake` makes it look at once for jobs that are due."""
        self.worker = secrets.token_hex(6)
        self._database = database
        self._attempts = Attempts(database, self.worker, context)
        self._kinds = {**kinds, **{name: rules.repeating(job) for name, job in schedule.items()}}
        self._intervals = {name: job.interval for name, job in schedule.items()}
        self._slots = slots
        self._pace = pace
        self._wake = wake or asyncio.Event()
        self._stopping = False
        self._running: dict[asyncio.Task[None], Job] = {}

    def stop(self) -> None:
        """Begins no more jobs; `run` returns when those that run have ended, or after a while."""
        self._stopping = True
        self._wake.set()

    async def run(self) -> None:
        """Works until stopped; jobs that take too long to end are given back."""
        upkeep = asyncio.create_task(self._keep_up())
        try:
            while not self._stopping:
                self._wake.clear()
                await self._begin_due()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), self._pace.poll.total_seconds())
            await self._let_end(self._pace.grace)
        finally:
            for task in self._running:
                task.cancel()
            await self._let_end(timedelta(seconds=1))
            upkeep.cancel()

    async def _begin_due(self) -> None:
        running = Counter(job.name for job in self._running.values())
        most = self._slots - running.total()
        places = rules.free_places(self._kinds, running)
        if most < 1 or not places:
            return
        try:
            due = await queries.claim(self._database, self.worker, places, most, self._pace.lease)
        except Exception as error:  # noqa: BLE001  whatever it was, the next look may succeed
            log.warning("jobs.unclaimed", error=type(error).__name__)
            return
        for job in due:
            task = asyncio.create_task(self._attempts.make(self._kinds[job.name], job))
            self._running[task] = job
            task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        job = self._running.pop(task)
        self._wake.set()
        error = None if task.cancelled() else task.exception()
        if error is not None:
            log.error("job.unwritten", job=job.name, id=job.id, exc_info=error)

    async def _keep_up(self) -> None:
        """Until cancelled: puts the schedule in place, then gives signs of life."""
        scheduled = False
        while True:
            try:
                if not scheduled:
                    await queries.schedule(self._database, self._intervals)
                    scheduled = True
                await self._beat()
            except Exception as error:  # noqa: BLE001  a worker without signs of life is missed
                log.warning("jobs.unkept", error=type(error).__name__)
            await asyncio.sleep(self._pace.beat.total_seconds())

    async def _beat(self) -> None:
        """First for our own jobs, so that the next statement takes others' only."""
        ids = [job.id for job in self._running.values()]
        await queries.beat(self._database, self.worker, ids, self._pace.lease)
        for left in await queries.reap(self._database, self._pace.spread, _MOST_DEATHS):
            log.error(
                "job.left_behind",
                job=left.name,
                id=left.id,
                deaths=left.deaths,
                given_up=left.given_up,
            )

    async def _let_end(self, patience: timedelta) -> None:
        if self._running:
            await asyncio.wait(self._running, timeout=patience.total_seconds())
