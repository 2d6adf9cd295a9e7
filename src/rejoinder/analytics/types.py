"""What is known about an event when it is captured, and what is captured of it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Raw, Struct

from rejoinder.events.event import ActorKind
from rejoinder.messages.types import AuthorType
from rejoinder.tickets.types import ChannelDetail, ChannelSource, Priority, Status


class Facts(Struct, frozen=True):
    """An event with its ticket as it is now, who did it, and the public message it is about."""

    id: UUID
    type: str
    payload: Raw
    at: datetime
    actor_kind: ActorKind
    actor_id: str
    actor_email: str | None
    api_token: str
    ticket_id: UUID
    ticket_number: int
    channel_source: ChannelSource
    channel_detail: ChannelDetail | None
    status: Status
    priority: Priority | None
    distinct_id: str
    customer_name: str | None
    customer_email: str | None
    sla_due_at: datetime | None
    message_id: UUID | None
    content: str | None
    author_type: AuthorType | None
    message_at: datetime | None


class Captured(Struct, frozen=True):
    """The body of a capture request. By the `uuid` a repeat is known."""

    api_key: str
    event: str
    distinct_id: str
    properties: dict[str, Any]
    timestamp: datetime
    uuid: UUID
