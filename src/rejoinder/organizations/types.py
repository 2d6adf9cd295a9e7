"""Organizations, projects and roles as they stand in the database."""

from datetime import datetime
from uuid import UUID

from msgspec import Raw, Struct

from rejoinder.auth.types import Level


class Project(Struct, frozen=True):
    id: int
    organization_id: UUID
    name: str
    api_token: str
    widget_public_token: str
    secret_api_token: str
    secret_api_token_backup: str | None
    conversations_enabled: bool
    conversations_settings: Raw
    created_at: datetime


class Role(Struct, frozen=True):
    id: UUID
    organization_id: UUID
    name: str
    created_at: datetime


class Organization(Struct, frozen=True):
    id: UUID
    name: str
    created_at: datetime


class Membership(Struct, frozen=True):
    """A user in an organization."""

    organization_id: UUID
    user_id: int
    level: Level
