"""The statements of the queue."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from msgspec import Raw, Struct

from rejoinder.db.pool import Queryable
from rejoinder.db.sql import load
from rejoinder.jobs.types import Job, NewJob

sql = load(__package__)


class Reaped(Struct, frozen=True):
    """A job that was left behind by its worker."""

    id: int
    name: str
    deaths: int
    given_up: bool


class Standing(Struct, frozen=True):
    """How the jobs of one name stand; `waited` is the longest time in seconds."""

    name: str
    waiting: int
    running: int
    given_up: int
    waited: float


class DeadLetter(Struct, frozen=True):
    """A job that was given up, with what it was to do and what went wrong the last time."""

    id: int
    name: str
    payload: Raw
    attempts: int
    deaths: int
    error: str | None
    given_up_at: datetime


async def add(db: Queryable, jobs: Sequence[NewJob]) -> None:
    names = [job.name for job in jobs]
    await db.run(sql.add, names, [job.payload for job in jobs], [job.delay for job in jobs])


async def schedule(db: Queryable, intervals: Mapping[str, timedelta]) -> None:
    await db.run(sql.schedule, list(intervals), list(intervals.values()))


async def claim(
    db: Queryable, worker: str, places: Mapping[str, int], most: int, lease: timedelta
) -> list[Job]:
    names, free = list(places), list(places.values())
    return await db.many(Job, sql.claim, worker, names, free, most, lease)


async def beat(db: Queryable, worker: str, ids: Iterable[int], lease: timedelta) -> None:
    await db.run(sql.beat, worker, list(ids), lease)


async def finish(db: Queryable, worker: str, job: Job) -> None:
    await db.run(sql.finish, job.id, worker, job.attempts)


async def retry(db: Queryable, worker: str, job: Job, reason: str, pause: timedelta) -> None:
    await db.run(sql.retry, job.id, worker, job.attempts, reason, pause)


async def give_up(db: Queryable, worker: str, job: Job, reason: str | None) -> None:
    """Keeps it as a dead letter; without a reason of its own, with that of the run before."""
    await db.run(sql.give_up, job.id, worker, job.attempts, reason)


async def give_back(db: Queryable, worker: str, job: Job) -> None:
    await db.run(sql.give_back, job.id, worker, job.attempts)


async def reap(db: Queryable, spread: timedelta, most_deaths: int) -> list[Reaped]:
    return await db.many(Reaped, sql.reap, spread, most_deaths)


async def standing(db: Queryable) -> list[Standing]:
    return await db.many(Standing, sql.standing)


async def given_up(db: Queryable, name: str | None, most: int) -> list[DeadLetter]:
    """The dead letters, or those of one name, the newest first."""
    return await db.many(DeadLetter, sql.given_up, name, most)


async def requeue(db: Queryable, job_id: int | None, name: str | None) -> int:
    """Has this dead letter, those of this name, or all of them run again; how many."""
    return await db.run(sql.requeue, job_id, name)


async def discard(db: Queryable, job_id: int) -> int:
    return await db.run(sql.discard, job_id)
