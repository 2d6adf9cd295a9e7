"""One request that is measured, what it is compared with, and what is promised of it."""

from typing import Literal
from uuid import UUID

from msgspec import Struct

from bench.goals import Goal
from bench.load import request
from bench.talk import READ_IN, Talk

PROJECT = READ_IN
LIMIT = 100

# The floor writes as we do. The reference numbers tickets its own way, in a project of its own.
REFERENCE_WRITES_IN = 4

Panel = Literal["lists", "searches", "one ticket and counts", "writes"]
Server = Literal["ours", "redis"]
Floor = Literal["floor", "framework"]


class Subject(Struct, frozen=True):
    """What the cases need to know of a seeded database."""

    key: str
    read: list[UUID]
    """Tickets of the project whose lists are measured, with nothing unread."""
    written: list[UUID]
    reference_written: list[UUID]
    reference: str
    """A text that one message has."""
    deep_offset: int
    deep_cursor: str
    talk: Talk


class Case(Struct, frozen=True, kw_only=True):
    """Requests to us, and those to what they are compared with."""

    name: str
    ours: list[bytes]
    panel: Panel
    goals: tuple[Goal, ...] = ()
    server: Server = "ours"
    before: list[bytes] = []
    """Sent once before each round, so that there is something to do."""
    once: bool = False
    """Each request is sent once a round: sent again it would have nothing to do."""
    revalidates: bool = False
    """With the tag of the answer before as `If-None-Match`."""
    connections: int = 16
    rate: float | None = None
    floor: list[bytes] = []
    floor_server: Floor = "floor"
    alone: list[bytes] = []
    """Asked instead where sizes are compared: what a small database answers as fully as a large."""
    reaches_further: bool = False
    """Where there are more tickets it asks for what lies further away: its cost may grow."""
    statements: str = ""
    """The name under which `statements.py` has its SQL, if that can be run alone."""
    drf: list[bytes] = []
    """The same request to the Django REST Framework reference."""


def tickets(project_id: int, path: str) -> str:
    return f"/api/projects/{project_id}/conversations/tickets/{path}"


def get(subject: Subject, path: str) -> bytes:
    return request("GET", tickets(PROJECT, path), subject.key)
