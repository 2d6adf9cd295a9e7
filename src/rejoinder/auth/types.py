"""Users, sessions, keys, and what a caller may do."""

from datetime import datetime, timedelta
from typing import Final, Literal, get_args
from uuid import UUID

from msgspec import Raw, Struct

from rejoinder.events.event import INSTALLATION, Actor
from rejoinder.settings import Settings

Level = Literal["owner", "admin", "agent", "viewer"]
LEVELS: tuple[Level, ...] = get_args(Level)
"""From who may do most to who may do least."""
ADMINISTRATORS: frozenset[Level] = frozenset({"owner", "admin"})

Scope = Literal["ticket:read", "ticket:write", "*"]
SCOPES: tuple[Scope, ...] = get_args(Scope)


# Whoever is not signed in yet, as the log names them.
STRANGER: Final = Actor(INSTALLATION, "system", "signing-in")


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


class Account(Struct, frozen=True):
    """What signing in needs to know of a user."""

    user_id: int
    password_hash: str


class NewSession(Struct, frozen=True):
    """A session at the only moment at which its token is readable."""

    id: UUID
    token: str


class Lifetime(Struct, frozen=True):
    """How long a session lasts: while it is used, and at the longest."""

    idle: timedelta
    longest: timedelta

    @classmethod
    def of(cls, settings: Settings) -> "Lifetime":
        return cls(
            timedelta(hours=settings.session_idle_h), timedelta(days=settings.session_absolute_d)
        )


class Device(Struct, frozen=True):
    """Where somebody signs in from."""

    address: str
    user_agent: str


class Session(Struct, frozen=True):
    """A browser that is signed in, as its user sees it."""

    id: UUID
    created_at: datetime
    last_seen_at: datetime
    address: str
    user_agent: str


class Key(Struct, frozen=True):
    """A personal API key in force; without `scoped_projects` it opens all of its user's."""

    id: UUID
    label: str
    tail: str
    scopes: list[str]
    scoped_projects: list[int]
    created_at: datetime
    last_used_at: datetime | None


class Grant(Struct, frozen=True):
    """What a key or session opens: read once, then cached until one or a membership changes."""

    credential_id: UUID
    user_id: int
    email: str
    scopes: list[str]
    limited_to: list[int]
    project_ids: list[int]
    levels: list[Level]
    used_at: datetime | None
    expires_at: datetime | None = None
    # When a session ends, however much it is used.
    ends_at: datetime | None = None

    @property
    def is_session(self) -> bool:
        """Keys have no end."""
        return self.expires_at is not None

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


class Profile(Struct, frozen=True):
    """A user as they see themselves."""

    id: int
    email: str
    first_name: str
    last_name: str
    preferences: Raw


class Place(Struct, frozen=True):
    """An organization of a user, with its projects in order."""

    id: UUID
    name: str
    level: Level
    project_ids: list[int]
    project_names: list[str]
