"""The data that is measured, made inside PostgreSQL so that a million tickets take minutes."""

import hashlib
from importlib.resources import files
from typing import TypeAlias

import asyncpg
import msgspec
from msgspec import Struct

from rejoinder.db.migrate import applied, available, migrate

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"

_STEPS = files("bench").joinpath("seed.sql")
_TABLES = ("persons", "person_distinct_ids", "tickets", "messages")


class Plan(Struct, frozen=True):
    """How much. Half of the tickets are the first project's."""

    tickets: int
    projects: int = 20
    messages_per_ticket: int = 6

    @property
    def messages(self) -> int:
        return self.tickets * self.messages_per_ticket

    @property
    def tickets_of_the_largest(self) -> int:
        return self.tickets // 2


async def seed(dsn: str, plan: Plan) -> None:
    """Fills an empty database."""
    await migrate(dsn)
    connection: Connection = await asyncpg.connect(dsn)
    try:
        await _fill(connection, plan)
    finally:
        await connection.close()


async def is_seeded(dsn: str, plan: Plan) -> bool:
    """Whether the database holds this plan, whole, in a schema that can be brought up to date."""
    connection: Connection = await asyncpg.connect(dsn)
    try:
        if await connection.fetchval("SELECT to_regclass('bench_seed')") is None:
            return False
        kept = await connection.fetchval("SELECT fingerprint FROM bench_seed")
        known = msgspec.json.decode(kept, type=Fingerprint)
        if not {*known.migrations, *await applied(connection)} <= {*available()}:
            return False
        return known == _fingerprint(plan, known.migrations)
    finally:
        await connection.close()


class Fingerprint(Struct, frozen=True):
    """What the data was made from: the plan, these migrations, and a digest of all texts."""

    plan: Plan
    migrations: list[str]
    digest: str


def _fingerprint(plan: Plan, migrations: list[str]) -> Fingerprint:
    folder = files("rejoinder.db").joinpath("migrations")
    texts = [_STEPS.read_text(), *(folder.joinpath(name).read_text() for name in migrations)]
    return Fingerprint(plan, migrations, hashlib.sha256("".join(texts).encode()).hexdigest())


async def _fill(connection: Connection, plan: Plan) -> None:
    """Indexes are made after the rows, and foreign keys not checked: both would take hours."""
    await connection.execute(
        "SET maintenance_work_mem = '1GB'; SET work_mem = '256MB'; SET synchronous_commit = off;"
        "SET session_replication_role = replica; SET max_parallel_maintenance_workers = 2"
    )
    indexes = await connection.fetch(
        "SELECT indexname, indexdef FROM pg_indexes i WHERE tablename = ANY($1) AND NOT EXISTS"
        " (SELECT FROM pg_constraint c WHERE c.conname = i.indexname)",
        _TABLES,
    )
    for name, _ in indexes:
        await connection.execute(f"DROP INDEX {name}")
    await connection.execute(
        f"CREATE TEMP TABLE plan AS SELECT {plan.tickets} AS tickets, {plan.projects} AS projects,"
        f" {plan.messages_per_ticket} AS messages_per_ticket"
    )
    for step in _STEPS.read_text().split("-- step: ")[1:]:
        name, _, statement = step.partition("\n")
        print(f"  {name}", flush=True)
        await connection.execute(statement)
    for name, definition in indexes:
        print(f"  index {name}", flush=True)
        await connection.execute(definition)
    await connection.execute("VACUUM (ANALYZE)")
    await connection.execute("CREATE TABLE bench_seed (fingerprint text NOT NULL)")
    fingerprint = msgspec.json.encode(_fingerprint(plan, await applied(connection))).decode()
    await connection.execute("INSERT INTO bench_seed VALUES ($1)", fingerprint)
    await connection.execute("CHECKPOINT")
