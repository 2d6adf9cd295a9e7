"""What auth announces. These belong to the installation, not to one project."""

from typing import Any, Literal
from uuid import UUID

from rejoinder.events.event import Event


class UserCreated(Event, frozen=True, kw_only=True, tag="user.created"):
    """Somebody can sign in from now on."""

    user_id: int
    email: str
    first_name: str
    last_name: str


class UserChanged(Event, frozen=True, kw_only=True, tag="user.changed"):
    """A user changed their name or preferences; of these, only what changed (null: unset)."""

    user_id: int
    fields: list[str]
    values: dict[str, Any]
    previous: dict[str, Any]


class UserDeactivated(Event, frozen=True, kw_only=True, tag="user.deactivated"):
    """Nobody is let in as this user any more; their sessions and keys have ended."""

    user_id: int


class UserActivated(Event, frozen=True, kw_only=True, tag="user.activated"):
    """The user can sign in again; keys that ended stay so."""

    user_id: int


class PasswordChanged(Event, frozen=True, kw_only=True, tag="user.password_changed"):
    """Only the new password lets the user in; who chose it, `by` says."""

    user_id: int
    by: Literal["user", "reset", "operator"]


class PasswordResetRequested(Event, frozen=True, kw_only=True, tag="user.password_reset_requested"):
    """A link is on its way to the user's address; the password is still the old one."""

    user_id: int


class SignedIn(Event, frozen=True, kw_only=True, tag="session.started"):
    """A browser is signed in; its token is nowhere in here."""

    session_id: UUID
    user_id: int
    address: str


class SignInRefused(Event, frozen=True, kw_only=True, tag="session.refused"):
    """Somebody tried to sign in with a wrong password, or (no user) an unknown address."""

    user_id: int | None
    address: str


class SessionsEnded(Event, frozen=True, kw_only=True, tag="session.ended"):
    """These browsers are signed out."""

    session_ids: list[UUID]
    user_id: int


class KeyCreated(Event, frozen=True, kw_only=True, tag="key.created"):
    """A personal API key exists; its secret is nowhere in here."""

    key_id: UUID
    user_id: int
    label: str
    scopes: list[str]
    project_ids: list[int]


class KeyChanged(Event, frozen=True, kw_only=True, tag="key.changed"):
    """A personal API key has another label, or opens something else."""

    key_id: UUID
    user_id: int
    label: str
    scopes: list[str]
    project_ids: list[int]


class KeyRevoked(Event, frozen=True, kw_only=True, tag="key.revoked"):
    """A personal API key opens nothing any more."""

    key_id: UUID
    user_id: int
