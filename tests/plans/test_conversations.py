"""How PostgreSQL finds what was said and done in a ticket, and what a customer may see of it."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from rejoinder.channels.widget import queries as widget
from rejoinder.channels.widget.types import Viewer
from rejoinder.db.pool import Database
from rejoinder.db.sql import Clause, Statement
from rejoinder.events import queries as events
from rejoinder.messages import filters
from rejoinder.messages import queries as messages
from rejoinder.people import queries as people
from tests.plans.noting import Noting

PROJECT = 1
THEN = datetime(2026, 2, 1, tzinfo=UTC)
VIEWER = Viewer(
    session_id="0198a5c0",
    distinct_id="visitor-7",
    distinct_ids=frozenset({"visitor-7", "visitor-8"}),
    email="cleo@example.com",
)


@pytest.fixture(scope="module")
async def ticket(seeded: Database) -> UUID:
    statement = Statement("SELECT id FROM tickets WHERE project_id = $1 AND ticket_number = 77")
    return await seeded.value(statement, PROJECT)


async def test_a_thread_is_read_along_its_index(noting: Noting, ticket: UUID) -> None:
    await messages.thread(noting, PROJECT, ticket, 50, 0)
    await messages.count_thread(noting, PROJECT, ticket)
    await messages.comments(noting, PROJECT, ticket, filters.where({}, (THEN, ticket)), 50)
    await messages.count_comments(noting, PROJECT, ticket, ())
    await messages.last_public(noting, PROJECT, ticket)

    for indexes in (*noting.indexes, *noting.generic):
        assert "messages_thread" in indexes
    assert noting.read_through == set()


async def test_a_timeline_is_read_along_two_indexes(noting: Noting, ticket: UUID) -> None:
    where = [
        Clause("e.type <> ALL(?)", ["message.sent"]),
        Clause("(e.at, e.id) < (?, ?)", THEN, ticket),
    ]
    await messages.said_in(noting, PROJECT, [ticket], filters.where({}, None), 50)
    await events.of_tickets(noting, PROJECT, [ticket], where, 50)
    await events.of_ticket(noting, PROJECT, ticket, where, 50)
    await events.count_of_ticket(noting, PROJECT, ticket, where)

    said, *done = zip(noting.indexes, noting.generic, strict=True)
    assert all("messages_thread" in indexes for indexes in said)
    assert all("events_ticket" in indexes for each in done for indexes in each)
    assert noting.read_through == set()


async def test_a_poll_finds_its_ticket_and_what_is_new_in_it(noting: Noting, ticket: UUID) -> None:
    await widget.ticket_state(noting, PROJECT, ticket)
    await widget.messages_after(noting, PROJECT, ticket, THEN, 50)
    await widget.distinct_ids(noting, PROJECT, "visitor-7")

    for plans in (noting.indexes, noting.generic):
        assert plans[0] == {"tickets_pkey", "messages_thread"}
        assert {"tickets_pkey", "messages_thread"} <= plans[1]
        assert "person_distinct_ids_person" in plans[2]
    assert noting.read_through == set()


async def test_a_customers_tickets_are_found_by_each_of_their_names(noting: Noting) -> None:
    await widget.tickets_of_viewer(noting, PROJECT, VIEWER, "open", 20, 0)
    await widget.count_of_viewer(noting, PROJECT, VIEWER, None)
    await widget.ids_of_viewer(noting, PROJECT, VIEWER, 100)
    await widget.tickets_of_email(noting, PROJECT, "person7@example.com")

    *mine, of_email = zip(noting.indexes, noting.generic, strict=True)
    names = {"tickets_distinct_id", "tickets_widget_session", "tickets_email_from"}
    assert all(names <= indexes for each in mine for indexes in each)
    assert all({"tickets_trait_email", "persons_email"} <= indexes for indexes in of_email)
    assert noting.read_through == set()


async def test_persons_are_found_by_what_they_are_known_by(noting: Noting) -> None:
    await people.page(noting, PROJECT, None, 50, 0)
    await people.page(noting, PROJECT, "person7@example.com", 50, 0)
    await people.person_by_distinct_id(noting, PROJECT, "visitor-7")

    for newest, with_address, known in (noting.indexes, noting.generic):
        assert newest == {"persons_created"}
        assert with_address == {"persons_email"}
        assert "persons_pkey" in known
    assert noting.read_through == set()
