"""The databases of a run, on one PostgreSQL: the same shape, with more tickets or fewer."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

import asyncpg
import msgspec

from bench.cases import PROJECT, REFERENCE_WRITES_IN, Subject
from bench.seed import Connection, Plan, is_seeded, relaxed_no_more, seed
from bench.talk import WRITTEN_IN, begin, end
from rejoinder.auth.commands import create_key
from rejoinder.db.embedded import EmbeddedPostgres
from rejoinder.db.migrate import migrate
from rejoinder.db.pool import Connection as AnyConnection
from rejoinder.db.pool import connect
from rejoinder.events.event import INSTALLATION, Actor
from rejoinder.events.work import Work
from rejoinder.settings import Settings
from rejoinder.tickets.filters import orders
from rejoinder.web.paging import encode_cursor

FOLDER = Path(".bench")

_READ = 2_000
_WRITTEN = 1_000
_DEEPEST = 400_000
_CONNECTIONS = 200


class World(msgspec.Struct, frozen=True):
    """One seeded database and what requests to it need to know."""

    dsn: str
    plan: Plan
    subject: Subject


_TIDY = files("bench").joinpath("tidy.sql")


@contextmanager
def database() -> Generator[str]:
    """The DSN of the PostgreSQL that holds what was seeded, running until the block ends."""
    FOLDER.mkdir(exist_ok=True)
    postgres = EmbeddedPostgres(FOLDER, connections=_CONNECTIONS)
    try:
        yield postgres.start()
    finally:
        postgres.stop()


async def prepare(server: str, plan: Plan) -> World:
    """The database of this plan, seeded anew unless it is there in this schema."""
    name = f"bench_{plan.tickets}"
    dsn = urlsplit(server)._replace(path=f"/{name}").geturl()
    print(f"{plan.tickets:,} tickets, {plan.messages:,} messages", flush=True)
    connection: Connection = await asyncpg.connect(server)
    try:
        await relaxed_no_more(connection)
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
    async with connect(dsn, Settings(statement_timeout_ms=60_000)) as pool:
        root = Actor(INSTALLATION, "system", "bench")
        async with Work(pool).begin(root) as tx:
            key = await create_key(tx, 1, ["*"], label="bench")
        async with pool.session() as session:
            connection = session.connection
            read = await _tickets(connection, PROJECT, _READ)
            written = await _tickets(connection, WRITTEN_IN, _WRITTEN)
            theirs = await _tickets(connection, REFERENCE_WRITES_IN, _WRITTEN)
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
    return Subject(
        key=key.key,
        read=read,
        written=written,
        reference_written=theirs,
        reference=reference,
        deep_offset=offset,
        deep_cursor=_cursor(*(deep or ())),
        talk=await begin(dsn),
    )


async def _tickets(connection: AnyConnection, project_id: int, most: int) -> list[UUID]:
    """Tickets of the project in which all is read, by no order that means anything."""
    found = await connection.fetch(
        "SELECT id FROM tickets WHERE project_id = $1 AND unread_team_count = 0"
        " AND deleted_at IS NULL ORDER BY md5(id::text) LIMIT $2",
        project_id,
        most,
    )
    return [row[0] for row in found]


def _cursor(updated_at: datetime, number: int) -> str:
    return encode_cursor((orders.DEFAULT, updated_at, number))


async def tidy(world: World) -> None:
    """Takes away what the run has written, so that the next one finds the same data."""
    await end(world.dsn, world.subject.talk)
    subject = world.subject
    connection: Connection = await asyncpg.connect(world.dsn)
    try:
        for project_id, ids in (
            (PROJECT, subject.read),
            (WRITTEN_IN, subject.written),
            (REFERENCE_WRITES_IN, subject.reference_written),
        ):
            for step in _TIDY.read_text().split("-- step: ")[1:]:
                await connection.execute(step.partition("\n")[2], project_id, ids)
        await connection.execute("DELETE FROM events WHERE xid > (SELECT xid FROM bench_seed)")
        await connection.execute("VACUUM tickets, messages, events, unread_tickets")
    finally:
        await connection.close()
