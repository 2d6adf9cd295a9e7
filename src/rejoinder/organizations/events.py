"""What organizations announce. All but `ProjectChanged` belong to the installation."""

from typing import Any
from uuid import UUID

from rejoinder.auth.types import Level
from rejoinder.events.event import Event


class OrganizationCreated(Event, frozen=True, kw_only=True, tag="organization.created"):
    """An organization exists; it has no members yet."""

    organization_id: UUID


class ProjectCreated(Event, frozen=True, kw_only=True, tag="project.created"):
    """An organization has one project more."""

    organization_id: UUID
    created_project_id: int


class ProjectChanged(Event, frozen=True, kw_only=True, tag="project.changed"):
    """Settings of the project changed; tokens and secrets never stand in here."""

    settings: dict[str, Any]
    previous: dict[str, Any]


class MemberAdded(Event, frozen=True, kw_only=True, tag="member.added"):
    """A user belongs to an organization, or has another level there."""

    organization_id: UUID
    user_id: int
    level: Level


class RoleCreated(Event, frozen=True, kw_only=True, tag="role.created"):
    """A role to which tickets can be assigned exists."""

    organization_id: UUID
    role_id: UUID


class RoleMemberAdded(Event, frozen=True, kw_only=True, tag="role.member_added"):
    """A user belongs to a role."""

    role_id: UUID
    user_id: int
