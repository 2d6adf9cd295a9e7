"""The statements of merging."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from rejoinder.db.pool import Queryable
from rejoinder.db.sql import load
from rejoinder.tickets.merging.types import Absorbed
from rejoinder.tickets.types import Status

sql = load(__package__)


class _Id(Struct, frozen=True):
    id: UUID


async def link(
    db: Queryable, project_id: int, ticket_id: UUID, into: UUID | None, before: Status | None
) -> datetime:
    """Merges the ticket into another, or into none; `before` is the status it then has again."""
    return await db.value(sql.link, project_id, ticket_id, into, before)


async def merged_ids(db: Queryable, project_id: int, ticket_id: UUID) -> list[UUID]:
    """The tickets that are merged into this one, in the order in which they are locked."""
    return [row.id for row in await db.many(_Id, sql.merged_ids, project_id, ticket_id)]


async def absorbed(db: Queryable, project_id: int, ticket_id: UUID) -> list[Absorbed]:
    """Those of them that are not deleted."""
    return await db.many(Absorbed, sql.absorbed, project_id, ticket_id)
