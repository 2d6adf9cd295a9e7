"""What organizations announce; what is not about settings and tokens, to the installation."""

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


class ProjectTokenAdopted(Event, frozen=True, kw_only=True, tag="project.token_adopted"):
    """Pages that name this public token belong to the project from now on."""

    api_token: str
    previous: str


class WidgetTokenRotated(Event, frozen=True, kw_only=True, tag="project.widget_token_rotated"):
    """Widgets that still send the old token are refused from now on."""


class SecretRotated(Event, frozen=True, kw_only=True, tag="project.secret_rotated"):
    """There is a new secret; the one before keeps verifying, an older one no longer."""


class SecretBackupDeleted(Event, frozen=True, kw_only=True, tag="project.secret_backup_deleted"):
    """Only the present secret verifies from now on."""


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
