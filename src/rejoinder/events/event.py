"""The base of every event, and who caused it."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Raw, Struct

ActorKind = Literal["user", "person", "rule", "key", "system"]

_BEYOND = 2**63

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


class Position(Struct, frozen=True, order=True):
    """A place in a project's log: transaction, then sequence number.

    Numbers are handed out before commit, so a number alone could lie before one already read.
    """

    xid: int
    seq: int

    @classmethod
    def parse(cls, text: str) -> "Position":
        """The position as `str` writes it.

        Raises:
            ValueError: it is not one.
        """
        xid, _, seq = text.partition("-")
        if not (xid.isascii() and xid.isdecimal() and seq.isascii() and seq.isdecimal()):
            raise ValueError(text)
        position = cls(int(xid), int(seq))
        if max(position.xid, position.seq) >= _BEYOND:
            raise ValueError(text)
        return position

    def __str__(self) -> str:
        return f"{self.xid}-{self.seq}"


BEGINNING = Position(0, 0)


class Walked(Struct, frozen=True):
    """A part of a log: the place of its last row, and how many rows it has."""

    xid: str
    seq: int
    count: int

    @property
    def position(self) -> Position:
        return Position(int(self.xid), self.seq)


class Recorded(Struct, frozen=True):
    """An event as a row of the log; `payload` is the event's JSON."""

    id: UUID
    xid: str
    seq: int
    type: str
    ticket_id: UUID | None
    actor_kind: ActorKind
    actor_id: str
    payload: Raw
    cause: UUID | None
    depth: int
    at: datetime

    @property
    def position(self) -> Position:
        return Position(int(self.xid), self.seq)
