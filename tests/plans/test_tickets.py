"""How PostgreSQL finds tickets: through an index, never by reading a table through."""

from datetime import UTC, datetime

import pytest

from rejoinder.db.pool import Database, connect
from rejoinder.db.sql import Statement
from rejoinder.settings import Settings
from rejoinder.tickets import finding, queries
from rejoinder.tickets.counts.queries import count_all, count_up_to
from rejoinder.tickets.filters import orders, vocabulary
from rejoinder.tickets.filters.vocabulary import Asker
from rejoinder.views.rules import BUILT_IN, OPEN
from tests.plans.noting import Noting

PROJECT = 1
NOW = datetime(2026, 4, 1, tzinfo=UTC)

PLANNED_ONCE = Statement("""
SELECT count(*) FROM pg_prepared_statements
WHERE statement LIKE '%tickets t%' AND custom_plans = 5 AND generic_plans = 3
""")


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
        ({"status": "resolved"}, "tickets_status"),
        ({"status": OPEN}, "tickets_open"),
        ({"status": OPEN, "sla": "breached"}, "tickets_open"),
        ({"status": OPEN, "assignee": "user:7"}, "tickets_open_user"),
        ({"status": "open,pending", "assignee": "me"}, "tickets_open_user"),
        ({"status": OPEN, "assignee": "unassigned"}, "tickets_unassigned"),
        ({"snoozed": "true"}, "tickets_wake tickets_snooze_desc"),
        ({"priority": "critical"}, "tickets_priority"),
        ({"assignee": "user:7"}, "tickets_assignee_user"),
        ({"channel_source": "slack"}, "tickets_channel"),
        ({"tags": '["tag-7"]'}, "tickets_tags"),
        ({"tags": '["vip"]'}, "tickets_updated"),
        ({"distinct_ids": "visitor-7,visitor-8"}, "tickets_distinct_id"),
        ({"emails": "a@example.com"}, "tickets_email_from"),
        ({"ids": "0198a5c0-0000-7000-8000-000000000000"}, "tickets_pkey"),
    ],
)
async def test_a_list_walks_its_index(noting: Noting, given: dict[str, str], index: str) -> None:
    """Or one of several that are as good."""
    where = vocabulary.parse(given, Asker(1, NOW)).clauses
    order = orders.order_of(given.get("order_by"))[1].text

    await queries.page(noting, PROJECT, where, order, 20, 0)
    await queries.page(noting, PROJECT, where, order, 20, 900)
    await queries.page_versions(noting, PROJECT, where, order, 20, 0)
    await queries.counted_page(noting, PROJECT, where, order, 20, 0, 101)
    await count_up_to(noting, PROJECT, where, 101)

    page, _, versions, counted, _ = noting.indexes
    assert page & {*index.split()}
    assert versions & {*index.split()}
    assert counted & {*index.split()}
    assert not noting.read_through


@pytest.mark.parametrize("given", [{}, {"status": "open"}, {"assignee": "user:7"}])
async def test_a_page_is_planned_once_for_all(seeded_dsn: str, given: dict[str, str]) -> None:
    where = vocabulary.parse(given, Asker(1, NOW)).clauses
    order = orders.order_of(None)[1].text
    async with connect(seeded_dsn, Settings()) as database, database.session() as session:
        for _ in range(8):
            await queries.page_versions(session, PROJECT, where, order, 20, 0)
            await count_up_to(session, PROJECT, where, 1_001)

        assert await session.value(PLANNED_ONCE) == 2


@pytest.mark.parametrize("status", [{}, {"status": "open"}, {"status": "new,open,pending"}])
async def test_what_is_unread_is_not_looked_for_in_every_ticket(
    noting: Noting, status: dict[str, str]
) -> None:
    """Few are unread: from their own table. Many: along the list, whose page is soon full."""
    where = vocabulary.parse({**status, "unread": "true"}, Asker(1, NOW)).clauses
    order = orders.order_of(None)[1].text

    await queries.page(noting, PROJECT, where, order, 20, 0)
    await count_up_to(noting, PROJECT, where, 101)

    for indexes in noting.indexes:
        assert indexes & {"tickets_pkey", "tickets_updated", "tickets_status", "tickets_open"}
    assert not noting.read_through


async def test_views_are_counted_by_their_indexes(noting: Noting) -> None:
    given = [*BUILT_IN.values(), {"tags": '["tag-7"]'}, {"priority": "high"}, {"search": "zzyzx"}]
    lists = [vocabulary.parse(each, Asker(7, NOW)) for each in given]

    counts = await count_all(noting, PROJECT, lists, 1_000)

    assert len(counts) == len(given)
    assert {"tickets_open_user", "tickets_tags", "tickets_priority"} <= noting.indexes[0]
    assert not noting.read_through


@pytest.mark.parametrize("number", [1, 4_999])
async def test_a_ticket_is_found_by_its_key(noting: Noting, number: int) -> None:
    view = await queries.view(noting, PROJECT, number)
    assert view is not None
    await queries.view(noting, PROJECT, view.id)

    by_number, by_id = noting.indexes
    assert "tickets_project_id_ticket_number_key" in by_number
    assert "tickets_pkey" in by_id
    assert not noting.read_through


async def test_a_common_text_is_found_by_looking_into_the_newest_tickets(noting: Noting) -> None:
    found = await find(noting, "order")

    assert len(found.numbers) == 21
    assert noting.indexes == [{"tickets_updated", "messages_thread"}]
    assert not noting.read_through


async def test_a_rare_text_is_found_by_the_index_of_texts(noting: Noting) -> None:
    found = await find(noting, "zzyzx")

    assert found == finding.Matches([], complete=True)
    assert {"messages_text", "tickets_text"} <= noting.indexes[-1]
    assert not noting.read_through


async def test_both_ways_find_the_same(seeded: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    for text in ("upgrade", "About", "Reference 0f", "hello. "):
        walked = await find(seeded, text, needed=5_000)
        monkeypatch.setattr(finding, "FAR", finding.NEAR)
        monkeypatch.setattr(finding, "CANDIDATES", 100_000)
        looked_up = await find(seeded, text, needed=5_000)
        monkeypatch.undo()

        assert looked_up.complete
        assert walked.numbers == looked_up.numbers[: len(walked.numbers)]


async def test_what_a_glance_misses_is_looked_into_when_the_index_has_too_much(
    seeded: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "Reference 0f"
    everything = await find(seeded, text)
    order = orders.order_of(None)[1].text
    near = await queries.matching_in_first(
        seeded, PROJECT, [], order, f"%{text}%", finding.NEAR, 5_000, finding.NEAR
    )
    monkeypatch.setattr(finding, "GLANCE", 1)
    monkeypatch.setattr(finding, "CANDIDATES", 10)

    walked = await find(seeded, text)
    monkeypatch.setattr(finding, "FAR", finding.NEAR)
    found = await find(seeded, text)

    assert everything.complete
    assert walked == everything
    assert not found.complete
    assert near.numbers == found.numbers[: len(near.numbers)]
    assert set(found.numbers) <= set(everything.numbers)


async def find(database: Database, text: str, *, needed: int = 21) -> finding.Matches:
    wanted = vocabulary.parse({"search": text}, Asker(1, NOW)).text
    assert wanted is not None
    order = orders.order_of(None)[1].text
    return await finding.find(database, PROJECT, [], order, wanted, needed)
