"""The one statement of realtime."""

from rejoinder.db.pool import Queryable
from rejoinder.db.sql import load

sql = load(__package__)


async def notify(db: Queryable, channel: str, payload: str) -> None:
    await db.run(sql.notify, channel, payload)
