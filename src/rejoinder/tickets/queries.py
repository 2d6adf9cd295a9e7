"""The statements of tickets."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, LiteralString
from uuid import UUID

from msgspec import Raw

from rejoinder.db.pool import Queryable, Session
from rejoinder.db.sql import Clause, compose, load
from rejoinder.tickets.filters import orders
from rejoinder.tickets.rules import Counted
from rejoinder.tickets.types import (
    Assignee,
    CountedPage,
    Customer,
    Drift,
    Found,
    Key,
    MarkedRead,
    NewTicket,
    Priority,
    RoleAssignee,
    Status,
    Ticket,
    TicketView,
    UserAssignee,
    Version,
    VersionedView,
)

sql = load(__package__)

# Up to here a page's rows are read on the way; beyond, only numbers are walked.
DEEP = 500


async def page(
    db: Queryable,
    project_id: int,
    where: Sequence[Clause],
    order: LiteralString,
    limit: int,
    offset: int,
) -> list[TicketView]:
    """The tickets of one page; `order` names columns of `t`."""
    base = sql.page if offset <= DEEP else sql.deep_page
    statement, args = compose(base, (project_id, limit, offset), where=where, order=order)
    return await db.many(TicketView, statement, *args)


async def page_versions(
    db: Queryable,
    project_id: int,
    where: Sequence[Clause],
    order: LiteralString,
    limit: int,
    offset: int,
) -> list[Version]:
    """The same page as versions."""
    base = sql.walked_versions if orders.walks(where, order) else sql.page_versions
    given, most = (project_id, limit, offset), orders.rounded(offset + limit)
    statement, args = compose(base, given, where=where, order=order, most=most)
    return await db.many(Version, statement, *args)


async def counted_page(
    db: Queryable,
    project_id: int,
    where: Sequence[Clause],
    order: LiteralString,
    limit: int,
    offset: int,
    most: int,
) -> CountedPage:
    """The ids of one page, and how many tickets match; it stops counting at `most`."""
    given = project_id, most, limit, offset
    statement, args = compose(sql.counted_page, given, where=where, order=order)
    [found] = await db.many(CountedPage, statement, *args)
    return found


async def versions_of(
    db: Queryable, project_id: int, ids: Sequence[UUID], order: LiteralString
) -> list[Version]:
    """Those of these tickets that are not deleted, as versions."""
    statement, args = compose(sql.versions_of, (project_id, ids), order=order)
    return await db.many(Version, statement, *args)


async def rows_of(db: Queryable, project_id: int, ids: Sequence[UUID]) -> list[VersionedView]:
    """These tickets with their versions, deleted ones too, in no order."""
    return await db.many(VersionedView, sql.rows_of, project_id, ids)


async def matching_in_first(
    db: Queryable,
    project_id: int,
    where: Sequence[Clause],
    order: LiteralString,
    pattern: str,
    first: int,
    most: int,
    glance: int,
) -> Found:
    """Of the list's first tickets those that contain the pattern; none if none at a glance does."""
    given = project_id, pattern, first, most, glance
    statement, args = compose(sql.matching_in_first, given, where=where, order=order)
    return await db.one(Found, statement, *args)


async def matching_by_index(
    db: Queryable,
    project_id: int,
    where: Sequence[Clause],
    order: LiteralString,
    pattern: str,
    most: int,
    known: Sequence[int],
) -> Found:
    """The tickets that contain the pattern, of which `known` do."""
    statement, args = compose(
        sql.matching_by_index, (project_id, pattern, most, known), where=where, order=order
    )
    return await db.one(Found, statement, *args)


async def page_of(
    db: Queryable, project_id: int, numbers: Sequence[int], order: LiteralString
) -> list[TicketView]:
    """These tickets."""
    statement, args = compose(sql.page_of, (project_id, numbers), order=order)
    return await db.many(TicketView, statement, *args)


async def count_by_status(db: Queryable, project_id: int, statuses: Sequence[Status]) -> int:
    """How many tickets are in one of these statuses."""
    return await db.value(sql.count_by_status, project_id, statuses)


async def view(db: Queryable, project_id: int, ref: UUID | int) -> TicketView | None:
    """A ticket that is not deleted, by id or by number."""
    statement = sql.view_by_id if isinstance(ref, UUID) else sql.view_by_number
    return await db.point(TicketView, statement, project_id, ref)


async def locked(db: Queryable, project_id: int, ref: UUID | int) -> Ticket | None:
    """A ticket, deleted ones too, its row locked until the transaction ends."""
    statement = sql.lock_by_id if isinstance(ref, UUID) else sql.lock_by_number
    return await db.one_or_none(Ticket, statement, project_id, ref)


async def locked_all(db: Queryable, project_id: int, ids: Sequence[UUID]) -> list[Ticket]:
    """Those of these tickets that there are, deleted ones too, locked in the order of their ids."""
    return await db.many(Ticket, sql.lock_by_ids, project_id, ids)


async def add_tickets(tx: Session, project_id: int, new: Sequence[NewTicket]) -> list[TicketView]:
    """The tickets, numbered in their order."""
    return await tx.each(TicketView, sql.add_ticket, [_added(project_id, each) for each in new])


def _added(project_id: int, new: NewTicket) -> tuple[object, ...]:
    return (
        project_id,
        new.id,
        new.channel_source,
        new.channel_detail,
        new.status,
        new.priority,
        new.distinct_id,
        *_columns(new.assignee),
        new.anonymous_traits,
        new.ai_resolved,
        new.escalation_reason,
        new.sla_due_at,
        new.snoozed_until,
        new.tags,
        new.email_subject,
        new.email_from,
        new.widget_session_id,
        new.session_id,
        new.session_context,
        new.identity_verified,
        new.first_text,
    )


def _columns(assignee: Assignee | None) -> tuple[int | None, UUID | None]:
    match assignee:
        case UserAssignee(id=user_id):
            return user_id, None
        case RoleAssignee(id=role_id):
            return None, role_id
        case None:
            return None, None


async def set_status(db: Queryable, project_id: int, ticket_id: UUID, status: Status) -> datetime:
    return await db.value(sql.set_status, project_id, ticket_id, status)


async def set_priority(
    db: Queryable, project_id: int, ticket_id: UUID, priority: Priority | None
) -> datetime:
    return await db.value(sql.set_priority, project_id, ticket_id, priority)


async def set_assignee(
    db: Queryable, project_id: int, ticket_id: UUID, assignee: Assignee | None
) -> datetime:
    return await db.value(sql.set_assignee, project_id, ticket_id, *_columns(assignee))


async def set_traits(
    db: Queryable, project_id: int, ticket_id: UUID, traits: dict[str, Any]
) -> datetime | None:
    """When they were set; None when they already were these."""
    return await db.value(sql.set_traits, project_id, ticket_id, traits)


async def set_ai_resolved(
    db: Queryable,
    project_id: int,
    ticket_id: UUID,
    ai_resolved: bool,  # noqa: FBT001  handed on like every other value
) -> datetime:
    return await db.value(sql.set_ai_resolved, project_id, ticket_id, ai_resolved)


async def set_escalation_reason(
    db: Queryable, project_id: int, ticket_id: UUID, reason: str | None
) -> datetime:
    return await db.value(sql.set_escalation_reason, project_id, ticket_id, reason)


async def set_sla_due_at(
    db: Queryable, project_id: int, ticket_id: UUID, due_at: datetime | None
) -> datetime:
    return await db.value(sql.set_sla_due_at, project_id, ticket_id, due_at)


async def set_snoozed_until(
    db: Queryable, project_id: int, ticket_id: UUID, until: datetime | None
) -> datetime:
    return await db.value(sql.set_snoozed_until, project_id, ticket_id, until)


async def set_tags(
    db: Queryable, project_id: int, ticket_id: UUID, tags: Sequence[str]
) -> datetime:
    return await db.value(sql.set_tags, project_id, ticket_id, tags)


async def count_message(
    db: Queryable, project_id: int, ticket_id: UUID, at: datetime, text: str, *, by_customer: bool
) -> None:
    await db.run(sql.count_message, project_id, ticket_id, at, text, by_customer)


async def uncount_message(
    db: Queryable, project_id: int, ticket_id: UUID, *, by_customer: bool
) -> None:
    await db.run(sql.uncount_message, project_id, ticket_id, by_customer)


async def set_last_message(
    db: Queryable, project_id: int, ticket_id: UUID, at: datetime | None, text: str | None
) -> None:
    await db.run(sql.set_last_message, project_id, ticket_id, at, text)


async def mark_read_by_team(db: Queryable, project_id: int, ticket_id: UUID) -> MarkedRead | None:
    """What was unread; None when nothing was."""
    return await db.one_or_none(MarkedRead, sql.mark_read_by_team, project_id, ticket_id)


async def mark_unread(db: Queryable, project_id: int, ticket_id: UUID) -> None:
    await db.run(sql.mark_unread, project_id, ticket_id)


async def mark_read_by_customer(db: Queryable, project_id: int, ticket_id: UUID) -> None:
    await db.run(sql.mark_read_by_customer, project_id, ticket_id)


async def set_customer(db: Queryable, project_id: int, ticket_id: UUID, customer: Customer) -> Raw:
    """The traits as they stand now."""
    return await db.value(
        sql.set_customer,
        project_id,
        ticket_id,
        customer.traits,
        customer.session_context,
        customer.session_id,
        customer.distinct_id,
        customer.identity_verified,
        customer.widget_session_id,
    )


async def set_widget_session(
    db: Queryable, project_id: int, ticket_id: UUID, session_id: str
) -> None:
    await db.run(sql.set_widget_session, project_id, ticket_id, session_id)


async def delete_ticket(db: Queryable, project_id: int, ticket_id: UUID, by: str) -> datetime:
    return await db.value(sql.delete_ticket, project_id, ticket_id, by)


async def restore_ticket(db: Queryable, project_id: int, ticket_id: UUID) -> datetime:
    return await db.value(sql.restore_ticket, project_id, ticket_id)


async def adjust_counters(db: Queryable, project_id: int, change: Counted) -> None:
    await db.run(sql.adjust_counters, project_id, *change)


async def unread_count(db: Queryable, project_id: int) -> int:
    return await db.value(sql.unread_count, project_id) or 0


async def ids_of_role(db: Queryable, project_id: int, role_id: UUID, most: int) -> list[Key]:
    """Some of the tickets that are assigned to the role."""
    return await db.many(Key, sql.ids_of_role, project_id, role_id, most)


async def due_to_wake(db: Queryable, most: int) -> list[Key]:
    """Tickets whose snooze has run out, longest overdue first."""
    return await db.many(Key, sql.due_to_wake, most)


async def is_past(db: Queryable, moment: datetime) -> bool:
    """Whether it is past by the database's clock, which is the one that stamps."""
    return await db.value(sql.is_past, moment)


async def due_to_purge(db: Queryable, kept: timedelta, most: int) -> list[Key]:
    """Tickets deleted longer ago than they are kept."""
    return await db.many(Key, sql.due_to_purge, kept, most)


async def purge_ticket(
    db: Queryable, project_id: int, ticket_id: UUID, kept: timedelta
) -> int | None:
    """The number of the ticket that is gone now; None when it was restored meanwhile."""
    return await db.value(sql.purge_ticket, project_id, ticket_id, kept)


async def drifts(db: Queryable, project_id: int | None = None) -> list[Drift]:
    """Projects, or whether this one, whose counters differ from a recount."""
    return await db.many(Drift, sql.drifts, project_id)


async def lock_counters(db: Queryable, project_id: int) -> None:
    await db.run(sql.lock_counters, project_id)
