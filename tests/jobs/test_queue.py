import asyncio
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from typing import Any

import asyncpg
import pytest
from prometheus_client import REGISTRY

from rejoinder.db.pool import Database
from rejoinder.jobs import metrics, queries
from rejoinder.jobs.queue import enqueue
from rejoinder.jobs.types import Job, NewJob
from tests.jobs.workers import (
    AT_ONCE,
    MS,
    Row,
    kind,
    rows,
    until,
    until_empty,
    until_given_up,
    working,
    write_payload,
)


async def test_a_job_is_run_once_and_then_gone(queue: Database) -> None:
    done: list[Any] = []
    await enqueue(queue, NewJob("greet", {"to": "Ada"}))

    async with working(queue, {"greet": kind(write_payload)}, done=done):
        await until_empty(queue)

    assert done == [b'{"to": "Ada"}']


async def test_a_job_of_a_transaction_that_rolls_back_never_was(queue: Database) -> None:
    async with queue.session() as session:
        transaction = session.connection.transaction()
        await transaction.start()
        await enqueue(session, NewJob("greet", {}))
        await transaction.rollback()

    assert await rows(queue) == []


async def test_a_job_waits_for_its_time(queue: Database) -> None:
    done: list[Any] = []
    await enqueue(queue, NewJob("greet", "late", timedelta(hours=1)), NewJob("greet", "now"))

    async with working(queue, {"greet": kind(write_payload)}, done=done):
        await until(lambda: _has(done, 1))

    assert done == [b'"now"']


async def test_a_job_that_nobody_here_knows_waits_for_who_does(queue: Database) -> None:
    await enqueue(queue, NewJob("of the next version", {}), NewJob("greet", {}))

    async with working(queue, {"greet": kind(write_payload)}):
        await until(lambda: _rows_are(queue, 1))

    assert await rows(queue) == [Row("of the next version", 0, 0, "waiting", None)]


async def test_an_attempt_is_counted_before_it_is_made(queue: Database) -> None:
    seen: list[Any] = []

    async def look(done: list[Any], job: Job) -> None:
        done.append((job.attempts, await rows(queue)))

    await enqueue(queue, NewJob("look", {}))
    async with working(queue, {"look": kind(look)}, done=seen):
        await until_empty(queue)

    assert seen == [(1, [Row("look", 1, 0, "claimed", None)])]


async def test_a_job_that_fails_is_tried_again(queue: Database) -> None:
    attempts: list[Any] = []

    async def fail_twice(done: list[Any], job: Job) -> None:
        done.append(job.attempts)
        if job.attempts < 3:
            raise ValueError

    await enqueue(queue, NewJob("try", {}))
    async with working(queue, {"try": kind(fail_twice)}, done=attempts):
        await until_empty(queue)

    assert attempts == [1, 2, 3]


async def test_a_job_waits_for_the_pause_of_its_kind(queue: Database) -> None:
    attempts: list[Any] = []

    async def fail(done: list[Any], job: Job) -> None:
        done.append(job.attempts)
        raise ValueError("no")

    await enqueue(queue, NewJob("try", {}))
    async with working(queue, {"try": kind(fail, first_pause=timedelta(hours=1))}, done=attempts):
        await until(lambda: _has_error(queue))

    assert attempts == [1]
    assert await rows(queue) == [Row("try", 1, 0, "waiting", "ValueError: no")]


async def raise_something(_done: list[Any], _job: Job) -> None:
    raise ValueError("what\0ever")


async def hang(_done: list[Any], _job: Job) -> None:
    await asyncio.Event().wait()


async def leave(_done: list[Any], _job: Job) -> None:
    raise SystemExit(3)


async def cancel_itself(_done: list[Any], _job: Job) -> None:
    raise asyncio.CancelledError


async def recurse(done: list[Any], job: Job) -> None:
    await recurse(done, job)


@pytest.mark.parametrize("run", [raise_something, hang, leave, cancel_itself, recurse])
async def test_a_job_that_always_fails_is_given_up_and_disturbs_no_other(
    queue: Database, run: Any
) -> None:
    done: list[Any] = []
    kinds = {
        "bad": kind(run, attempts=3, timeout=20 * MS),
        "good": kind(write_payload),
    }
    await enqueue(queue, NewJob("bad", {}), *(NewJob("good", n) for n in range(10)))

    async with working(queue, kinds, done=done):
        await until_given_up(queue)
    [row] = await rows(queue)

    assert len(done) == 10
    assert (row.name, row.attempts, row.state) == ("bad", 3, "given up")
    assert row.error is not None


async def test_two_workers_share_the_jobs(queue: Database) -> None:
    done: list[Any] = []
    kinds = {"greet": kind(write_payload)}
    await enqueue(queue, *(NewJob("greet", n) for n in range(200)))

    async with working(queue, kinds, done=done), working(queue, kinds, done=done):
        await until_empty(queue)

    assert Counter(done) == Counter(b"%d" % n for n in range(200))


async def test_slow_jobs_of_one_kind_leave_room_for_another(queue: Database) -> None:
    done: list[Any] = []
    kinds = {"slow": kind(hang, at_once=2), "quick": kind(write_payload)}
    await enqueue(queue, *(NewJob("slow", n) for n in range(9)), NewJob("quick", 1))

    async with working(queue, kinds, done=done):
        await until(lambda: _has(done, 1))
        states = [row.state for row in await rows(queue)]

    assert states.count("claimed") <= 2


async def test_a_worker_that_stops_lets_its_jobs_end(queue: Database) -> None:
    done: list[Any] = []
    begun = asyncio.Event()

    async def take_a_moment(done: list[Any], _job: Job) -> None:
        begun.set()
        await asyncio.sleep(0.05)
        done.append(1)

    await enqueue(queue, NewJob("slow", {}))
    async with working(queue, {"slow": kind(take_a_moment)}, done=done):
        await begun.wait()

    assert done == [1]
    assert await rows(queue) == []


async def test_a_worker_that_stops_gives_back_what_does_not_end(queue: Database) -> None:
    begun = asyncio.Event()

    async def begin_and_hang(_done: list[Any], _job: Job) -> None:
        begun.set()
        await asyncio.Event().wait()

    await enqueue(queue, NewJob("slow", {}))
    async with working(queue, {"slow": kind(begin_and_hang)}):
        await begun.wait()

    assert await rows(queue) == [Row("slow", 0, 0, "waiting", None)]


async def test_what_became_of_a_job_is_written_down_when_the_database_is_back(
    frail_queue: Database,
) -> None:
    runs: list[Any] = []

    async def cut_all_connections(done: list[Any], job: Job) -> None:
        done.append(job.attempts)
        await _cut_connections(frail_queue)

    await enqueue(frail_queue, NewJob("cut", {}))
    async with working(frail_queue, {"cut": kind(cut_all_connections)}, done=runs):
        await until(lambda: _is_known_to_be_empty(frail_queue))

    assert runs == [1]


async def test_a_worker_that_lost_its_claim_changes_nothing(queue: Database) -> None:
    await enqueue(queue, NewJob("greet", {}))
    [lost] = await queries.claim(queue, "frozen", {"greet": 1}, 1, AT_ONCE)
    await queries.reap(queue, AT_ONCE, 3)
    [held] = await queries.claim(queue, "other", {"greet": 1}, 1, timedelta(hours=1))

    await queries.finish(queue, "frozen", lost)
    await queries.retry(queue, "frozen", lost, "late", AT_ONCE)
    await queries.give_up(queue, "frozen", lost, "late")
    await queries.give_back(queue, "frozen", lost)

    assert await rows(queue) == [
        Row("greet", 2, 1, "claimed", "Its worker ended or lost the database while it ran.")
    ]
    assert held.attempts == 2


async def test_the_gauges_tell_what_waits_runs_and_was_given_up(queue: Database) -> None:
    await enqueue(queue, *(NewJob("greet", n) for n in range(4)), NewJob("write", {}))
    [first, _second] = await queries.claim(queue, "w", {"greet": 2}, 2, timedelta(hours=1))
    await queries.give_up(queue, "w", first, "no")

    await metrics.measure(queue)

    assert _gauges("greet") == [2, 1, 1]
    assert _gauges("write") == [1, 0, 0]


def _gauges(job: str) -> list[float | None]:
    names = ["rejoinder_jobs_waiting", "rejoinder_jobs_running", "rejoinder_jobs_given_up"]
    return [REGISTRY.get_sample_value(name, {"job": job}) for name in names]


async def _has(done: list[Any], count: int) -> bool:
    return len(done) >= count


async def _rows_are(queue: Database, count: int) -> bool:
    return len(await rows(queue)) == count


async def _has_error(queue: Database) -> bool:
    return any(row.error for row in await rows(queue))


async def _is_known_to_be_empty(queue: Database) -> bool:
    with suppress(asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError):
        return not await rows(queue)
    return False


async def _cut_connections(queue: Database) -> None:
    async with queue.session() as session:
        await session.connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
