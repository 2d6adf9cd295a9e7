"""Changing a ticket. Each takes it as locked and returns it as it stands afterwards."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from msgspec.structs import replace

from rejoinder.db.pool import Queryable
from rejoinder.events.event import Event
from rejoinder.events.work import Tx
from rejoinder.organizations import queries as organizations
from rejoinder.tickets import queries, rules
from rejoinder.tickets.commands.counters import recount
from rejoinder.tickets.commands.link import unlink
from rejoinder.tickets.events import (
    TicketAiResolvedChanged,
    TicketAssigned,
    TicketEscalationReasonChanged,
    TicketMarkedUnread,
    TicketPriorityChanged,
    TicketReadByTeam,
    TicketSlaChanged,
    TicketSnoozed,
    TicketStatusChanged,
    TicketTagged,
    TicketTraitsChanged,
)
from rejoinder.tickets.types import (
    Assignee,
    Priority,
    Status,
    Ticket,
    TicketView,
    UserAssignee,
)

T = TypeVar("T")


async def check_assignee(tx: Tx, assignee: Assignee | None) -> None:
    """Raises Invalid when tickets of this project cannot be assigned to it."""
    if isinstance(assignee, UserAssignee):
        if not await organizations.is_member(tx, tx.project_id, assignee.id):
            raise rules.not_a_member()
    elif assignee and not await organizations.role_of_project(tx, tx.project_id, assignee.id):
        raise rules.foreign_role()


async def change_status(tx: Tx, ticket: Ticket, status: Status) -> Ticket:
    changed = await set_status(tx, ticket, status)
    await recount(tx, ticket, changed)
    return changed


async def set_status(tx: Tx, ticket: Ticket, status: Status) -> Ticket:
    """As `change_status`, but the counters are left to the caller."""
    if status != ticket.status:
        ticket = await unlink(tx, ticket, "status")
    return await _set(tx, ticket, queries.set_status, TicketStatusChanged, "status", status)


async def change_priority(tx: Tx, ticket: Ticket, priority: Priority | None) -> Ticket:
    return await _set(tx, ticket, queries.set_priority, TicketPriorityChanged, "priority", priority)


async def tag(tx: Tx, ticket: Ticket, tags: list[str]) -> Ticket:
    """These tags instead of those it had."""
    return await _set(tx, ticket, queries.set_tags, TicketTagged, "tags", tags)


async def snooze(tx: Tx, ticket: Ticket, until: datetime | None) -> Ticket:
    """Until then, or no longer (None). The status that this implies is the caller's to set."""
    return await _set(tx, ticket, queries.set_snoozed_until, TicketSnoozed, "snoozed_until", until)


async def set_deadline(tx: Tx, ticket: Ticket, due_at: datetime | None) -> Ticket:
    return await _set(tx, ticket, queries.set_sla_due_at, TicketSlaChanged, "sla_due_at", due_at)


async def set_ai_resolved(tx: Tx, ticket: Ticket, *, ai_resolved: bool) -> Ticket:
    return await _set(
        tx, ticket, queries.set_ai_resolved, TicketAiResolvedChanged, "ai_resolved", ai_resolved
    )


async def set_escalation_reason(tx: Tx, ticket: Ticket, reason: str | None) -> Ticket:
    return await _set(
        tx,
        ticket,
        queries.set_escalation_reason,
        TicketEscalationReasonChanged,
        "escalation_reason",
        reason,
    )


async def _set(
    tx: Tx,
    ticket: Ticket,
    write: Callable[[Queryable, int, UUID, T], Awaitable[datetime]],
    event: Callable[..., Event],
    field: str,
    value: T,
) -> Ticket:
    """The ticket with another value, which the event has under the same name as the ticket."""
    before = getattr(ticket, field)
    if value == before:
        return ticket
    updated_at = await write(tx, tx.project_id, ticket.id, value)
    tx.emit(event(ticket_id=ticket.id, **{field: value, "previous": before}))
    return replace(ticket, **{field: value, "updated_at": updated_at})


async def assign(tx: Tx, ticket: Ticket, assignee: Assignee | None) -> Ticket:
    """To a user, to a role, or to nobody; `check_assignee` comes before the first change."""
    if assignee == ticket.assignee:
        return ticket
    updated_at = await queries.set_assignee(tx, tx.project_id, ticket.id, assignee)
    tx.emit(TicketAssigned(ticket_id=ticket.id, assignee=assignee, previous=ticket.assignee))
    is_user = isinstance(assignee, UserAssignee)
    return replace(
        ticket,
        assignee_user_id=assignee.id if is_user else None,
        assignee_role_id=assignee.id if assignee and not is_user else None,
        updated_at=updated_at,
    )


async def replace_traits(tx: Tx, ticket: Ticket, traits: dict[str, Any]) -> Ticket:
    """These traits instead of those it had; PostgreSQL says whether they differ."""
    updated_at = await queries.set_traits(tx, tx.project_id, ticket.id, traits)
    if updated_at is None:
        return ticket
    tx.emit(
        TicketTraitsChanged(
            ticket_id=ticket.id, anonymous_traits=traits, previous=ticket.anonymous_traits
        )
    )
    return replace(
        ticket, anonymous_traits=msgspec.Raw(msgspec.json.encode(traits)), updated_at=updated_at
    )


async def mark_unread(tx: Tx, ticket: Ticket) -> Ticket:
    """Something is unread by the team again; `updated_at` stands still."""
    if ticket.unread_team_count:
        return ticket
    await queries.mark_unread(tx, tx.project_id, ticket.id)
    tx.emit(TicketMarkedUnread(ticket_id=ticket.id))
    marked = replace(ticket, unread_team_count=1)
    await recount(tx, ticket, marked)
    return marked


async def mark_read_by_team(tx: Tx, view: TicketView) -> TicketView:
    """Nothing is unread any more; `updated_at` stands still.

    Returns the ticket with all that is now marked as read: what arrived since `view` is shown, too.
    """
    marked = await queries.mark_read_by_team(tx, tx.project_id, view.id)
    if marked is not None:
        tx.emit(TicketReadByTeam(ticket_id=view.id, previous=marked.unread))
    if marked is None or marked.updated_at != view.updated_at:
        view = await queries.view(tx, tx.project_id, view.id) or view
    return replace(view, unread_team_count=0)
