"""Sends what webhooks are due, in every process that runs jobs, beside the jobs.

Jobs have few places, and a receiver may take ten seconds to answer: here each webhook has a round
of its own, and waiting for answers costs neither a place nor a connection to the database.
"""

import asyncio
import secrets
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from typing import Final

import structlog

from rejoinder.events.announcement import Announcement
from rejoinder.events.work import Work
from rejoinder.web.egress.client import Egress
from rejoinder.webhooks import queries
from rejoinder.webhooks.round import LOOKS_S, Pace, Round, within

log = structlog.get_logger(__name__)

_USUAL_PACE: Final = Pace()
# Looking for webhooks with work costs a statement: not more often than this.
_LEAST_S: Final = 0.02
_TURNS: Final = 3


class Courier:
    """The rounds of one process."""

    def __init__(self, egress: Egress, *, pace: Pace = _USUAL_PACE) -> None:
        self.name = secrets.token_hex(6)
        self._egress = egress
        self._pace = pace
        self._turn = asyncio.Semaphore(_TURNS)
        self._nudged = asyncio.Event()
        self._stopping = False
        self._rounds: dict[asyncio.Task[None], Round] = {}

    async def heard(self, announcement: Announcement) -> None:
        """Looks at once for what was announced; a listener of `Work` and `Ear`."""
        self._nudged.set()
        for under_way in self._rounds.values():
            if under_way.key.project_id == announcement.project_id:
                under_way.nudge()

    @asynccontextmanager
    async def running(self, work: Work) -> AsyncGenerator[None]:
        """Sends until the block ends, then lets attempts that are under way end."""
        task = asyncio.create_task(self.run(work))
        try:
            yield
        finally:
            self._stopping = True
            self._nudged.set()
            await task

    async def run(self, work: Work) -> None:
        """Sends until stopped; when cancelled, others miss what it held after the lease."""
        beating = asyncio.create_task(self._beat(work))
        looks: Iterator[float] = iter(())
        try:
            while not self._stopping:
                self._nudged.clear()
                await self._take(work)
                await asyncio.sleep(_LEAST_S)
                if await within(next(looks, self._pace.poll.total_seconds()), self._nudged):
                    looks = iter(LOOKS_S)
            await self._let_end()
        finally:
            beating.cancel()
            for task in self._rounds:
                task.cancel()

    async def _take(self, work: Work) -> None:
        most = self._pace.rounds - len(self._rounds)
        try:
            keys = await queries.take(work.database, self.name, self._pace.lease, most)
        except Exception as error:  # noqa: BLE001  whatever it was, the next look may succeed
            log.warning("webhooks.untaken", error=type(error).__name__)
            return
        for key in keys:
            begun = Round(work, self._egress, key, self.name, pace=self._pace, turn=self._turn)
            task = asyncio.create_task(begun.run())
            self._rounds[task] = begun
            task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        ended = self._rounds.pop(task)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            log.error("webhook.round_failed", webhook=str(ended.key.id), exc_info=error)

    async def _beat(self, work: Work) -> None:
        """Until cancelled: shows that the webhooks it holds are in good hands."""
        while True:
            await asyncio.sleep(self._pace.beat.total_seconds())
            if self._rounds:
                try:
                    ids = [under_way.key.id for under_way in self._rounds.values()]
                    await queries.beat(work.database, self.name, ids, self._pace.lease)
                except Exception as error:  # noqa: BLE001  the next beat may reach the database
                    log.warning("webhooks.unheld", error=type(error).__name__)

    async def _let_end(self) -> None:
        for under_way in self._rounds.values():
            under_way.stop()
        if self._rounds:
            await asyncio.wait(self._rounds, timeout=self._pace.grace.total_seconds())
