"""What messages announce. The text itself stays in its row: events hold ids."""

from uuid import UUID

from rejoinder.events.event import Event


class MessageReceived(Event, frozen=True, kw_only=True, tag="message.received"):
    """A customer wrote."""

    message_id: UUID
