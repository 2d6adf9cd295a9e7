"""What receivers are sent: chosen field by field, so that nothing else leaves the team."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from rejoinder.events.event import ActorKind
from rejoinder.messages.types import AuthorType
from rejoinder.people.types import JsonObject
from rejoinder.webhooks.types import Due


class SentActor(Struct, frozen=True):
    kind: ActorKind
    id: str


class SentMessage(Struct, frozen=True):
    """A public message."""

    id: UUID
    content: str
    rich_content: JsonObject | None
    author_type: AuthorType
    author_name: str | None
    created_at: datetime


class SentEvent(Struct, frozen=True):
    """An event as the events API has it, with the ticket's number and the message."""

    id: UUID
    cursor: str
    type: str
    project_id: int
    ticket_id: UUID | None
    ticket_number: int | None
    actor: SentActor
    data: JsonObject
    message: SentMessage | None
    cause: UUID | None
    depth: int
    at: datetime


class Sent(Struct, frozen=True):
    """The body of a request to a receiver, as Standard Webhooks has it."""

    type: str
    timestamp: datetime
    data: SentEvent


def sent(project_id: int, due: Due) -> Sent:
    event = SentEvent(
        id=due.event_id,
        cursor=f"{due.xid}-{due.seq}",
        type=due.type,
        project_id=project_id,
        ticket_id=due.ticket_id,
        ticket_number=due.ticket_number,
        actor=SentActor(due.actor_kind, due.actor_id),
        data=due.payload,
        message=_message(due),
        cause=due.cause,
        depth=due.depth,
        at=due.at,
    )
    return Sent(due.type, due.at, event)


def _message(due: Due) -> SentMessage | None:
    if (
        due.message_id is None
        or due.content is None
        or due.author_type is None
        or due.message_at is None
    ):
        return None
    return SentMessage(
        due.message_id,
        due.content,
        due.rich_content,
        due.author_type,
        due.author_name,
        due.message_at,
    )
