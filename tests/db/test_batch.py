"""Writes that share a transaction, held against the same writes made one by one."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from typing import Any

import asyncpg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rejoinder.db.batch import MOST, Batcher
from rejoinder.db.pool import Database, connect
from rejoinder.settings import Settings
from tests.eventually import eventually

_SHARED = [HealthCheck.function_scoped_fixture]


class Shelf:
    """A table to which numbers are added; what is negative or there already is refused."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.sizes: list[int] = []
        self.failing: list[BaseException] = []
        self.begun = asyncio.Event()

    async def add(self, numbers: Sequence[int]) -> list[int]:
        """Each number's place on the shelf."""
        self.sizes.append(len(numbers))
        self.begun.set()
        async with self.database.session() as session, session.connection.transaction():
            rows = await session.connection.fetchmany(
                "INSERT INTO shelf (number) VALUES ($1) RETURNING place", [(n,) for n in numbers]
            )
            if self.failing:
                raise self.failing.pop()
            return [row[0] for row in rows]

    async def tries(self) -> int:
        return len(self.sizes)

    async def content(self) -> list[int]:
        async with self.database.session() as session:
            rows = await session.connection.fetch("SELECT number FROM shelf ORDER BY place")
        return [row[0] for row in rows]


@pytest.fixture(scope="module")
async def database(server: str) -> AsyncGenerator[Database]:
    async with connect(server, Settings()) as database:
        yield database


@pytest.fixture
async def shelf(database: Database) -> Shelf:
    return await empty(database)


async def empty(database: Database) -> Shelf:
    async with database.session() as session:
        await session.connection.execute(
            "DROP TABLE IF EXISTS shelf; CREATE TABLE shelf ("
            " place int PRIMARY KEY GENERATED ALWAYS AS IDENTITY,"
            " number int UNIQUE CHECK (number >= 0))"
        )
    return Shelf(database)


async def add_all(batcher: Batcher[int, int], numbers: Sequence[int]) -> list[Any]:
    return await asyncio.gather(*(batcher.do(n) for n in numbers), return_exceptions=True)


async def test_what_waits_while_the_first_is_written_is_one_transaction(shelf: Shelf) -> None:
    places = await add_all(Batcher(shelf.add), range(40))

    assert places == list(range(1, 41))
    assert shelf.sizes == [40]
    assert await shelf.content() == list(range(40))


async def test_a_batch_has_an_end(shelf: Shelf) -> None:
    await add_all(Batcher(shelf.add), range(MOST * 2 + 1))

    assert shelf.sizes == [MOST, MOST, 1]


async def test_alone_each_is_its_own_transaction(shelf: Shelf) -> None:
    batcher = Batcher(shelf.add)

    for number in range(3):
        await batcher.do(number)

    assert shelf.sizes == [1, 1, 1]


@settings(max_examples=20, deadline=None, suppress_health_check=_SHARED)
@given(st.lists(st.integers(-2, 30), min_size=1, max_size=80))
async def test_one_bad_item_fails_alone(database: Database, numbers: list[int]) -> None:
    shelf = await empty(database)

    done = await add_all(Batcher(shelf.add), numbers)

    seen: set[int] = set()
    for number, result in zip(numbers, done, strict=True):
        if number < 0:
            assert isinstance(result, asyncpg.CheckViolationError)
        elif number in seen:
            assert isinstance(result, asyncpg.UniqueViolationError)
        else:
            assert isinstance(result, int)
            seen.add(number)
    assert sorted(await shelf.content()) == sorted(seen)


async def test_what_may_have_happened_is_not_done_again(shelf: Shelf) -> None:
    shelf.failing = [ConnectionResetError("the answer to the commit was lost")]

    done = await add_all(Batcher(shelf.add), range(5))

    assert [type(result) for result in done] == [ConnectionResetError] * 5
    assert shelf.sizes == [5]


async def test_one_that_takes_too_long_fails_alone(shelf: Shelf) -> None:
    shelf.failing = [asyncpg.QueryCanceledError("canceling statement due to statement timeout")]

    assert await add_all(Batcher(shelf.add), range(5)) == [6, 7, 8, 9, 10]
    assert shelf.sizes == [5, 1, 1, 1, 1, 1]


async def test_one_alone_that_is_stopped_at_once_is_tried_once_more(shelf: Shelf) -> None:
    stopped = asyncpg.QueryCanceledError("canceling statement due to statement timeout")
    shelf.failing = [stopped]
    assert await add_all(Batcher(shelf.add), [1]) == [2]

    shelf.failing = [stopped, stopped]
    assert await add_all(Batcher(shelf.add), [2]) == [stopped]
    assert shelf.sizes == [1] * 4


async def test_one_alone_that_took_its_time_is_not_tried_again(
    shelf: Shelf, database: Database
) -> None:
    async def wait(_: Sequence[int]) -> list[int]:
        shelf.sizes.append(1)
        async with database.session() as session, session.connection.transaction():
            await session.connection.execute("SET LOCAL statement_timeout = 400")
            await session.connection.execute("SELECT pg_sleep(20)")
        return [1]

    (late,) = await add_all(Batcher(wait), [1])

    assert isinstance(late, asyncpg.QueryCanceledError)
    assert shelf.sizes == [1]


async def test_what_comes_later_does_not_wait_for_what_is_tried_again(
    shelf: Shelf, database: Database
) -> None:
    batcher = Batcher(shelf.add)
    async with database.session() as session, session.connection.transaction():
        await session.connection.execute("INSERT INTO shelf (number) VALUES (1)")
        held = asyncio.create_task(add_all(batcher, [-1, 1]))
        await eventually(shelf.tries, 3)

        assert isinstance(await batcher.do(3), int)
        assert not held.done()

    refused, late = await held
    assert isinstance(refused, asyncpg.CheckViolationError)
    assert isinstance(late, asyncpg.UniqueViolationError)


async def test_who_gives_up_before_its_turn_writes_nothing(shelf: Shelf) -> None:
    batcher = Batcher(shelf.add)
    tasks = [asyncio.create_task(batcher.do(number)) for number in range(4)]
    await asyncio.sleep(0)

    tasks[2].cancel()
    done = await asyncio.gather(*tasks, return_exceptions=True)

    assert isinstance(done[2], asyncio.CancelledError)
    assert await shelf.content() == [0, 1, 3]


async def test_who_gives_up_later_takes_nobody_along(shelf: Shelf) -> None:
    batcher = Batcher(shelf.add)
    tasks = [asyncio.create_task(batcher.do(number)) for number in range(4)]
    await shelf.begun.wait()

    tasks[0].cancel()
    done = await asyncio.gather(*tasks[1:])

    assert len(done) == 3
    assert await shelf.content() == [0, 1, 2, 3]
