"""What the notifications API takes and answers."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from rejoinder.errors import Invalid
from rejoinder.notifications.types import Kind, Notification


class NotificationOut(Struct, frozen=True):
    """What concerns the caller; `text` is the beginning of what was said."""

    id: UUID
    kind: Kind
    ticket_id: UUID
    ticket_number: int
    message_id: UUID | None
    text: str
    actor_name: str
    created_at: datetime
    read_at: datetime | None


class NotificationPage(Struct, frozen=True):
    """The newest first; `next` is the URL of the page behind this one."""

    next: str | None
    unread_count: int
    results: list[NotificationOut]


class ReadBody(Struct, frozen=True, kw_only=True):
    """Which ones were seen: these `ids`, those about a `ticket`, or `all`."""

    ids: Annotated[list[UUID], Meta(min_length=1, max_length=1_000)] | None = None
    ticket: UUID | None = None
    all: bool = False

    def check(self) -> None:
        """Exactly one of them says it.

        Raises:
            Invalid: none does, or several do.
        """
        if (self.ids is not None) + (self.ticket is not None) + self.all != 1:
            raise Invalid("Give one of `ids`, `ticket` and `all`.")


class Unread(Struct, frozen=True):
    """How many are unread, counted up to 1,000."""

    unread_count: int


def notification_out(notification: Notification) -> NotificationOut:
    return NotificationOut(
        notification.id,
        notification.kind,
        notification.ticket_id,
        notification.ticket_number,
        notification.message_id,
        notification.text,
        notification.actor_name,
        notification.created_at,
        notification.read_at,
    )
