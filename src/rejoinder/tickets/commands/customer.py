"""What a ticket knows of its customer, and what the customer does to it apart from writing."""

from typing import Any

import msgspec
from msgspec.structs import replace

from rejoinder.events.work import Tx
from rejoinder.tickets import queries
from rejoinder.tickets.events import (
    TicketCustomerChanged,
    TicketReadByCustomer,
    TicketReclaimed,
    TicketTraitsChanged,
)
from rejoinder.tickets.types import Customer, Ticket


async def describe(tx: Tx, ticket: Ticket, customer: Customer) -> Ticket:
    """Merges what the customer's side says of itself; `updated_at` stands still."""
    traits = await queries.set_customer(tx, tx.project_id, ticket.id, customer)
    before, after = _decoded(ticket.anonymous_traits), _decoded(traits)
    if before != after:
        tx.emit(
            TicketTraitsChanged(
                ticket_id=ticket.id, anonymous_traits=after, previous=ticket.anonymous_traits
            )
        )
    whose = customer.distinct_id, customer.identity_verified
    if whose != (ticket.distinct_id, ticket.identity_verified):
        tx.tell(*ticket.readers, customer.distinct_id)
        tx.emit(
            TicketCustomerChanged(
                ticket_id=ticket.id,
                distinct_id=customer.distinct_id,
                identity_verified=customer.identity_verified,
                previous=ticket.distinct_id,
            )
        )
    return replace(
        ticket,
        anonymous_traits=traits,
        distinct_id=customer.distinct_id,
        identity_verified=customer.identity_verified,
        widget_session_id=customer.widget_session_id,
    )


async def mark_read_by_customer(tx: Tx, ticket: Ticket) -> Ticket:
    """Nothing is unread by the customer any more; `updated_at` stands still."""
    if ticket.unread_customer_count == 0:
        return ticket
    await queries.mark_read_by_customer(tx, tx.project_id, ticket.id)
    tx.emit(TicketReadByCustomer(ticket_id=ticket.id, previous=ticket.unread_customer_count))
    return replace(ticket, unread_customer_count=0)


async def move_to_session(tx: Tx, ticket: Ticket, session_id: str) -> Ticket:
    """From now on the ticket is opened by this widget session, and not by the one before."""
    if session_id == ticket.widget_session_id:
        return ticket
    await queries.set_widget_session(tx, tx.project_id, ticket.id, session_id)
    tx.tell(ticket.widget_session_id, session_id)
    tx.emit(TicketReclaimed(ticket_id=ticket.id))
    return replace(ticket, widget_session_id=session_id)


def _decoded(traits: msgspec.Raw) -> dict[str, Any]:
    return msgspec.json.decode(traits, type=dict[str, Any])
