"""What signing in takes and answers."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from msgspec import UNSET, Meta, Raw, Struct, UnsetType

from rejoinder.auth.types import Key, Level, Session
from rejoinder.ids import PERSONAL_KEY_PREFIX

Email = Annotated[str, Meta(max_length=254, examples=["ada@example.com"])]
Password = Annotated[str, Meta(max_length=256, examples=["correct horse battery staple"])]


Name = Annotated[str, Meta(max_length=100, examples=["Ada"])]
Label = Annotated[str, Meta(min_length=1, max_length=200, examples=["Nightly export"])]
Scopes = Annotated[list[str], Meta(max_length=20, examples=[["ticket:read"]])]
Projects = Annotated[list[int], Meta(max_length=1_000, examples=[[]])]


class SignInBody(Struct, frozen=True, kw_only=True):
    """The address counts in any case; the password as it is."""

    email: Email
    password: Password


class ProjectOfMe(Struct, frozen=True):
    """A project that the caller sees."""

    id: int
    name: str


class OrganizationOfMe(Struct, frozen=True):
    """An organization of the caller's; `level` says what they may do in it."""

    id: UUID
    name: str
    level: Level
    projects: list[ProjectOfMe]


class Me(Struct, frozen=True):
    """Who is calling. By key there is no session, and so no `csrf_token`."""

    id: int
    email: str
    first_name: str
    last_name: str
    csrf_token: str
    preferences: Raw
    session_id: UUID | None
    organizations: list[OrganizationOfMe]


class PatchMe(Struct, frozen=True, kw_only=True):
    """What is absent stays as it is. Preferences are merged by name, null unsets one."""

    first_name: Name | UnsetType = UNSET
    last_name: Name | UnsetType = UNSET
    preferences: dict[str, Any] | UnsetType = UNSET
    password: Password | UnsetType = UNSET
    current_password: Password | UnsetType = UNSET


class ResetBody(Struct, frozen=True):
    """Whose password is to be chosen anew."""

    email: Email


class Requested(Struct, frozen=True):
    """Heard. Whether anybody has the address is not said."""

    success: bool = True


class ConfirmBody(Struct, frozen=True, kw_only=True):
    """The token of the mailed link, and the new password."""

    token: Annotated[str, Meta(max_length=100, examples=["rjp_x"])]
    password: Password


class SessionOut(Struct, frozen=True):
    """A browser that is signed in."""

    id: UUID
    created_at: datetime
    last_seen_at: datetime
    address: str
    user_agent: str
    is_current: bool


class SessionList(Struct, frozen=True):
    """The caller's sessions, the last one used first."""

    results: list[SessionOut]


class Ended(Struct, frozen=True):
    """How many sessions have ended."""

    ended: int


class KeyBody(Struct, frozen=True, kw_only=True):
    """What the key is for, and what it opens; without `scoped_projects` all of the caller's."""

    label: Label
    scopes: Scopes
    scoped_projects: Projects = []


class PatchKey(Struct, frozen=True, kw_only=True):
    """What is absent stays as it is."""

    label: Label | UnsetType = UNSET
    scopes: Scopes | UnsetType = UNSET
    scoped_projects: Projects | UnsetType = UNSET


class KeyOut(Struct, frozen=True):
    """A personal API key; `last_used_at` is exact to an hour."""

    id: UUID
    label: str
    mask: str
    scopes: list[str]
    scoped_projects: list[int]
    created_at: datetime
    last_used_at: datetime | None


class NewKeyOut(KeyOut, frozen=True):
    """A new key. Its value is shown this once."""

    value: str


class KeyList(Struct, frozen=True):
    """The caller's keys in force, the newest first."""

    results: list[KeyOut]


def session_out(session: Session, current: UUID) -> SessionOut:
    return SessionOut(
        session.id,
        session.created_at,
        session.last_seen_at,
        session.address,
        session.user_agent,
        session.id == current,
    )


def key_out(key: Key) -> KeyOut:
    return KeyOut(
        key.id,
        key.label,
        f"{PERSONAL_KEY_PREFIX}…{key.tail}",
        key.scopes,
        key.scoped_projects,
        key.created_at,
        key.last_used_at,
    )
