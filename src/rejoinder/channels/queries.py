"""The statements of the intake."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from rejoinder.db.pool import Queryable
from rejoinder.db.sql import load

sql = load(__package__)


class Known(Struct, frozen=True):
    """A message that was received before."""

    id: UUID
    ticket_id: UUID
    created_at: datetime


async def lock_client_id(db: Queryable, project_id: int, client_id: str) -> None:
    await db.run(sql.lock_client_id, str(project_id), client_id)


async def received_before(db: Queryable, project_id: int, client_id: str) -> Known | None:
    return await db.one_or_none(Known, sql.received_before, project_id, client_id)
