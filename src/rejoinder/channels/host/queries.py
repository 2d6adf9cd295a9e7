"""The statements of the host."""

from rejoinder.db.pool import Queryable
from rejoinder.db.sql import load

sql = load(__package__)


async def count_waiting(db: Queryable, job: str, most: int) -> int:
    """How many such jobs wait; it stops counting at `most`."""
    return await db.value(sql.count_waiting, job, most)
