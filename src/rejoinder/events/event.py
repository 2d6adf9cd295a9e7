"""The base of every event, and who caused it."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

ActorKind = Literal["user", "person", "rule", "key", "system"]

INSTALLATION = 0
"""The `project_id` of what belongs to no project: organizations, users, keys."""


class Actor(Struct, frozen=True):
    """Who does it, and in which project: from the credential and the URL, never from a body."""

    project_id: int
    kind: ActorKind
    id: str


class Event(Struct, frozen=True, kw_only=True, tag_field="type"):
    """Something that happened. Subclasses are named in the past tense and carry their own tag.

    What changed stands in the fields, what it was before in `previous`.
    """

    ticket_id: UUID | None = None

    @property
    def type(self) -> str:
        """The event's name on the wire, such as `ticket.status_changed`."""
        return str(self.__struct_config__.tag)


class Recorded(Struct, frozen=True):
    """An event as a row of the log; `payload` is the event's JSON."""

    id: UUID
    seq: int
    type: str
    ticket_id: UUID | None
    actor_kind: str
    actor_id: str
    payload: bytes
    cause: UUID | None
    depth: int
    at: datetime
