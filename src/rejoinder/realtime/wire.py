"""Events as the API hands them out."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from msgspec import Meta, Raw, Struct

from rejoinder.auth.types import User
from rejoinder.events.event import ActorKind, Recorded
from rejoinder.messages.attachments.types import Link
from rejoinder.messages.types import Message
from rejoinder.messages.wire import MessageOut, message_out

JsonObject = Annotated[Raw, Meta(extra_json_schema={"type": "object"})]


class EventActor(Struct, frozen=True):
    kind: ActorKind
    id: str


class EventOut(Struct, frozen=True):
    """One event. `cursor` is its place in the log: the next read goes on after it."""

    id: UUID
    cursor: str
    type: str
    ticket_id: UUID | None
    actor: EventActor
    data: JsonObject
    cause: UUID | None
    depth: int
    at: datetime


class EventPage(Struct, frozen=True):
    """Events in order. `cursor` is where to go on, also when there are none."""

    results: list[EventOut]
    cursor: str
    has_more: bool


def event_out(event: Recorded) -> EventOut:
    return EventOut(
        event.id,
        str(event.position),
        event.type,
        event.ticket_id,
        EventActor(event.actor_kind, event.actor_id),
        event.payload,
        event.cause,
        event.depth,
        event.at,
    )


def frame(event: Recorded) -> bytes:
    """One event as server-sent."""
    data = msgspec.json.encode(event_out(event))
    return b"id: %s\nevent: %s\ndata: %s\n\n" % (
        str(event.position).encode(),
        event.type.encode(),
        data,
    )


class Happened(Struct, frozen=True):
    """One entry of a ticket's timeline: a message or a change, of it or of one merged into it."""

    kind: Literal["message", "event"]
    at: datetime
    ticket_id: UUID | None
    message: MessageOut | None
    event: EventOut | None


class Timeline(Struct, frozen=True):
    """Newest first; `next` is the URL of what came before."""

    next: str | None
    previous: str | None
    results: list[Happened]


def happened(entry: Message | Recorded, link: Link) -> Happened:
    if isinstance(entry, Message):
        shown = message_out(entry, link)
        return Happened("message", entry.created_at, entry.ticket_id, shown, None)
    return Happened("event", entry.at, entry.ticket_id, None, event_out(entry))


class ActivityUser(Struct, frozen=True):
    id: int
    email: str
    first_name: str
    last_name: str


class ActivityChange(Struct, frozen=True):
    """One field of the ticket, as it was and as it is."""

    type: Literal["Ticket"]
    action: Literal["changed"]
    field: str
    before: Any
    after: Any


class ActivityDetail(Struct, frozen=True):
    name: str
    changes: list[ActivityChange]
    short_id: str | None = None
    type: str | None = None
    trigger: str | None = None


class Activity(Struct, frozen=True):
    """A change in the shape of PostHog's activity log."""

    id: UUID
    user: ActivityUser | None
    activity: str
    scope: Literal["Ticket"]
    item_id: UUID
    detail: ActivityDetail
    created_at: datetime
    is_system: bool
    unread: bool


def activity_user(user: User | None) -> ActivityUser | None:
    if user is None:
        return None
    return ActivityUser(user.id, user.email, user.first_name, user.last_name)
