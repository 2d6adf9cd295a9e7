"""The schema a command needs: made where there is none, never changed under a running server."""

import asyncpg
from msgspec import Struct

from rejoinder.db.migrate import applied, available, migrate
from rejoinder.errors import Unavailable


class Schema(Struct, frozen=True):
    """The migrations a database has had and those it still lacks, in order."""

    applied: list[str]
    missing: list[str]


async def schema_of(dsn: str) -> Schema:
    connection = await asyncpg.connect(dsn)
    try:
        had = await applied(connection)
    finally:
        await connection.close()
    return Schema(had, [name for name in available() if name not in had])


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
