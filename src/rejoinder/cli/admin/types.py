"""What lists show of each noun: never a secret."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from rejoinder.auth.types import Level, Scope


class OrganizationRow(Struct, frozen=True):
    id: UUID
    name: str
    created_at: datetime


class ProjectRow(Struct, frozen=True):
    id: int
    name: str
    organization_id: UUID
    conversations_enabled: bool
    created_at: datetime


class UserRow(Struct, frozen=True):
    id: int
    email: str
    is_active: bool
    organization_id: UUID | None
    level: Level | None
    created_at: datetime


class RoleRow(Struct, frozen=True):
    id: UUID
    name: str
    organization_id: UUID
    members: list[str]


class KeyRow(Struct, frozen=True):
    id: UUID
    user: str
    label: str
    scopes: list[Scope]
    project_ids: list[int]
    created_at: datetime
    revoked_at: datetime | None
