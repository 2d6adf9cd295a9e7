"""A person, as stored and as handed out; and what strangers say about one."""

from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Raw, Struct

JsonObject = Raw
"""A JSON object that travels as the bytes it is stored as."""


class Person(Struct, frozen=True):
    id: UUID
    name: str
    distinct_ids: list[str]
    properties: JsonObject
    created_at: datetime
    is_identified: bool


class Claim(Struct, frozen=True, kw_only=True):
    """What somebody says who holds no more than the project's public token.

    `also` is another id of the same person: the one before they logged in, or an alias.
    """

    distinct_id: str
    also: str | None = None
    set: dict[str, Any] = {}
    set_once: dict[str, Any] = {}
    unset: list[str] = []
    identifies: bool = False


class Wanted(Struct, frozen=True):
    """A text that somebody searches for: anywhere in a name or address, or as how an id begins.

    `pattern` is for ILIKE; `indexed` says whether the index of texts can find candidates for it.
    """

    pattern: str
    prefix: str
    indexed: bool
