"""Changing a ticket. Each takes it as locked and returns it as it stands afterwards."""

from datetime import datetime
from typing import Any

import msgspec
from msgspec.structs import replace

from rejoinder.events.work import Tx
from rejoinder.organizations import queries as organizations
from rejoinder.tickets import queries, rules
from rejoinder.tickets.commands.counters import recount
from rejoinder.tickets.events import (
    TicketAiResolvedChanged,
    TicketAssigned,
    TicketEscalationReasonChanged,
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


async def check_assignee(tx: Tx, assignee: Assignee | None) -> None:
    """Raises Invalid when tickets of this project cannot be assigned to it."""
    if isinstance(assignee, UserAssignee):
        if not await organizations.is_member(tx, tx.project_id, assignee.id):
            raise rules.not_a_member()
    elif assignee and not await organizations.role_of_project(tx, tx.project_id, assignee.id):
        raise rules.foreign_role()


async def change_status(tx: Tx, ticket: Ticket, status: Status) -> Ticket:
    if status == ticket.status:
        return ticket
    updated_at = await queries.set_status(tx, tx.project_id, ticket.id, status)
    changed = replace(ticket, status=status, updated_at=updated_at)
    await recount(tx, ticket, changed)
    tx.emit(
        TicketStatusChanged(
            ticket_id=ticket.id,
            status=status,
            previous=ticket.status,
        )
    )
    return changed


async def change_priority(tx: Tx, ticket: Ticket, priority: Priority | None) -> Ticket:
    if priority == ticket.priority:
        return ticket
    updated_at = await queries.set_priority(tx, tx.project_id, ticket.id, priority)
    tx.emit(
        TicketPriorityChanged(
            ticket_id=ticket.id,
            priority=priority,
            previous=ticket.priority,
        )
    )
    return replace(ticket, priority=priority, updated_at=updated_at)


async def assign(tx: Tx, ticket: Ticket, assignee: Assignee | None) -> Ticket:
    """To a user, to a role, or to nobody; `check_assignee` comes before the first change."""
    if assignee == ticket.assignee:
        return ticket
    updated_at = await queries.set_assignee(tx, tx.project_id, ticket.id, assignee)
    tx.emit(
        TicketAssigned(
            ticket_id=ticket.id,
            assignee=assignee,
            previous=ticket.assignee,
        )
    )
    is_user = isinstance(assignee, UserAssignee)
    return replace(
        ticket,
        assignee_user_id=assignee.id if is_user else None,
        assignee_role_id=assignee.id if assignee and not is_user else None,
        updated_at=updated_at,
    )


async def tag(tx: Tx, ticket: Ticket, tags: list[str]) -> Ticket:
    """These tags instead of those it had."""
    if tags == ticket.tags:
        return ticket
    updated_at = await queries.set_tags(tx, tx.project_id, ticket.id, tags)
    tx.emit(
        TicketTagged(
            ticket_id=ticket.id,
            tags=tags,
            previous=ticket.tags,
        )
    )
    return replace(ticket, tags=tags, updated_at=updated_at)


async def snooze(tx: Tx, ticket: Ticket, until: datetime | None) -> Ticket:
    """Until then, or no longer (None). The status that this implies is the caller's to set."""
    if until == ticket.snoozed_until:
        return ticket
    updated_at = await queries.set_snoozed_until(tx, tx.project_id, ticket.id, until)
    tx.emit(
        TicketSnoozed(
            ticket_id=ticket.id,
            snoozed_until=until,
            previous=ticket.snoozed_until,
        )
    )
    return replace(ticket, snoozed_until=until, updated_at=updated_at)


async def set_deadline(tx: Tx, ticket: Ticket, due_at: datetime | None) -> Ticket:
    if due_at == ticket.sla_due_at:
        return ticket
    updated_at = await queries.set_sla_due_at(tx, tx.project_id, ticket.id, due_at)
    tx.emit(
        TicketSlaChanged(
            ticket_id=ticket.id,
            sla_due_at=due_at,
            previous=ticket.sla_due_at,
        )
    )
    return replace(ticket, sla_due_at=due_at, updated_at=updated_at)


async def replace_traits(tx: Tx, ticket: Ticket, traits: dict[str, Any]) -> Ticket:
    updated_at = await queries.set_traits(tx, tx.project_id, ticket.id, traits)
    if updated_at is None:
        return ticket
    tx.emit(
        TicketTraitsChanged(
            ticket_id=ticket.id,
            anonymous_traits=traits,
            previous=ticket.anonymous_traits,
        )
    )
    return replace(
        ticket, anonymous_traits=msgspec.Raw(msgspec.json.encode(traits)), updated_at=updated_at
    )


async def set_ai_resolved(tx: Tx, ticket: Ticket, *, ai_resolved: bool) -> Ticket:
    if ai_resolved == ticket.ai_resolved:
        return ticket
    updated_at = await queries.set_ai_resolved(
        tx, tx.project_id, ticket.id, ai_resolved=ai_resolved
    )
    tx.emit(
        TicketAiResolvedChanged(
            ticket_id=ticket.id,
            ai_resolved=ai_resolved,
            previous=ticket.ai_resolved,
        )
    )
    return replace(ticket, ai_resolved=ai_resolved, updated_at=updated_at)


async def set_escalation_reason(tx: Tx, ticket: Ticket, reason: str | None) -> Ticket:
    if reason == ticket.escalation_reason:
        return ticket
    updated_at = await queries.set_escalation_reason(tx, tx.project_id, ticket.id, reason)
    tx.emit(
        TicketEscalationReasonChanged(
            ticket_id=ticket.id,
            escalation_reason=reason,
            previous=ticket.escalation_reason,
        )
    )
    return replace(ticket, escalation_reason=reason, updated_at=updated_at)


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
