"""What auth announces. These belong to the installation, not to one project."""

from uuid import UUID

from rejoinder.events.event import Event


class UserCreated(Event, frozen=True, kw_only=True, tag="user.created"):
    """Somebody can sign in from now on."""

    user_id: int


class KeyCreated(Event, frozen=True, kw_only=True, tag="key.created"):
    """A personal API key exists; its secret is nowhere in here."""

    key_id: UUID
    user_id: int
    scopes: list[str]
    project_ids: list[int]


class KeyRevoked(Event, frozen=True, kw_only=True, tag="key.revoked"):
    """A personal API key opens nothing any more."""

    key_id: UUID
    user_id: int
