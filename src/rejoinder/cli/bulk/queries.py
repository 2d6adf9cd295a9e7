"""The statements that look up what a load can do without."""

from msgspec import Struct

from rejoinder.db.pool import Queryable
from rejoinder.db.sql import load

sql = load(__package__)


class Index(Struct, frozen=True):
    name: str
    definition: str


class ForeignKey(Struct, frozen=True):
    table: str
    name: str
    definition: str


async def secondary_indexes(db: Queryable, tables: list[str]) -> list[Index]:
    return await db.many(Index, sql.secondary_indexes, tables)


async def foreign_keys(db: Queryable, tables: list[str]) -> list[ForeignKey]:
    return await db.many(ForeignKey, sql.foreign_keys, tables)
