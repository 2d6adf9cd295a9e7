"""The two databases of a run, on one PostgreSQL: the same shape, one with 1,000 tickets."""

from datetime import datetime
from urllib.parse import urlsplit

import asyncpg
import msgspec

from bench.cases import CREATED_IN, CREATED_SUBJECT, PROJECT, Subject
from bench.seed import Connection, Plan, is_seeded, seed
from bench.talk import begin, end
from rejoinder.auth.commands import create_key
from rejoinder.db.migrate import migrate
from rejoinder.db.pool import connect
from rejoinder.events.event import INSTALLATION, Actor
from rejoinder.events.work import Work
from rejoinder.settings import Settings
from rejoinder.tickets.filters import orders
from rejoinder.web.paging import encode_cursor

_RETRIEVED = 2_000
_DEEPEST = 400_000


class World(msgspec.Struct, frozen=True):
    """One seeded database and what requests to it need to know."""

    dsn: str
    plan: Plan
    subject: Subject


async def prepare(server: str, plan: Plan) -> World:
    """The database of this plan, seeded anew unless it is there in this schema."""
    name = f"bench_{plan.tickets}"
    dsn = urlsplit(server)._replace(path=f"/{name}").geturl()
    print(f"{plan.tickets:,} tickets, {plan.messages:,} messages", flush=True)
    connection: Connection = await asyncpg.connect(server)
    try:
        known = await connection.fetchval("SELECT true FROM pg_database WHERE datname = $1", name)
        if not known or not await is_seeded(dsn, plan):
            await connection.execute(f"DROP DATABASE IF EXISTS {name}")
            await connection.execute(f"CREATE DATABASE {name}")
            await seed(dsn, plan)
    finally:
        await connection.close()
    await migrate(dsn)
    return World(dsn, plan, await _subject(dsn, plan))


async def _subject(dsn: str, plan: Plan) -> Subject:
    async with connect(dsn, Settings()) as database:
        root = Actor(INSTALLATION, "system", "bench")
        async with Work(database).begin(root) as tx:
            key = await create_key(tx, 1, ["*"], label="bench")
        async with database.session() as session:
            connection = session.connection
            tickets = await connection.fetch(
                "SELECT id FROM tickets WHERE project_id = $1 AND unread_team_count = 0"
                " AND deleted_at IS NULL ORDER BY md5(id::text) LIMIT $2",
                PROJECT,
                _RETRIEVED,
            )
            reference = await connection.fetchval(
                "SELECT substring(content FROM 'Reference (.*)') FROM messages"
                " WHERE project_id = $1 ORDER BY id LIMIT 1",
                PROJECT,
            )
            offset = min(_DEEPEST, plan.tickets_of_the_largest * 4 // 5)
            deep = await connection.fetchrow(
                "SELECT updated_at, ticket_number FROM tickets WHERE project_id = $1"
                " AND deleted_at IS NULL ORDER BY updated_at DESC, ticket_number DESC"
                " LIMIT 1 OFFSET $2",
                PROJECT,
                offset,
            )
    ids = [str(row[0]) for row in tickets]
    return Subject(key.key, ids, reference, offset, _cursor(*(deep or ())), await begin(dsn))


def _cursor(updated_at: datetime, number: int) -> str:
    return encode_cursor((orders.DEFAULT, updated_at, number))


async def tidy(world: World) -> None:
    """Takes away what the run has created, so that the next one finds the same data."""
    await end(world.dsn, world.subject.talk)
    connection: Connection = await asyncpg.connect(world.dsn)
    try:
        await connection.execute(
            "DELETE FROM tickets WHERE project_id = $1 AND email_subject = $2",
            CREATED_IN,
            CREATED_SUBJECT,
        )
        await connection.execute(
            "UPDATE project_counters c SET (last_ticket_number, tickets_new) = (SELECT"
            " max(ticket_number), count(*) FILTER (WHERE status = 'new') FROM tickets t"
            " WHERE t.project_id = c.project_id) WHERE c.project_id = $1",
            CREATED_IN,
        )
        await connection.execute("TRUNCATE events")
        await connection.execute("VACUUM tickets")
    finally:
        await connection.close()
