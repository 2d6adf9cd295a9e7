"""`rejoinder demo`: believable, repeatable, and consistent to the last counter."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import UTC, datetime

import asyncpg
import msgspec
import pytest

from rejoinder.cli.bootstrap import first_start
from rejoinder.cli.demo import seed as seeding
from rejoinder.cli.demo.plan import SPAN, Plan
from rejoinder.cli.demo.seed import seed
from rejoinder.db.connection import set_codecs
from rejoinder.db.pool import Session
from rejoinder.errors import NotFound
from rejoinder.events.announcement import CHANNEL, decode
from rejoinder.settings import Settings
from rejoinder.tickets.queries import drifts
from tests.cli.shell import answer, run

UNTIL = datetime(2026, 11, 1, tzinfo=UTC)

TICKETS_THAT_MESSAGES_CONTRADICT = """
SELECT count(*) FROM tickets t
CROSS JOIN LATERAL (
    SELECT count(*) AS n, max(created_at) AS at, min(created_at) AS began,
        (array_agg(content ORDER BY created_at DESC))[1] AS text,
        max(created_at) FILTER (WHERE author_type <> 'customer') AS answered_at
    FROM messages m
    WHERE m.project_id = t.project_id AND m.ticket_id = t.id AND NOT m.is_private
) m
CROSS JOIN LATERAL (
    SELECT count(*) AS n FROM messages c
    WHERE c.project_id = t.project_id AND c.ticket_id = t.id AND c.author_type = 'customer'
        AND (m.answered_at IS NULL OR c.created_at > m.answered_at)
) unanswered
WHERE (t.created_at, t.message_count, t.last_message_at, t.updated_at, t.last_message_text)
    IS DISTINCT FROM (m.began, m.n, m.at, m.at, left(m.text, 500))
    OR t.unread_team_count NOT IN (0, unanswered.n)
"""

PERSONS_THAT_IDS_CONTRADICT = """
SELECT count(*) FROM persons p WHERE distinct_ids <> (
    SELECT array_agg(d.distinct_id ORDER BY array_position(p.distinct_ids, d.distinct_id))
    FROM person_distinct_ids d WHERE d.project_id = p.project_id AND d.person_id = p.id
)
"""

DEFINITIONS = """
SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL
SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
ORDER BY 1
"""


def a_plan(tickets: int, *, projects: int = 1) -> Plan:
    return Plan(tickets=tickets, until=UNTIL, projects=projects)


@pytest.fixture
async def session(dsn: str) -> AsyncGenerator[Session]:
    """A database after its first start, with project 1 and nothing in it."""
    await first_start(dsn, Settings())
    connection = await asyncpg.connect(dsn)
    await set_codecs(connection)
    yield Session(connection)
    await connection.close()


async def definitions(session: Session) -> list[str]:
    return [row[0] for row in await session.connection.fetch(DEFINITIONS)]


async def content(session: Session) -> list[str]:
    rows = await session.connection.fetch(
        "SELECT t.id, t.status, m.id, m.content, m.created_at FROM tickets t"
        " JOIN messages m ON m.project_id = t.project_id AND m.ticket_id = t.id"
        " ORDER BY t.ticket_number, m.created_at"
    )
    return [str(tuple(row)) for row in rows]


async def test_tickets_agree_with_their_messages(dsn: str, session: Session) -> None:
    await seed(dsn, a_plan(300, projects=3))
    value = session.connection.fetchval

    assert await value("SELECT count(*) FROM tickets") == 300
    assert await value(TICKETS_THAT_MESSAGES_CONTRADICT) == 0
    assert await value(PERSONS_THAT_IDS_CONTRADICT) == 0
    assert await drifts(session) == []


async def test_the_first_project_has_half_of_all_tickets(dsn: str, session: Session) -> None:
    projects = await seed(dsn, a_plan(101, projects=4))

    counts = await session.connection.fetch(
        "SELECT project_id, count(*), max(ticket_number), min(ticket_number) FROM tickets"
        " GROUP BY project_id ORDER BY project_id"
    )
    assert [tuple(row) for row in counts] == [
        (projects[0], 51, 51, 1),
        (projects[1], 17, 17, 1),
        (projects[2], 17, 17, 1),
        (projects[3], 16, 16, 1),
    ]


async def test_numbers_go_on_where_they_ended(dsn: str, session: Session) -> None:
    await seed(dsn, a_plan(20))
    await seed(dsn, a_plan(20))

    numbers = await session.connection.fetch("SELECT ticket_number FROM tickets ORDER BY 1")
    last = await session.connection.fetchval("SELECT last_ticket_number FROM project_counters")
    assert [row[0] for row in numbers] == list(range(1, 41))
    assert last == 40
    assert await drifts(session) == []


async def test_data_is_spread_and_varied(dsn: str, session: Session) -> None:
    await seed(dsn, a_plan(600))
    row = await session.connection.fetchrow(
        "SELECT min(created_at), max(updated_at), count(DISTINCT status),"
        " count(DISTINCT channel_source), count(DISTINCT priority), count(DISTINCT tags),"
        " count(DISTINCT assignee_user_id), count(DISTINCT assignee_role_id),"
        " avg(message_count)::float FROM tickets"
    )
    sizes = await session.connection.fetchrow(
        "SELECT avg(length(properties::text))::int, count(*) FROM persons"
    )
    contents = await session.connection.fetchrow(
        "SELECT count(*)::float / 600, count(*) FILTER (WHERE is_private),"
        " count(DISTINCT content)::float / count(*) FROM messages"
    )

    assert row is not None
    assert sizes is not None
    assert contents is not None
    assert row[0] == UNTIL - SPAN
    assert UNTIL - SPAN / 90 < row[1] <= UNTIL
    assert tuple(row)[2:5] == (5, 5, 4)
    assert row[5] > 50
    assert tuple(row)[6:8] == (6, 3)
    assert 800 < sizes[0] < 1200
    assert 250 < sizes[1] < 350
    assert 5 < contents[0] < 7
    assert contents[1] > 100
    assert contents[2] > 0.7


async def test_the_same_seed_gives_the_same_conversations(
    dsn: str, session: Session, server: str
) -> None:
    await seed(dsn, a_plan(30))
    first = await content(session)
    await session.connection.execute(
        "TRUNCATE persons, tickets CASCADE;"
        "UPDATE project_counters SET (last_ticket_number, tickets_new, tickets_open,"
        " tickets_pending, tickets_on_hold, tickets_resolved, unread) = (0, 0, 0, 0, 0, 0, 0)"
    )

    await seed(dsn, a_plan(30))

    assert len(first) > 100
    assert await content(session) == first


async def test_a_big_load_leaves_every_index_and_key_as_it_was(
    dsn: str, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seeding, "BIG", 50)
    before = await definitions(session)

    await seed(dsn, a_plan(60))

    assert await definitions(session) == before
    assert await session.connection.fetchval(TICKETS_THAT_MESSAGES_CONTRADICT) == 0
    assert await drifts(session) == []


async def test_a_big_load_that_fails_leaves_no_trace(
    dsn: str, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seeding, "BIG", 50)
    before = await definitions(session)

    def interrupt(_doing: str, _more: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await seed(dsn, a_plan(60), interrupt)

    assert await definitions(session) == before
    assert await session.connection.fetchval("SELECT count(*) FROM tickets") == 0
    assert await drifts(session) == []


async def test_servers_hear_of_it(dsn: str, session: Session) -> None:
    heard: asyncio.Queue[str] = asyncio.Queue()

    def hear(_c: object, _pid: object, _channel: object, payload: object) -> None:
        heard.put_nowait(str(payload))

    await session.connection.add_listener(CHANNEL, hear)
    project_ids = await seed(dsn, a_plan(5))
    announced = [decode(await asyncio.wait_for(heard.get(), 5)) for _ in range(2)]

    assert announced[-1].project_id == project_ids[0]
    assert announced[-1].concerns(frozenset({"anything"}))


async def test_a_project_that_is_not_there_is_refused(dsn: str, session: Session) -> None:
    with pytest.raises(NotFound):
        await seed(dsn, Plan(tickets=1, until=UNTIL, project_id=99))


async def test_the_command_begins_with_a_first_start(dsn: str) -> None:
    first = run("demo", "--tickets", "40", "--json", database_url=dsn)
    again = answer("demo", "--tickets", "10", "--messages-per-ticket", "2", database_url=dsn)

    assert first.returncode == 0, first.stderr
    filled = msgspec.json.decode(first.stdout)
    assert (filled["project_ids"], filled["tickets"]) == ([1], 40)
    assert "API key" in first.stderr
    assert (again["project_ids"], again["tickets"]) == ([1], 10)
