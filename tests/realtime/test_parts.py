"""A reader that wants few of many events has the log walked part by part."""

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from typing import Any, TypeVar
from uuid import UUID

import msgspec
import pytest

from rejoinder.db.pool import Database
from rejoinder.db.sql import Statement
from rejoinder.events.event import BEGINNING, Actor, Position
from rejoinder.events.work import Work
from rejoinder.realtime.feed import Feed
from rejoinder.realtime.filters import Wanted
from rejoinder.realtime.log import MOST_WALKED, read_on
from rejoinder.tickets.events import CountersRepaired
from tests.builders import Desk
from tests.eventually import eventually
from tests.plans.noting import nodes_of

T = TypeVar("T")

EVERYTHING = Wanted(frozenset(), None)
RARE = Wanted(frozenset({"ticket.created"}), None)
PART = 100


class Counting(Database):
    """Notes how many rows of the log each statement touches."""

    def __init__(self, database: Database) -> None:
        super().__init__(database.pool)
        self.touched: list[int] = []

    async def one_or_none(
        self, kind: Callable[..., T], statement: Statement, *args: object
    ) -> T | None:
        await self._note(statement, args)
        return await super().one_or_none(kind, statement, *args)

    async def many(self, kind: Callable[..., T], statement: Statement, *args: object) -> list[T]:
        await self._note(statement, args)
        return await super().many(kind, statement, *args)

    async def _note(self, statement: Statement, args: tuple[object, ...]) -> None:
        text = await super().value(Statement(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}"), *args)
        nodes = list(nodes_of(msgspec.json.decode(text)[0]["Plan"]))
        self.touched.append(int(sum(map(_rows, nodes))))


@pytest.fixture
async def counting(database: Database) -> AsyncGenerator[Counting]:
    counting = Counting(database)
    yield counting
    await counting.close()


def _rows(node: dict[str, Any]) -> float:
    """Of the log itself; what further steps make of them is no new row."""
    if node.get("Relation Name") != "events":
        return 0
    return node["Actual Rows"] + node.get("Rows Removed by Filter", 0)


async def a_busy_log(desk: Desk, database: Database, count: int) -> None:
    """So many events that nobody here wants, old enough to be read."""
    work, actor = Work(database), Actor(desk.project.id, "system", "test")
    for first in range(0, count, PART):
        async with work.begin(actor) as tx:
            for number in range(first, min(first + PART, count)):
                tx.emit(CountersRepaired(counted=[number], previous=[]))
    await database.run(Statement("ANALYZE events"))

    async def readable() -> int:
        found = await read_on(database, desk.project.id, BEGINNING, EVERYTHING, count)
        return len(found.events)

    await eventually(readable, count)


@pytest.mark.parametrize("by", ["type", "ticket"])
async def test_no_statement_walks_more_of_the_log_than_a_part(
    desk: Desk, database: Database, counting: Counting, by: str
) -> None:
    await a_busy_log(desk, database, 50 * PART)
    ticket = await desk.a_ticket()
    want = RARE if by == "type" else Wanted(frozenset(), UUID(ticket["id"]))

    position, seen = BEGINNING, list[UUID | None]()
    while not seen:
        part = await read_on(counting, desk.project.id, position, want, 10, PART)
        assert part.end > position or not part.has_more
        position = part.end
        seen = [event.ticket_id for event in part.events]

    assert seen == [UUID(ticket["id"])]
    assert len(counting.touched) > 100
    # The last row of a part is found by stepping on it, and older versions look one further.
    assert max(counting.touched) <= PART + 1


async def test_a_cursor_moves_on_where_nothing_matched(desk: Desk, database: Database) -> None:
    await a_busy_log(desk, database, MOST_WALKED + 1)
    url = f"{desk.url}events/?types=ticket.created"

    first = (await desk.call("GET", url)).json()
    second = (await desk.call("GET", f"{url}&after={first['cursor']}")).json()

    assert (first["results"], first["has_more"]) == ([], True)
    assert (second["results"], second["has_more"]) == ([], False)
    assert (
        Position.parse("0-0") < Position.parse(first["cursor"]) < Position.parse(second["cursor"])
    )


async def test_a_stream_that_is_told_nothing_still_says_where_it_stands(
    desk: Desk, database: Database
) -> None:
    feed = Feed()
    async with aclosing(feed.follow(database, desk.project.id, RARE, None, 0.1)) as news:
        begin = (await anext(news)).end
        await a_busy_log(desk, database, 1)
        async with Work(database, listeners=[feed.heard]).begin(
            Actor(desk.project.id, "system", "test")
        ) as tx:
            tx.emit(CountersRepaired(counted=[1], previous=[]))
        last = (await read_on(database, desk.project.id, BEGINNING, EVERYTHING, 9)).end

        async def place() -> Position | None:
            return (await anext(news)).end

        await eventually(place, last)

    assert begin
    assert begin < last
