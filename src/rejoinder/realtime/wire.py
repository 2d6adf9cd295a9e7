"""Events as the API hands them out."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Raw, Struct

from rejoinder.events.event import ActorKind, Recorded

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
