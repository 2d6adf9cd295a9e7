"""One run of a job, and what is written down of it."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import Final, Generic, TypeVar

import structlog

from rejoinder.db.connection import DATABASE_AWAY
from rejoinder.db.pool import Database
from rejoinder.jobs import metrics, queries, rules
from rejoinder.jobs.types import Job, Kind

log = structlog.get_logger(__name__)

C = TypeVar("C")

_PAUSE_S: Final = 0.5


class Attempts(Generic[C]):
    """The attempts that one worker makes."""

    def __init__(self, database: Database, worker: str, context: C) -> None:
        self._database = database
        self._worker = worker
        self._context = context

    async def make(self, kind: Kind[C], job: Job) -> None:
        """Runs the job; afterwards it is gone, waits for its next time, or is given up."""
        if kind.attempts is not None and job.attempts > kind.attempts:
            await self._give_up(job, None)
            return
        try:
            await self._run(kind, job)
        except asyncio.CancelledError as error:
            if _is_being_cancelled():
                await self._write(queries.give_back, job)
                raise
            await self._fail(kind, job, error)
        except (Exception, SystemExit) as error:  # noqa: BLE001  a job may fail in any way
            await self._fail(kind, job, error)
        else:
            await self._write(queries.finish, job)

    async def _run(self, kind: Kind[C], job: Job) -> None:
        with metrics.SECONDS.labels(job.name).time():
            async with asyncio.timeout(kind.timeout.total_seconds()):
                await kind.run(self._context, job)

    async def _fail(self, kind: Kind[C], job: Job, error: BaseException) -> None:
        metrics.FAILURES.labels(job.name).inc()
        reason = rules.reason(error)
        if not rules.has_attempts_left(kind, job.attempts):
            await self._give_up(job, reason)
            return
        pause = rules.pause(kind, job.attempts, random.random())  # noqa: S311  no secret
        log.warning(
            "job.failed", job=job.name, id=job.id, attempts=job.attempts, error=type(error).__name__
        )
        await self._write(queries.retry, job, reason, pause)

    async def _give_up(self, job: Job, reason: str | None) -> None:
        log.error("job.given_up", job=job.name, id=job.id, attempts=job.attempts)
        await self._write(queries.give_up, job, reason)

    async def _write(
        self, statement: Callable[..., Awaitable[None]], job: Job, *values: object
    ) -> None:
        """Insists, however long the database is away: otherwise the job would be run again."""
        while True:
            try:
                await statement(self._database, self._worker, job, *values)
            except DATABASE_AWAY as error:
                log.warning("job.unwritten", job=job.name, id=job.id, error=type(error).__name__)
                await asyncio.sleep(_PAUSE_S)
            else:
                return


def _is_being_cancelled() -> bool:
    """Whether a cancellation comes from outside; a job can also raise one by itself."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
