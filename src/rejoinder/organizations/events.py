"""What organizations announce; what is not about settings and tokens, to the installation."""

from typing import Any
from uuid import UUID

from rejoinder.auth.types import Level
from rejoinder.events.event import Event


class OrganizationCreated(Event, frozen=True, kw_only=True, tag="organization.created"):
    """An organization exists; it has no members yet."""

    organization_id: UUID
    name: str


class ProjectCreated(Event, frozen=True, kw_only=True, tag="project.created"):
    """An organization has one project more."""

    organization_id: UUID
    created_project_id: int
    name: str


class ProjectChanged(Event, frozen=True, kw_only=True, tag="project.changed"):
    """Settings of the project changed; tokens and secrets never stand in here."""

    settings: dict[str, Any]
    previous: dict[str, Any]


class ProjectRenamed(Event, frozen=True, kw_only=True, tag="project.renamed"):
    """The project has another name."""

    name: str
    previous: str


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
    name: str


class RoleMemberAdded(Event, frozen=True, kw_only=True, tag="role.member_added"):
    """A user belongs to a role."""

    role_id: UUID
    user_id: int


class OrganizationRenamed(Event, frozen=True, kw_only=True, tag="organization.renamed"):
    """An organization has another name."""

    organization_id: UUID
    name: str
    previous: str


class MemberLevelChanged(Event, frozen=True, kw_only=True, tag="member.level_changed"):
    """A member may do more or less than before."""

    organization_id: UUID
    user_id: int
    level: Level
    previous: Level


class MemberRemoved(Event, frozen=True, kw_only=True, tag="member.removed"):
    """A user belongs to an organization no longer; `previous` is the level they had."""

    organization_id: UUID
    user_id: int
    previous: Level


class InviteCreated(Event, frozen=True, kw_only=True, tag="invite.created"):
    """Somebody may join an organization with a link, which is nowhere in here."""

    organization_id: UUID
    invite_id: UUID
    email: str
    level: Level


class InviteRevoked(Event, frozen=True, kw_only=True, tag="invite.revoked"):
    """The link of an invite lets nobody in any more."""

    organization_id: UUID
    invite_id: UUID


class InviteAccepted(Event, frozen=True, kw_only=True, tag="invite.accepted"):
    """Somebody joined with the link of an invite, which is spent."""

    organization_id: UUID
    invite_id: UUID
    user_id: int


class RoleRenamed(Event, frozen=True, kw_only=True, tag="role.renamed"):
    """A role has another name."""

    organization_id: UUID
    role_id: UUID
    name: str
    previous: str


class RoleDeleted(Event, frozen=True, kw_only=True, tag="role.deleted"):
    """There is no such role any more, and no ticket that is assigned to it."""

    organization_id: UUID
    role_id: UUID


class RoleMemberRemoved(Event, frozen=True, kw_only=True, tag="role.member_removed"):
    """A user belongs to a role no longer."""

    role_id: UUID
    user_id: int
