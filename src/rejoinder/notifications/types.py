"""Notifications and letters, and the facts they are made of."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Raw, Struct

from rejoinder.events.event import ActorKind

Kind = Literal["mention", "assigned", "reply"]


class Reader(Struct, frozen=True):
    """Whose notifications."""

    project_id: int
    user_id: int


class Notification(Struct, frozen=True):
    """What concerns one teammate, with the beginning of the text that it is about."""

    id: UUID
    kind: Kind
    ticket_id: UUID
    ticket_number: int
    message_id: UUID | None
    text: str
    actor_name: str
    created_at: datetime
    read_at: datetime | None


class Facts(Struct, frozen=True):
    """An event that may concern teammates; `rich_content` is that of a note."""

    event_id: UUID
    type: str
    payload: Raw
    actor_kind: ActorKind
    actor_id: str
    actor_name: str
    ticket_id: UUID
    assignee_user_id: int | None
    message_id: UUID | None
    rich_content: Raw | None


class Added(Struct, frozen=True):
    """A notification that is there now, and whose it is."""

    id: UUID
    user_id: int


class Unmailed(Struct, frozen=True):
    """A notification that nobody has read yet, and what a mail about it says."""

    kind: Kind
    email: str
    preferences: Raw
    project_id: int
    project_name: str
    ticket_number: int
    actor_name: str
    text: str


class Disabled(Struct, frozen=True):
    """A webhook that is sent nothing any more."""

    project_id: int
    project_name: str
    url: str
    reason: str


class NewTicket(Struct, frozen=True):
    """A ticket that an address is to be told of."""

    ticket_id: UUID
    project_id: int
    project_name: str
    ticket_number: int
    customer: str
    text: str


class Wanting(Struct, frozen=True):
    """Who opened a ticket, and whom the project wants to be told."""

    actor_kind: ActorKind
    settings: Raw


class Recipient(Struct, frozen=True):
    """An address that a project wants to be told of new tickets."""

    project_id: int
    address: str


class Letter(Struct, frozen=True):
    """A mail that is ready to be sent."""

    to: str
    subject: str
    text: str
