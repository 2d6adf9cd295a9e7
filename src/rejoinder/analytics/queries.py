"""The statement of analytics."""

from uuid import UUID

from rejoinder.analytics.types import Facts
from rejoinder.db.pool import Queryable
from rejoinder.db.sql import load

sql = load(__package__)


async def facts(db: Queryable, project_id: int, event_id: UUID) -> Facts | None:
    """None when the ticket was purged meanwhile."""
    return await db.one_or_none(Facts, sql.facts, project_id, event_id)
