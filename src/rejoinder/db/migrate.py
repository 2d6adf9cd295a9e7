"""Numbered SQL files, applied in order, each in its own transaction, forward only."""

from importlib.resources import files
from importlib.resources.abc import Traversable

import asyncpg

from rejoinder.db.pool import Connection

FOLDER: Traversable = files("rejoinder.db").joinpath("migrations")

# Any constant will do: it only has to be the same for everyone who migrates this database.
_LOCK = 7_302_604_118

_CREATE = """
CREATE TABLE IF NOT EXISTS migrations (
    name text PRIMARY KEY,
    applied_at timestamptz NOT NULL DEFAULT now()
)
"""


def available() -> list[str]:
    """The names of all migrations this version knows, in order."""
    return sorted(file.name for file in FOLDER.iterdir() if file.name.endswith(".sql"))


async def applied(connection: Connection) -> list[str]:
    """The names of the migrations this database has had, in order."""
    return [row[0] for row in await connection.fetch("SELECT name FROM migrations ORDER BY name")]


async def begin(connection: Connection) -> list[str]:
    """Keeps everyone else who migrates waiting until the connection ends; as `applied`."""
    await connection.execute("SELECT pg_advisory_lock($1)", _LOCK)
    await connection.execute(_CREATE)
    return await applied(connection)


async def migrate(dsn: str) -> list[str]:
    """Brings the schema up to date; returns the names just applied.

    Safe to call from several processes at once: the second waits, then finds nothing to do.
    """
    connection = await asyncpg.connect(dsn)
    try:
        had = set(await begin(connection))
        missing = [name for name in available() if name not in had]
        for name in missing:
            await apply(connection, name)
        return missing
    finally:
        await connection.close()


async def apply(connection: Connection, name: str) -> None:
    """One migration, in a transaction or, within one, as a part of it."""
    text = FOLDER.joinpath(name).read_text(encoding="utf-8")
    async with connection.transaction():
        # Without its lock soon, a migration gives up instead of queueing everyone behind it.
        await connection.execute("SET LOCAL lock_timeout = '2s'")
        await connection.execute(text)
        await connection.execute("INSERT INTO migrations (name) VALUES ($1)", name)
