"""Invites as they stand in the database."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from rejoinder.auth.types import Level


class Invite(Struct, frozen=True):
    id: UUID
    organization_id: UUID
    email: str
    level: Level
    created_by: int | None
    created_at: datetime
    expires_at: datetime


class Invitation(Struct, frozen=True):
    """An invite as whoever has its link sees it."""

    id: UUID
    organization_id: UUID
    organization_name: str
    email: str
    level: Level
    inviter: str
