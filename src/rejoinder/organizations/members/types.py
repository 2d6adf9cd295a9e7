"""Members, and whom tickets of a project can be assigned to."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from rejoinder.auth.types import Level


class Member(Struct, frozen=True):
    user_id: int
    email: str
    first_name: str
    last_name: str
    level: Level
    joined_at: datetime
    last_seen_at: datetime | None


class Belonging(Struct, frozen=True):
    """An organization of a user, and what they may do there."""

    organization_id: UUID
    level: Level


class Teammate(Struct, frozen=True):
    """A user as the other members of a project see them."""

    id: int
    email: str
    first_name: str
    last_name: str
    level: Level


class TeamRole(Struct, frozen=True):
    """A role and the ids of its members."""

    id: UUID
    name: str
    members: list[int]
