"""Users, keys, and what a caller may do."""

from datetime import datetime
from typing import Literal, get_args
from uuid import UUID

from msgspec import Struct

from rejoinder.events.event import Actor

Level = Literal["owner", "admin", "agent", "viewer"]
LEVELS: tuple[Level, ...] = get_args(Level)
ADMINISTRATORS: frozenset[Level] = frozenset({"owner", "admin"})

Scope = Literal["ticket:read", "ticket:write", "*"]
SCOPES: tuple[Scope, ...] = get_args(Scope)


class User(Struct, frozen=True):
    id: int
    email: str
    first_name: str
    last_name: str
    is_active: bool
    created_at: datetime


class NewKey(Struct, frozen=True):
    """A personal API key at the only moment at which it is readable."""

    id: UUID
    key: str


class Grant(Struct, frozen=True):
    """What a personal API key opens: read once, then cached until a key or membership changes."""

    key_id: UUID
    user_id: int
    email: str
    scopes: list[str]
    limited_to: list[int]
    project_ids: list[int]
    levels: list[Level]

    def level_in(self, project_id: int) -> Level | None:
        """The user's level in the project's organization; None when it is not theirs."""
        try:
            return self.levels[self.project_ids.index(project_id)]
        except ValueError:
            return None


class Caller(Struct, frozen=True):
    """An authorised caller in one project."""

    user_id: int
    email: str
    level: Level
    actor: Actor

    @property
    def project_id(self) -> int:
        return self.actor.project_id
