"""The statements of splitting."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from rejoinder.db.pool import Queryable
from rejoinder.db.sql import load
from rejoinder.messages.splitting.types import Moving
from rejoinder.tickets.types import Ticket

sql = load(__package__)


class Remaining(Struct, frozen=True):
    """How many messages a ticket has, and how many with its notes."""

    messages: int
    entries: int


async def moving(
    db: Queryable, project_id: int, ticket_id: UUID, ids: Sequence[UUID]
) -> list[Moving]:
    """Those of the messages and notes that the ticket has."""
    return await db.many(Moving, sql.moving, project_id, ticket_id, ids)


async def move(db: Queryable, project_id: int, ids: Sequence[UUID], ticket_id: UUID) -> None:
    await db.run(sql.move, project_id, ids, ticket_id)


async def recount(db: Queryable, project_id: int, ticket: Ticket) -> datetime:
    """Brings up to date what the ticket says of its messages, and sets what is unread of them."""
    return await db.value(
        sql.recount, project_id, ticket.id, ticket.unread_team_count, ticket.unread_customer_count
    )


async def remaining(db: Queryable, project_id: int, ticket_id: UUID) -> Remaining:
    return await db.one(Remaining, sql.remaining, project_id, ticket_id)
