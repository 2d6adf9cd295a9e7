"""Indexes and foreign keys out of the way of a big load, inside the transaction of the load."""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

from rejoinder.cli.bulk import queries
from rejoinder.db.pool import Session


@asynccontextmanager
async def built_afterwards(
    session: Session, tables: list[str], progress: Callable[[str, int], object]
) -> AsyncGenerator[None]:
    """Drops what would be maintained row by row, and builds the very same at the end of the block.

    The transaction around it keeps the promise: whatever fails, however it fails, nothing has
    been dropped.
    """
    indexes = await queries.secondary_indexes(session, tables)
    keys = await queries.foreign_keys(session, tables)
    run = session.connection.execute
    # Names and definitions are the catalog's own, quoted by PostgreSQL.
    for key in keys:
        await run(f"ALTER TABLE {key.table} DROP CONSTRAINT {key.name}")
    for index in indexes:
        await run(f"DROP INDEX {index.name}")
    yield
    await run(f"ANALYZE {', '.join(tables)}")
    for index in indexes:
        progress(f"building {index.name}", 0)
        await run(index.definition)
    progress("checking foreign keys", 0)
    for key in keys:
        await run(f"ALTER TABLE {key.table} ADD CONSTRAINT {key.name} {key.definition}")
