"""Webhooks and deliveries as they stand in the database."""

from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from msgspec import Raw, Struct

from rejoinder.events.event import ActorKind
from rejoinder.messages.types import AuthorType

State = Literal["pending", "delivered", "withheld"]


class Key(Struct, frozen=True):
    """Which webhook."""

    project_id: int
    id: UUID


class Webhook(Struct, frozen=True):
    """Where a project's events go. Without `event_types` all do."""

    id: UUID
    url: str
    description: str
    event_types: list[str]
    public_only: bool
    enabled: bool
    disabled_because: str | None
    created_at: datetime


class NewWebhook(Struct, frozen=True, kw_only=True):
    """A webhook that somebody wants, or what one is to be from now on."""

    url: str
    description: str = ""
    event_types: list[str] = []
    public_only: bool = True
    enabled: bool = True


class Secret(Struct, frozen=True):
    """A key that signs; one that was replaced does so until it expires."""

    id: UUID
    secret: str
    created_at: datetime
    expires_at: datetime | None


class SecretOfWebhook(Secret, frozen=True):
    """The same among those of several webhooks."""

    webhook_id: UUID


class Delivery(Struct, frozen=True):
    """One event for one webhook, with what came of the last attempt to send it."""

    event_id: UUID
    event_type: str
    ticket_id: UUID | None
    state: State
    due_at: datetime | None
    attempts: int
    attempted_at: datetime | None
    response_status: int | None
    response_ms: int | None
    response_body: str | None
    error: str | None
    created_at: datetime


class Due(Struct, frozen=True):
    """A delivery to be sent now, with its event and the public message that it is about."""

    event_id: UUID
    attempts: int
    failing_for: timedelta
    xid: str
    seq: int
    type: str
    ticket_id: UUID | None
    ticket_number: int | None
    actor_kind: ActorKind
    actor_id: str
    payload: Raw
    cause: UUID | None
    depth: int
    at: datetime
    message_id: UUID | None
    content: str | None
    rich_content: Raw | None
    author_type: AuthorType | None
    author_name: str | None
    message_at: datetime | None


class Answer(Struct, frozen=True):
    """What the receiver said; of the body the beginning."""

    status: int
    milliseconds: int
    body: str


class Outcome(Struct, frozen=True, kw_only=True):
    """What came of an attempt: it is over, or waits for another `pause`."""

    event_id: UUID
    state: State
    pause: timedelta = timedelta()
    was_failing: bool = False
    answer: Answer | None = None
    error: str | None = None
    # Why nothing more is to be sent to this receiver.
    ends_because: str | None = None


class Standing(Struct, frozen=True):
    """How all webhooks stand; `waited` is the longest time in seconds that something is due."""

    enabled: int
    disabled: int
    pending: int
    failing: int
    waited: float
