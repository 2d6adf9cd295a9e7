import asyncio
from datetime import timedelta
from typing import Any

from rejoinder.db.pool import Database
from rejoinder.jobs.types import Every
from tests.jobs.workers import MS, Row, rows, until, working


async def tick(done: list[Any]) -> None:
    done.append(1)


async def test_it_comes_again_after_its_interval(queue: Database) -> None:
    done: list[Any] = []

    async with working(queue, schedule={"tick": Every(5 * MS, tick)}, done=done):
        await until(lambda: _ticked(done, 3))

    assert await rows(queue) == [Row("tick", 0, 0, "waiting", None)]


async def test_of_many_processes_one_at_a_time_runs_it(queue: Database) -> None:
    done: list[Any] = []
    inside: list[int] = []

    async def alone(done: list[Any]) -> None:
        inside.append(1)
        assert len(inside) == 1
        await asyncio.sleep(0.005)
        inside.clear()
        done.append(1)

    schedule = {"tick": Every(MS, alone)}
    async with (
        working(queue, schedule=schedule, done=done),
        working(queue, schedule=schedule, done=done),
        working(queue, schedule=schedule, done=done),
    ):
        await until(lambda: _ticked(done, 10))

    assert [row.error for row in await rows(queue)] == [None]


async def test_a_restart_does_not_bring_the_next_time_forward(queue: Database) -> None:
    done: list[Any] = []
    schedule = {"daily": Every(timedelta(days=1), tick), "often": Every(MS, _nothing)}

    async with working(queue, schedule=schedule, done=done):
        await until(lambda: _ticked(done, 1))
    async with working(queue, schedule=schedule, done=done):
        await asyncio.sleep(0.05)

    assert done == [1]


async def test_a_shorter_interval_counts_from_now(queue: Database) -> None:
    done: list[Any] = []

    async with working(queue, schedule={"tick": Every(timedelta(days=1), tick)}, done=done):
        await until(lambda: _ticked(done, 1))
    async with working(queue, schedule={"tick": Every(MS, tick)}, done=done):
        await until(lambda: _ticked(done, 2))


async def test_a_failure_waits_for_a_later_time_and_is_never_given_up(queue: Database) -> None:
    done: list[Any] = []

    async def fail(done: list[Any]) -> None:
        done.append(1)
        raise ValueError("no")

    async with working(queue, schedule={"tick": Every(MS, fail)}, done=done):
        await until(lambda: _ticked(done, 8))
    [row] = await rows(queue)

    assert (row.state, row.error) == ("waiting", "ValueError: no")


async def _nothing(_done: list[Any]) -> None: ...


async def _ticked(done: list[Any], times: int) -> bool:
    return len(done) >= times
