"""The one door for incoming messages: each opens a ticket or goes on with one.

Persons are not made here. A ticket carries its customer's distinct id, by which readers find the
person; what a message claims beyond that stays on the ticket as traits.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from rejoinder.channels import queries
from rejoinder.errors import Forbidden
from rejoinder.events.work import Tx
from rejoinder.ids import new_id
from rejoinder.messages.commands import add, begin
from rejoinder.messages.types import Draft
from rejoinder.tickets.access import locked_ticket
from rejoinder.tickets.commands import life
from rejoinder.tickets.commands.customer import describe
from rejoinder.tickets.types import (
    ChannelDetail,
    ChannelSource,
    Customer,
    NewTicket,
    Ticket,
    TicketView,
)

Admission = Callable[[Ticket], bool]
"""Whether the sender may write on this ticket."""


class Incoming(Struct, frozen=True, kw_only=True):
    """A customer's message as its channel understood it.

    `client_id` names the message for whoever sends it again; the channel makes it unique to the
    sender. `identity_verified` is whether the channel has proof of the distinct id. Attachments
    must have been uploaded by `uploader`.
    """

    channel_source: ChannelSource
    channel_detail: ChannelDetail | None = None
    ticket_id: UUID | None = None
    client_id: str | None = None
    content: str
    rich_content: dict[str, Any] | None = None
    attachment_ids: list[UUID] = []
    uploader: str | None = None
    context: dict[str, Any] = {}
    distinct_id: str
    identity_verified: bool
    traits: dict[str, Any] = {}
    widget_session_id: str = ""
    session_id: str | None = None
    session_context: dict[str, Any] = {}
    email_subject: str | None = None
    email_from: str | None = None
    moves_status: bool = True


class Received(Struct, frozen=True):
    """What became of a message; the ticket as it stands afterwards."""

    ticket: Ticket | TicketView
    message_id: UUID
    created_at: datetime


async def receive(tx: Tx, incoming: Incoming, admits: Admission) -> Received:
    """Takes the message in, once: sent again, it is answered with what became of it.

    Raises:
        NotFound: the ticket it goes on with does not exist.
        Forbidden: the sender may not write there.
    """
    if incoming.client_id is not None:
        await queries.lock_client_id(tx, tx.project_id, incoming.client_id)
        known = await queries.received_before(tx, tx.project_id, incoming.client_id)
        if known is not None:
            ticket = await _admitted(tx, known.ticket_id, admits)
            return Received(ticket, known.id, known.created_at)
    if incoming.ticket_id is None:
        opened = await life.create(tx, _new_ticket(incoming))
        message = await begin(tx, opened, _draft(incoming))
        return Received(opened, message.id, message.created_at)
    ticket = await _admitted(tx, incoming.ticket_id, admits)
    ticket = await _described(tx, ticket, incoming)
    message = await add(tx, ticket, _draft(incoming))
    return Received(ticket, message.id, message.created_at)


async def _admitted(tx: Tx, ticket_id: UUID, admits: Admission) -> Ticket:
    ticket = await locked_ticket(tx, ticket_id)
    if not admits(ticket):
        raise Forbidden("You do not have permission to perform this action.")
    return ticket


def _new_ticket(incoming: Incoming) -> NewTicket:
    return NewTicket(
        id=new_id(),
        channel_source=incoming.channel_source,
        channel_detail=incoming.channel_detail,
        status="new",
        priority=None,
        distinct_id=incoming.distinct_id,
        assignee=None,
        anonymous_traits=incoming.traits,
        ai_resolved=False,
        escalation_reason=None,
        sla_due_at=None,
        snoozed_until=None,
        tags=[],
        email_subject=incoming.email_subject,
        email_from=incoming.email_from,
        widget_session_id=incoming.widget_session_id,
        session_id=incoming.session_id,
        session_context=incoming.session_context,
        identity_verified=incoming.identity_verified,
        first_text=incoming.content,
    )


async def _described(tx: Tx, ticket: Ticket, incoming: Incoming) -> Ticket:
    customer = customer_after(ticket, incoming)
    is_news = incoming.traits or incoming.session_context or incoming.session_id is not None
    if is_news or customer.distinct_id != ticket.distinct_id or _proves(ticket, incoming):
        return await describe(tx, ticket, customer)
    return ticket


def customer_after(ticket: Ticket, incoming: Incoming) -> Customer:
    """Whose the ticket is after the message: only who proves an identity takes it for that.

    From then on the identity opens it, and the widget session it was opened in no longer does.
    """
    claims = incoming.identity_verified
    return Customer(
        traits=incoming.traits,
        session_context=incoming.session_context,
        session_id=incoming.session_id,
        distinct_id=incoming.distinct_id if claims else ticket.distinct_id,
        identity_verified=True if claims else ticket.identity_verified,
        widget_session_id="" if claims else ticket.widget_session_id,
    )


def _proves(ticket: Ticket, incoming: Incoming) -> bool:
    return incoming.identity_verified and ticket.identity_verified is not True


def _draft(incoming: Incoming) -> Draft:
    return Draft(
        author_type="customer",
        content=incoming.content,
        rich_content=incoming.rich_content,
        attachment_ids=incoming.attachment_ids,
        uploader=incoming.uploader,
        client_id=incoming.client_id,
        context=incoming.context,
        moves_status=incoming.moves_status,
    )
