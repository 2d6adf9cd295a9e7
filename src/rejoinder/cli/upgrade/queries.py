"""The statements of a rehearsal."""

from collections.abc import Sequence

from msgspec import Struct

from rejoinder.db.pool import Queryable
from rejoinder.db.sql import load

sql = load(__package__)


class Lock(Struct, frozen=True):
    """The strongest lock on a table, in PostgreSQL's words."""

    name: str
    mode: str


async def locks(db: Queryable, tables: Sequence[str]) -> list[Lock]:
    return await db.many(Lock, sql.locks, tables)
