"""Reads that share a statement, held against the same reads made one by one."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from typing import Any

import asyncpg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import Struct

from rejoinder.db.coalesce import Coalescer, Row, widened
from rejoinder.db.pool import Database, connect
from rejoinder.db.sql import Statement
from rejoinder.settings import Settings

SQUARE = Statement("SELECT n, n * n AS square FROM generate_series(0, 99) AS n WHERE n = $1")
DIVIDED = Statement("SELECT $1::bigint / $2::bigint AS quotient WHERE $1::bigint <> 13")
DEAR = Statement("SELECT sum(n) FROM generate_series(1, $1) AS n")
# So many times PostgreSQL looks whether a plan for any arguments would be as good.
_PLANNED_FOR_ITS_ARGUMENTS = 5


class Square(Struct, frozen=True):
    number: int
    square: int


@pytest.fixture(scope="module")
async def one_by_one(server: str) -> AsyncGenerator[Database]:
    async with connect(server, Settings(coalesce_reads=False)) as database:
        yield database


@pytest.fixture(scope="module")
async def together(server: str) -> AsyncGenerator[Database]:
    async with connect(server, Settings(coalesce_reads=True)) as database:
        yield database


class Counting:
    """Passes reads on; says which there were, and holds them up until it is told to go on."""

    def __init__(self, connection: "asyncpg.Connection[asyncpg.Record]") -> None:
        self.connection = connection
        self.reads: list[Statement] = []
        self.go = asyncio.Event()
        self._turn = asyncio.Lock()

    async def read(self, statement: Statement, args: Sequence[object]) -> Sequence[Row]:
        self.reads.append(statement)
        await self.go.wait()
        async with self._turn:
            return await self.connection.fetch(statement, *args)


@pytest.fixture
async def counting(server: str) -> AsyncGenerator[Counting]:
    connection = await asyncpg.connect(server)
    yield Counting(connection)
    await connection.close()


def all_of(coalescer: Coalescer, keys: Sequence[tuple[Any, ...]]) -> list[asyncio.Task[Any]]:
    statement = SQUARE if len(keys[0]) == 1 else DIVIDED
    return [asyncio.create_task(coalescer.row(statement, key)) for key in keys]


def values(rows: Sequence[Any]) -> list[list[Any] | None]:
    return [None if row is None else list(row) for row in rows]


async def begun(tasks: Sequence[asyncio.Task[Any]]) -> None:
    """Lets each task come as far as it can without an answer."""
    for _ in range(3 + len(tasks)):
        await asyncio.sleep(0)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.integers(-5, 120), min_size=1, max_size=300))
async def test_together_they_find_what_each_finds_alone(
    one_by_one: Database, together: Database, numbers: list[int]
) -> None:
    wanted = [await one_by_one.point(Square, SQUARE, number) for number in numbers]

    found = await asyncio.gather(*(together.point(Square, SQUARE, number) for number in numbers))

    assert found == wanted


async def test_what_comes_while_one_reads_goes_out_as_one(counting: Counting) -> None:
    tasks = all_of(Coalescer(counting.read), [(number,) for number in range(50)])
    await begun(tasks)

    counting.go.set()
    rows = await asyncio.gather(*tasks)

    assert values(rows) == [[n, n * n] for n in range(50)]
    assert counting.reads == [SQUARE, widened(SQUARE, (int,))]


async def test_a_lone_read_is_the_plain_statement(counting: Counting) -> None:
    counting.go.set()
    coalescer = Coalescer(counting.read)

    for number in range(3):
        await coalescer.row(SQUARE, (number,))

    assert counting.reads == [SQUARE] * 3


async def test_lists_of_keys_are_not_planned_anew_each_time(counting: Counting) -> None:
    statement = widened(DEAR, (int,))
    plans = "SELECT generic_plans FROM pg_prepared_statements WHERE statement = $1"

    for _ in range(_PLANNED_FOR_ITS_ARGUMENTS + 1):
        await counting.connection.fetch(statement, [7])

    assert await counting.connection.fetchval(plans, statement) == 1


async def test_one_bad_key_fails_alone(counting: Counting) -> None:
    counting.go.set()
    tasks = all_of(Coalescer(counting.read), [(6, 3), (8, 2), (1, 0), (13, 1), (9, 3)])

    done = await asyncio.gather(*tasks, return_exceptions=True)

    assert isinstance(done[2], asyncpg.DivisionByZeroError)
    assert values([*done[:2], *done[3:]]) == [[2], [4], None, [3]]


async def test_who_gives_up_costs_the_others_nothing(counting: Counting) -> None:
    tasks = all_of(Coalescer(counting.read), [(number,) for number in range(6)])
    await begun(tasks)

    for given_up in (tasks[0], tasks[3]):
        given_up.cancel()
    counting.go.set()
    done = await asyncio.gather(*tasks, return_exceptions=True)

    assert isinstance(done[0], asyncio.CancelledError)
    assert isinstance(done[3], asyncio.CancelledError)
    assert values([done[n] for n in (1, 2, 4, 5)]) == [[1, 1], [2, 4], [4, 16], [5, 25]]


async def test_a_read_sees_what_was_written_before_it_was_asked_for(together: Database) -> None:
    session = together.session()
    async with session as writer:
        await writer.connection.execute("CREATE TABLE seen (id int PRIMARY KEY, n int)")
        await writer.connection.execute("INSERT INTO seen VALUES (1, 0)")
    seen = Statement("SELECT n FROM seen WHERE id = $1")

    async def count(times: int) -> None:
        for _ in range(times):
            async with together.session() as writer:
                written = await writer.connection.fetchval("UPDATE seen SET n = n + 1 RETURNING n")
            assert (await together.point(int, seen, 1) or 0) >= written

    await asyncio.gather(*(count(20) for _ in range(6)))
