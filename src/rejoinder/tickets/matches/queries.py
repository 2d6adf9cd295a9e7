"""The statement that shows where a text stands."""

from collections.abc import Sequence
from uuid import UUID

from rejoinder.db.pool import Queryable
from rejoinder.db.sql import load
from rejoinder.tickets.matches.types import Match

sql = load(__package__)


async def matches(
    db: Queryable, project_id: int, tickets: Sequence[UUID], text: str
) -> list[Match]:
    """At most one for each of these tickets."""
    return await db.many(Match, sql.matches, project_id, tickets, text)
