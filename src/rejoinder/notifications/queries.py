"""The statements of notifications."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from msgspec import Struct

from rejoinder.db.pool import Queryable
from rejoinder.db.sql import Clause, compose, load
from rejoinder.ids import new_id
from rejoinder.notifications.types import (
    Added,
    Disabled,
    Facts,
    Kind,
    NewTicket,
    Notification,
    Reader,
    Recipient,
    Unmailed,
    Wanting,
)

sql = load(__package__)

MOST_COUNTED = 1_000


class _Address(Struct, frozen=True):
    email: str


class _Ticket(Struct, frozen=True):
    ticket_id: UUID


async def facts(db: Queryable, project_id: int, event_id: UUID) -> Facts | None:
    return await db.one_or_none(Facts, sql.facts, project_id, event_id)


async def add(
    db: Queryable, project_id: int, facts: Facts, kind: Kind, user_ids: Sequence[int]
) -> list[Added]:
    """Those that were not there before, for those of the users who are members."""
    about = (kind, facts.ticket_id, facts.message_id, facts.event_id, facts.actor_name)
    ids = [new_id() for _ in user_ids]
    return await db.many(Added, sql.add, project_id, ids, list(user_ids), *about)


async def add_reply(db: Queryable, project_id: int, facts: Facts, user_id: int) -> Added | None:
    """The notification, if it is a new one and not an unread one that has moved on."""
    about = (facts.ticket_id, facts.message_id, facts.event_id, facts.actor_name)
    new = new_id()
    added = await db.one_or_none(Added, sql.add_reply, project_id, new, user_id, *about)
    return added if added and added.id == new else None


async def page(
    db: Queryable, reader: Reader, where: Sequence[Clause], limit: int
) -> list[Notification]:
    """Newest first."""
    args = (reader.project_id, reader.user_id, limit)
    statement, values = compose(sql.page, args, where=where)
    return await db.many(Notification, statement, *values)


async def unread(db: Queryable, reader: Reader) -> int:
    """How many are unread, counted up to 1,000."""
    return await db.value(sql.unread, reader.project_id, reader.user_id, MOST_COUNTED)


async def mark_read(
    db: Queryable, reader: Reader, ids: Sequence[UUID] | None, ticket_id: UUID | None
) -> int:
    """Marks those with these ids or about this ticket, or else all; how many were unread."""
    wanted = None if ids is None else list(ids)
    return await db.run(sql.mark_read, reader.project_id, reader.user_id, wanted, ticket_id)


async def unmailed(db: Queryable, project_id: int, notification_id: UUID) -> Unmailed | None:
    return await db.one_or_none(Unmailed, sql.unmailed, project_id, notification_id)


async def purge(db: Queryable, age: timedelta, batch: int) -> int:
    return await db.run(sql.purge, age, batch)


async def disabled(db: Queryable, project_id: int, event_id: UUID) -> Disabled | None:
    """The webhook that the event is about, if it is still disabled."""
    return await db.one_or_none(Disabled, sql.disabled, project_id, event_id)


async def administrators(db: Queryable, project_id: int) -> list[str]:
    """The addresses of owners and admins."""
    return [row.email for row in await db.many(_Address, sql.administrators, project_id)]


async def members_emails(db: Queryable, project_id: int, user_ids: Sequence[int]) -> list[str]:
    found = await db.many(_Address, sql.members_emails, project_id, list(user_ids))
    return [row.email for row in found]


async def wanting(db: Queryable, project_id: int, event_id: UUID) -> Wanting | None:
    return await db.one_or_none(Wanting, sql.wanting, project_id, event_id)


async def lock_recipient(db: Queryable, recipient: Recipient) -> None:
    await db.run(sql.lock_recipient, str(recipient.project_id), recipient.address)


async def add_notice(
    db: Queryable, recipient: Recipient, ticket_id: UUID, most_a_minute: int
) -> bool:
    """Whether it is to be mailed now; otherwise it was before, or has to wait."""
    args = (recipient.project_id, recipient.address, ticket_id, most_a_minute)
    return bool(await db.value(sql.add_notice, *args))


async def waiting(db: Queryable, most: int) -> list[Recipient]:
    return await db.many(Recipient, sql.waiting, most)


async def take_waiting(db: Queryable, recipient: Recipient) -> list[UUID]:
    args = (recipient.project_id, recipient.address)
    return [row.ticket_id for row in await db.many(_Ticket, sql.take_waiting, *args)]


async def mailed(db: Queryable, recipient: Recipient, ticket_ids: Sequence[UUID]) -> None:
    await db.run(sql.mailed, recipient.project_id, recipient.address, list(ticket_ids))


async def new_tickets(
    db: Queryable, project_id: int, ticket_ids: Sequence[UUID]
) -> list[NewTicket]:
    return await db.many(NewTicket, sql.new_tickets, project_id, list(ticket_ids))


async def purge_notices(db: Queryable, age: timedelta, batch: int) -> int:
    return await db.run(sql.purge_notices, age, batch)
