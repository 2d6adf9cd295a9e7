"""A ticket's beginning and its end."""

from collections.abc import Sequence

from msgspec.structs import replace

from rejoinder.events.work import Tx
from rejoinder.tickets import queries
from rejoinder.tickets.commands.change import check_assignee
from rejoinder.tickets.commands.counters import recount
from rejoinder.tickets.events import TicketCreated, TicketDeleted, TicketRestored
from rejoinder.tickets.types import NewTicket, Ticket, TicketView


async def create(tx: Tx, new: NewTicket) -> TicketView:
    """A ticket with the project's next number.

    Raises:
        Invalid: the assignee does not belong to the project's organization.
    """
    (ticket,) = await create_all(tx, [new])
    return ticket


async def create_all(tx: Tx, new: Sequence[NewTicket]) -> list[TicketView]:
    """The same for several, numbered in their order."""
    for assignee in {each.assignee for each in new}:
        await check_assignee(tx, assignee)
    tickets = await queries.add_tickets(tx, tx.project_id, new)
    for each, ticket in zip(new, tickets, strict=True):
        tx.tell(each.distinct_id, each.widget_session_id, (each.email_from or "").lower())
        tx.emit(_created(each, ticket), at=ticket.created_at)
    return tickets


def _created(new: NewTicket, ticket: TicketView) -> TicketCreated:
    return TicketCreated(
        ticket_id=ticket.id,
        ticket_number=ticket.ticket_number,
        channel_source=new.channel_source,
        distinct_id=new.distinct_id,
        status=new.status,
        priority=new.priority,
        assignee=new.assignee,
        tags=new.tags,
        anonymous_traits=new.anonymous_traits,
        ai_resolved=new.ai_resolved,
        escalation_reason=new.escalation_reason,
        sla_due_at=new.sla_due_at,
        snoozed_until=new.snoozed_until,
    )


async def delete(tx: Tx, ticket: Ticket) -> Ticket:
    """Invisible from now on; purged after a while unless restored."""
    deleted = await mark_deleted(tx, ticket)
    await recount(tx, ticket, deleted)
    return deleted


async def mark_deleted(tx: Tx, ticket: Ticket) -> Ticket:
    """As `delete`, but the counters are left to the caller."""
    deleted_at = await queries.delete_ticket(tx, tx.project_id, ticket.id, tx.actor.id)
    tx.emit(TicketDeleted(ticket_id=ticket.id))
    return replace(ticket, deleted_at=deleted_at)


async def restore(tx: Tx, ticket: Ticket) -> Ticket:
    """Undoes a deletion."""
    restored = await mark_restored(tx, ticket)
    await recount(tx, ticket, restored)
    return restored


async def mark_restored(tx: Tx, ticket: Ticket) -> Ticket:
    """As `restore`, but the counters are left to the caller."""
    updated_at = await queries.restore_ticket(tx, tx.project_id, ticket.id)
    tx.tell(*ticket.readers)
    tx.emit(TicketRestored(ticket_id=ticket.id))
    return replace(ticket, deleted_at=None, updated_at=updated_at)
