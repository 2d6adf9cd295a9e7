"""A ticket's beginning and its end."""

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
    await check_assignee(tx, new.assignee)
    ticket = await queries.add_ticket(tx, tx.project_id, new)
    tx.tell(new.distinct_id, new.widget_session_id, (new.email_from or "").lower())
    tx.emit(
        TicketCreated(
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
        ),
        at=ticket.created_at,
    )
    return ticket


async def delete(tx: Tx, ticket: Ticket) -> Ticket:
    """Invisible from now on; purged after a while unless restored."""
    deleted_at = await queries.delete_ticket(tx, tx.project_id, ticket.id, tx.actor.id)
    deleted = replace(ticket, deleted_at=deleted_at)
    await recount(tx, ticket, deleted)
    tx.emit(TicketDeleted(ticket_id=ticket.id))
    return deleted


async def restore(tx: Tx, ticket: Ticket) -> Ticket:
    updated_at = await queries.restore_ticket(tx, tx.project_id, ticket.id)
    restored = replace(ticket, deleted_at=None, updated_at=updated_at)
    await recount(tx, ticket, restored)
    tx.tell(*ticket.readers)
    tx.emit(TicketRestored(ticket_id=ticket.id))
    return restored
