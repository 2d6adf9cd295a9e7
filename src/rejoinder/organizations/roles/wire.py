"""What the routes about roles take and answer."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from rejoinder.organizations.roles.types import FullRole

Name = Annotated[str, Meta(max_length=200, examples=["Billing"])]


class RoleBody(Struct, frozen=True):
    """A role needs a name of its own."""

    name: Name


class RoleMemberBody(Struct, frozen=True):
    """A member of the organization."""

    user_id: int


class RoleOut(Struct, frozen=True):
    """A role, with the ids of the users who belong to it."""

    id: UUID
    name: str
    members: list[int]
    created_at: datetime


class RoleList(Struct, frozen=True):
    """The roles of an organization, by name."""

    results: list[RoleOut]


def role_out(role: FullRole) -> RoleOut:
    return RoleOut(role.id, role.name, role.members, role.created_at)
