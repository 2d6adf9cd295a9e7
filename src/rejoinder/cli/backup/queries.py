"""The statements of a backup; rows themselves go by COPY."""

from msgspec import Struct

from rejoinder.cli.backup.manifest import Sequence
from rejoinder.db.pool import Queryable
from rejoinder.db.sql import load

sql = load(__package__)


class Shape(Struct, frozen=True):
    """A table, and its columns that can be written."""

    name: str
    columns: list[str]


class _Key(Struct, frozen=True):
    object_key: str


async def keep_files(db: Queryable) -> None:
    """Until this session ends, no file is removed from the store."""
    await db.value(sql.keep_files)


async def tables(db: Queryable) -> list[Shape]:
    return await db.many(Shape, sql.tables)


async def sequences(db: Queryable) -> list[Sequence]:
    return await db.many(Sequence, sql.sequences)


async def object_keys(db: Queryable) -> list[str]:
    return [row.object_key for row in await db.many(_Key, sql.object_keys)]
