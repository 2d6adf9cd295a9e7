"""Adding messages to a ticket."""

from uuid import UUID

from rejoinder.errors import Invalid
from rejoinder.events.work import Tx
from rejoinder.ids import new_id
from rejoinder.messages import queries
from rejoinder.messages.events import MessageReceived
from rejoinder.messages.types import Added
from rejoinder.tickets.access import locked_ticket
from rejoinder.tickets.commands.conversation import message_added


async def receive(tx: Tx, ticket_id: UUID, content: str) -> Added:
    """A public message by the ticket's customer.

    Raises:
        Invalid: there is nothing in it (attr `message`).
        NotFound: there is no such ticket.
    """
    text = content.strip()
    if not text:
        raise Invalid("This field may not be blank.", attr="message", code="blank")
    ticket = await locked_ticket(tx, ticket_id)
    message = await queries.add_message(
        tx, tx.project_id, new_id(), ticket.id, "customer", None, text, is_private=False
    )
    await message_added(tx, ticket, message.created_at, text, by_customer=True)
    tx.emit(MessageReceived(ticket_id=ticket.id, message_id=message.id))
    return message
