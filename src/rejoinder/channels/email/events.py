"""What e-mail announces."""

from uuid import UUID

from rejoinder.events.event import Event


class MessageDeliveryFailed(Event, frozen=True, kw_only=True, tag="message.delivery_failed"):
    """A message did not reach the customer by mail, and will not be tried again."""

    message_id: UUID
    reason: str
