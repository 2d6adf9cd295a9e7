"""The statements of e-mail."""

from uuid import UUID

from rejoinder.channels.email.rules import MOST_REFERENCES
from rejoinder.channels.email.types import Composed, Outgoing
from rejoinder.db.pool import Queryable
from rejoinder.db.sql import load

sql = load(__package__)


async def outgoing(db: Queryable, project_id: int, event_id: UUID) -> Outgoing | None:
    """What is to be mailed because of the event; None when that is nothing, or no longer."""
    return await db.one_or_none(Outgoing, sql.outgoing, project_id, event_id, MOST_REFERENCES)


async def add_sent(db: Queryable, project_id: int, message_id: UUID, header_id: str) -> None:
    await db.run(sql.add_sent, project_id, message_id, header_id)


async def composed_before(db: Queryable, project_id: int, client_id: str) -> Composed | None:
    return await db.one_or_none(Composed, sql.composed_before, project_id, client_id)
