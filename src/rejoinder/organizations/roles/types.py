"""A role with its members, as it stands in the database."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct


class FullRole(Struct, frozen=True):
    id: UUID
    organization_id: UUID
    name: str
    created_at: datetime
    members: list[int]
