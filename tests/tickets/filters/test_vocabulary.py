"""Every filter that can be asked for is a statement that PostgreSQL understands."""

import asyncio
from collections.abc import Generator
from datetime import UTC, datetime
from uuid import UUID

import asyncpg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rejoinder.db.sql import compose
from rejoinder.tickets.counts.queries import sql as counting
from rejoinder.tickets.filters import orders, vocabulary
from rejoinder.tickets.filters.vocabulary import Asker
from rejoinder.tickets.queries import sql
from rejoinder.tickets.types import CHANNEL_DETAILS, CHANNEL_SOURCES, PRIORITIES, STATUSES

NOW = datetime(2026, 3, 12, tzinfo=UTC)
ORDER_NAMES = [
    sign + name for name in ("updated_at", "sla_due_at", "ticket_number") for sign in ("", "-")
]
NOBODY = UUID(int=7)


def one_of(*known: str) -> st.SearchStrategy[str]:
    """A known value mostly, any text sometimes."""
    return st.sampled_from(known) | st.text(st.characters(exclude_characters="\0"), max_size=9)


def some_of(*known: str) -> st.SearchStrategy[str]:
    return st.lists(one_of(*known), max_size=4).map(",".join)


TAGS = st.lists(one_of("a", "b"), max_size=3).map(lambda names: str(names).replace("'", '"'))
FILTERS = st.fixed_dictionaries(
    {},
    optional={
        "status": some_of(*STATUSES),
        "priority": some_of(*PRIORITIES),
        "channel_source": one_of(*CHANNEL_SOURCES),
        "channel_detail": one_of(*CHANNEL_DETAILS),
        "ai_triage_result": some_of("persisted", "clarified"),
        "assignee": some_of("me", "unassigned", "user:5", f"role:{NOBODY}"),
        "date_from": one_of("-7d", "2026-01-01", "all"),
        "date_to": one_of("-1mStart", "2026-01-01T00:00Z"),
        "distinct_ids": some_of("cleo"),
        "emails": some_of("cleo@example.com"),
        "search": one_of("invoice", "#5", "%", "\\"),
        "sla": one_of("breached", "at-risk", "on-track"),
        "snoozed": one_of("true", "false"),
        "tags": TAGS,
        "tags_all": TAGS,
        "tags_exclude": TAGS,
    },
)
POSITIONS = st.tuples(
    st.sampled_from(ORDER_NAMES), st.none() | st.just(NOW), st.integers(0, 2**63 - 1)
).map(lambda position: ("ticket_number", 5, 5) if "number" in position[0] else position)


@pytest.fixture(scope="module")
def runner() -> Generator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture(scope="module")
def connection(
    runner: asyncio.Runner, migrated_dsn: str
) -> Generator["asyncpg.Connection[asyncpg.Record]"]:
    connection = runner.run(asyncpg.connect(migrated_dsn))
    yield connection
    runner.run(connection.close())


@settings(
    max_examples=120, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(filters=FILTERS, order_by=st.sampled_from(ORDER_NAMES), position=st.none() | POSITIONS)
def test_every_filter_is_a_statement(
    runner: asyncio.Runner,
    connection: "asyncpg.Connection[asyncpg.Record]",
    filters: dict[str, str],
    order_by: str,
    position: orders.Position | None,
) -> None:
    where = vocabulary.parse(filters, Asker(1, NOW)).clauses
    if position is not None:
        where = [*where, orders.behind(position)]
    _, order = orders.order_of(order_by)

    for base, args in (
        (sql.page, (0, 5, 0)),
        (sql.deep_page, (0, 5, 900)),
        (sql.walked_versions, (0, 5, 0)),
        (sql.counted_page, (0, 5, 2, 1)),
        (counting.count_up_to, (0, 5)),
        (counting.count_walked, (0, 5)),
    ):
        statement, values = compose(base, args, where=where, order=order.text, most=8)
        runner.run(connection.fetch(statement, *values))


def test_each_parameter_is_explained_in_a_sentence() -> None:
    assert all(text.endswith(".") for text in vocabulary.DESCRIPTIONS.values())
    assert {"status", "emails", "search", "tags_exclude"} <= vocabulary.DESCRIPTIONS.keys()
