"""The data that is measured, made inside PostgreSQL so that a million tickets take minutes."""

import asyncio
import hashlib
import time
from collections.abc import Mapping
from importlib.resources import files
from typing import TypeAlias

import asyncpg
import msgspec
from msgspec import Struct

from rejoinder.db.migrate import applied, available, migrate

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"

_STEPS = files("bench").joinpath("seed.sql")
_TABLES = ("persons", "person_distinct_ids", "tickets", "messages", "events")
_SLOWEST = "messages_text"

# Foreign keys hold by construction, and triggers would do row by row what a step does at once.
_UNCHECKED = (
    "SET maintenance_work_mem = '512MB'; SET work_mem = '256MB'; SET synchronous_commit = off;"
    "SET session_replication_role = replica; SET max_parallel_maintenance_workers = 2"
)


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
    first: Connection = await asyncpg.connect(dsn)
    second: Connection = await asyncpg.connect(dsn)
    try:
        await _relax(first)
        for connection in (first, second):
            await connection.execute(_UNCHECKED)
        await _fill(first, second, plan)
    finally:
        await relaxed_no_more(first)
        await first.close()
        await second.close()


async def relaxed_no_more(connection: Connection) -> None:
    """The database server as it is installed, also after a load that was cut off."""
    await connection.execute("ALTER SYSTEM RESET ALL")
    await connection.execute("SELECT pg_reload_conf()")


async def _relax(connection: Connection) -> None:
    """No checkpoint and no vacuum in the middle: both come once, at the end."""
    for setting in ("max_wal_size = '64GB'", "checkpoint_timeout = '1h'", "autovacuum = off"):
        await connection.execute(f"ALTER SYSTEM SET {setting}")
    await connection.execute("SELECT pg_reload_conf()")


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


async def _fill(first: Connection, second: Connection, plan: Plan) -> None:
    """Indexes are made after the rows: with each row they would take hours.

    Those of tickets are made, and events written, while messages still come in.
    """
    indexes = await _without_indexes(first)
    await first.execute(
        f"CREATE TEMP TABLE plan AS SELECT {plan.tickets} AS tickets, {plan.projects} AS projects,"
        f" {plan.messages_per_ticket} AS messages_per_ticket"
    )
    steps = [step.partition("\n") for step in _STEPS.read_text().split("-- step: ")[1:]]
    wanted = {name: statement for name, _, statement in steps}
    said, beside = wanted.pop("messages"), wanted.pop("events")
    for name, statement in wanted.items():
        await _timed(first, name, statement)
    of_messages = {name: text for name, text in indexes.items() if name.startswith("messages")}
    others = {"events": beside} | {
        f"index {n}": indexes[n] for n in indexes if n not in of_messages
    }
    slowest = {f"index {_SLOWEST}": of_messages.pop(_SLOWEST)}
    await asyncio.gather(_timed(first, "messages", said), _all(second, others))
    await asyncio.gather(_all(first, slowest), _all(second, of_messages))
    await _timed(first, "vacuum", "VACUUM (ANALYZE)")
    await first.execute(
        "CREATE TABLE bench_seed AS SELECT ''::text AS fingerprint, pg_current_xact_id() AS xid"
    )
    fingerprint = msgspec.json.encode(_fingerprint(plan, await applied(first))).decode()
    await first.execute("UPDATE bench_seed SET fingerprint = $1", fingerprint)
    # With the usual settings again, or all the log of the load would be kept for the next one.
    await relaxed_no_more(first)
    await _timed(first, "checkpoint", "CHECKPOINT")


async def _without_indexes(connection: Connection) -> dict[str, str]:
    """Takes away all indexes but those of constraints; how to make them again."""
    found = await connection.fetch(
        "SELECT indexname, indexdef FROM pg_indexes i WHERE tablename = ANY($1) AND NOT EXISTS"
        " (SELECT FROM pg_constraint c WHERE c.conname = i.indexname)",
        _TABLES,
    )
    for name, _ in found:
        await connection.execute(f"DROP INDEX {name}")
    return {row[0]: row[1] for row in found}


async def _all(connection: Connection, statements: Mapping[str, str]) -> None:
    for name, statement in statements.items():
        await _timed(connection, name, statement)


async def _timed(connection: Connection, name: str, statement: str) -> None:
    began = time.perf_counter()
    await connection.execute(statement)
    print(f"  {name}: {time.perf_counter() - began:.1f} s", flush=True)
