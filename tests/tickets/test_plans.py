"""How PostgreSQL finds what is asked for: through an index, never by reading a table through."""

from collections.abc import AsyncGenerator, Callable, Generator
from datetime import UTC, datetime
from typing import Any, TypeVar

import msgspec
import pytest

from bench.seed import Plan, seed
from rejoinder.db.pool import Database, connect
from rejoinder.db.sql import Statement
from rejoinder.settings import Settings
from rejoinder.tickets import finding, queries
from rejoinder.tickets.filters import orders, vocabulary
from rejoinder.tickets.filters.vocabulary import Asker
from tests.conftest import a_copy

T = TypeVar("T")

PROJECT = 1
NOW = datetime(2026, 4, 1, tzinfo=UTC)
LARGE = {"tickets", "messages", "persons", "person_distinct_ids"}


class Noting(Database):
    """A database that notes the plan of each statement before it runs it."""

    def __init__(self, database: Database) -> None:
        super().__init__(database.pool)
        self.indexes: list[set[str]] = []
        self.read_through: set[str] = set()

    async def one(self, kind: Callable[..., T], statement: Statement, *args: object) -> T:
        await self._note(statement, args)
        return await super().one(kind, statement, *args)

    async def one_or_none(
        self, kind: Callable[..., T], statement: Statement, *args: object
    ) -> T | None:
        await self._note(statement, args)
        return await super().one_or_none(kind, statement, *args)

    async def many(self, kind: Callable[..., T], statement: Statement, *args: object) -> list[T]:
        await self._note(statement, args)
        return await super().many(kind, statement, *args)

    async def value(self, statement: Statement, *args: object) -> Any:
        await self._note(statement, args)
        return await super().value(statement, *args)

    async def _note(self, statement: Statement, args: tuple[object, ...]) -> None:
        text = await super().value(Statement(f"EXPLAIN (FORMAT JSON) {statement}"), *args)
        nodes = list(nodes_of(msgspec.json.decode(text)[0]["Plan"]))
        self.indexes.append({node["Index Name"] for node in nodes if "Index Name" in node})
        self.read_through |= {
            node["Relation Name"] for node in nodes if node["Node Type"] == "Seq Scan"
        }


def nodes_of(plan: dict[str, Any]) -> Generator[dict[str, Any]]:
    yield plan
    for child in plan.get("Plans", ()):
        yield from nodes_of(child)


@pytest.fixture(scope="module")
async def seeded(server: str, template: str) -> AsyncGenerator[Database]:
    """20,000 tickets in two projects, with fresh statistics."""
    async with a_copy(server, template) as dsn:
        await seed(dsn, Plan(20_000, projects=2, messages_per_ticket=4))
        async with connect(dsn, Settings()) as database:
            yield database


@pytest.fixture
async def noting(seeded: Database) -> AsyncGenerator[Noting]:
    database = Noting(seeded)
    yield database
    await database.close()


@pytest.mark.parametrize(
    ("given", "index"),
    [
        ({}, "tickets_updated"),
        ({"order_by": "updated_at"}, "tickets_updated"),
        ({"order_by": "-created_at"}, "tickets_created"),
        ({"order_by": "-ticket_number"}, "tickets_project_id_ticket_number_key"),
        ({"order_by": "sla_due_at"}, "tickets_sla_asc"),
        ({"order_by": "-sla_due_at"}, "tickets_sla_desc"),
        ({"order_by": "snoozed_until"}, "tickets_snooze_asc"),
        ({"order_by": "-snoozed_until"}, "tickets_snooze_desc"),
        ({"status": "pending"}, "tickets_status"),
        ({"priority": "critical"}, "tickets_priority"),
        ({"assignee": "user:7"}, "tickets_assignee_user"),
        ({"channel_source": "slack"}, "tickets_channel"),
        ({"tags": '["tag-7"]'}, "tickets_tags"),
        ({"tags": '["vip"]'}, "tickets_updated"),
        ({"distinct_ids": "visitor-7,visitor-8"}, "tickets_distinct_id"),
        ({"emails": "a@example.com"}, "tickets_email_from"),
    ],
)
async def test_a_list_walks_its_index(noting: Noting, given: dict[str, str], index: str) -> None:
    where = vocabulary.parse(given, Asker(1, NOW)).clauses
    order = orders.order_of(given.get("order_by"))[1].text

    await queries.page(noting, PROJECT, where, order, 20, 0)
    await queries.page(noting, PROJECT, where, order, 20, 900)
    await queries.count_up_to(noting, PROJECT, where, 101)

    assert index in noting.indexes[0]
    assert not noting.read_through & LARGE


@pytest.mark.parametrize("number", [1, 9_999])
async def test_a_ticket_is_found_by_its_key(noting: Noting, number: int) -> None:
    view = await queries.view(noting, PROJECT, number)
    assert view is not None
    await queries.view(noting, PROJECT, view.id)

    by_number, by_id = noting.indexes
    assert "tickets_project_id_ticket_number_key" in by_number
    assert "tickets_pkey" in by_id
    assert not noting.read_through & LARGE


async def test_a_common_text_is_found_by_looking_into_the_newest_tickets(noting: Noting) -> None:
    found = await find(noting, "order")

    assert len(found.numbers) == 21
    assert noting.indexes == [{"tickets_updated", "messages_thread"}]
    assert not noting.read_through & LARGE


async def test_a_rare_text_is_found_by_the_index_of_texts(noting: Noting) -> None:
    found = await find(noting, "zzyzx")

    assert found == finding.Matches([], complete=True)
    assert {"messages_text", "tickets_text"} <= noting.indexes[-1]
    assert not noting.read_through & LARGE


async def test_both_ways_find_the_same(seeded: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    for text in ("upgrade", "About", "Reference 0f", "hello. "):
        walked = await find(seeded, text, needed=10_000)
        monkeypatch.setattr(finding, "FAR", finding.NEAR)
        monkeypatch.setattr(finding, "CANDIDATES", 100_000)
        looked_up = await find(seeded, text, needed=10_000)
        monkeypatch.undo()

        assert looked_up.complete
        assert walked.numbers == looked_up.numbers[: len(walked.numbers)]


async def find(database: Database, text: str, *, needed: int = 21) -> finding.Matches:
    wanted = vocabulary.parse({"search": text}, Asker(1, NOW)).text
    assert wanted is not None
    order = orders.order_of(None)[1].text
    return await finding.find(database, PROJECT, [], order, wanted, needed)
