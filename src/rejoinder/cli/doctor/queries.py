"""The statements of the doctor."""

from datetime import datetime

from rejoinder.db.pool import Queryable
from rejoinder.db.sql import load

sql = load(__package__)


async def extensions(db: Queryable) -> list[str]:
    """The names of the extensions that the database has."""
    return await db.value(sql.extensions)


async def clock(db: Queryable) -> datetime:
    """What time it is there."""
    return await db.value(sql.clock)


async def projects_that_restore(db: Queryable) -> list[int]:
    """Projects whose customers may ask for their tickets by mail."""
    return await db.value(sql.projects_that_restore)
