"""The schema a command needs: made where there is none, never changed under a running server."""

import asyncpg
from msgspec import Struct

from rejoinder.db.migrate import applied, available, migrate
from rejoinder.errors import Unavailable


class Schema(Struct, frozen=True):
    """The migrations a database has had, those it still lacks, and those of a newer version."""

    applied: list[str]
    missing: list[str]
    unknown: list[str]


async def schema_of(dsn: str) -> Schema:
    connection = await asyncpg.connect(dsn)
    try:
        is_ours = await connection.fetchval("SELECT to_regclass('migrations') IS NOT NULL")
        had = await applied(connection) if is_ours else []
    finally:
        await connection.close()
    known = available()
    return Schema(
        had,
        missing=[name for name in known if name not in had],
        unknown=[name for name in had if name not in known],
    )


async def require_schema(dsn: str) -> None:
    """Bring an empty database up to date.

    Raises:
        Unavailable: an older server's schema, which that server may still be using.
    """
    schema = await schema_of(dsn)
    if not schema.applied:
        await migrate(dsn)
    elif schema.missing:
        raise Unavailable(
            f"The database lacks {', '.join(schema.missing)}. Run `rejoinder migrate` first."
        )
