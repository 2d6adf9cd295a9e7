"""Workers in a hurry, and what can be seen of the queue from outside."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

from msgspec import Struct

from rejoinder.db.pool import Database
from rejoinder.db.sql import Statement
from rejoinder.jobs.runner import Pace, Runner
from rejoinder.jobs.types import Every, Job, Kind

AT_ONCE = timedelta()
MS = timedelta(milliseconds=1)
HURRY = Pace(poll=10 * MS, beat=30 * MS, lease=300 * MS, grace=100 * MS, spread=10 * MS)


class Row(Struct, frozen=True):
    """A job as it stands in the table."""

    name: str
    attempts: int
    deaths: int
    state: str
    error: str | None


async def rows(database: Database) -> list[Row]:
    return await database.many(
        Row,
        Statement(
            "SELECT name, attempts, deaths, CASE WHEN given_up_at IS NOT NULL THEN 'given up'"
            " WHEN claimed_by IS NOT NULL THEN 'claimed' ELSE 'waiting' END, error"
            " FROM jobs ORDER BY id"
        ),
    )


def kind(
    run: Callable[[list[Any], Job], Awaitable[object]],
    *,
    first_pause: timedelta = AT_ONCE,
    **options: Any,
) -> Kind[list[Any]]:
    """Jobs that write down what they do in the list they are given."""
    return Kind(run=run, first_pause=first_pause, **options)


@asynccontextmanager
async def working(
    database: Database,
    kinds: Mapping[str, Kind[list[Any]]] | None = None,
    schedule: Mapping[str, Every[list[Any]]] | None = None,
    *,
    done: list[Any] | None = None,
    pace: Pace = HURRY,
    slots: int = 4,
) -> AsyncGenerator[Runner[list[Any]]]:
    """A worker that runs until the block ends."""
    runner = Runner(
        database,
        [] if done is None else done,
        kinds or {},
        schedule or {},
        slots=slots,
        pace=pace,
    )
    task = asyncio.create_task(runner.run())
    try:
        yield runner
    finally:
        runner.stop()
        await task


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(45):
        while not await condition():  # noqa: ASYNC110  the queue is in another process
            await asyncio.sleep(0.01)


async def until_empty(database: Database) -> None:
    async def empty() -> bool:
        return not await rows(database)

    await until(empty)


async def until_given_up(database: Database) -> None:
    async def settled() -> bool:
        return all(row.state == "given up" for row in await rows(database))

    await until(settled)


async def write_payload(done: list[Any], job: Job) -> None:
    done.append(bytes(job.payload))
