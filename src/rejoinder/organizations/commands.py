"""Creating organizations, projects and roles, and changing a project's settings."""

import re
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from rejoinder.auth.types import Level
from rejoinder.errors import Invalid, NotFound
from rejoinder.events.work import Tx
from rejoinder.ids import PROJECT_SECRET_PREFIX, PROJECT_TOKEN_PREFIX, new_id, new_token
from rejoinder.organizations import queries
from rejoinder.organizations.events import (
    MemberAdded,
    OrganizationCreated,
    OrganizationRenamed,
    ProjectChanged,
    ProjectCreated,
    ProjectRenamed,
    ProjectTokenAdopted,
    RoleCreated,
    RoleMemberAdded,
    SecretBackupDeleted,
    SecretRotated,
    WidgetTokenRotated,
)
from rejoinder.organizations.rules import checked_name
from rejoinder.organizations.settings import as_dict, checked
from rejoinder.organizations.types import Organization, Project, Role

_PROJECT_TOKEN = re.compile(PROJECT_TOKEN_PREFIX + r"[A-Za-z0-9_-]{16,100}")


async def create_organization(tx: Tx, name: str) -> UUID:
    organization_id, wanted = new_id(), checked_name(name)
    await queries.add_organization(tx, organization_id, wanted)
    tx.emit(OrganizationCreated(organization_id=organization_id, name=wanted))
    return organization_id


async def rename_organization(tx: Tx, organization_id: UUID, name: str) -> Organization:
    """The organization under another name.

    Raises:
        NotFound: there is no such organization.
    """
    before = await queries.locked_organization(tx, organization_id)
    if before is None:
        raise NotFound
    wanted = checked_name(name)
    if wanted == before.name:
        return before
    await queries.rename_organization(tx, organization_id, wanted)
    tx.emit(OrganizationRenamed(organization_id=organization_id, name=wanted, previous=before.name))
    return replace(before, name=wanted)


async def create_project(tx: Tx, organization_id: UUID, name: str) -> Project:
    """A project with tokens of its own, ready to receive tickets.

    Raises:
        NotFound: there is no such organization.
    """
    await _known_organization(tx, organization_id)
    tokens = new_token(PROJECT_TOKEN_PREFIX), new_token(), new_token(PROJECT_SECRET_PREFIX)
    project = await queries.add_project(tx, organization_id, checked_name(name), tokens)
    tx.emit(
        ProjectCreated(
            organization_id=organization_id, created_project_id=project.id, name=project.name
        )
    )
    return project


async def add_member(tx: Tx, organization_id: UUID, user_id: int, level: Level) -> None:
    """The user belongs to the organization at this level, whatever it was before."""
    await _known_organization(tx, organization_id)
    await queries.set_member(tx, organization_id, user_id, level)
    tx.emit(MemberAdded(organization_id=organization_id, user_id=user_id, level=level))


async def create_role(tx: Tx, organization_id: UUID, name: str) -> Role:
    """A role of the organization.

    Raises:
        Invalid: the name is taken there.
    """
    await _known_organization(tx, organization_id)
    role = await queries.add_role(tx, new_id(), organization_id, checked_name(name))
    if role is None:
        raise Invalid("A role with this name already exists.", attr="name", code="unique")
    tx.emit(RoleCreated(organization_id=organization_id, role_id=role.id, name=role.name))
    return role


async def add_role_member(tx: Tx, role_id: UUID, user_id: int) -> None:
    """The user belongs to the role.

    Raises:
        NotFound: there is no such role, or the user is not a member of its organization.
    """
    if not await queries.add_role_member(tx, role_id, user_id):
        raise NotFound("There is no such role, or the user is not in its organization.")
    tx.emit(RoleMemberAdded(role_id=role_id, user_id=user_id))


async def change_settings(
    tx: Tx, *, enabled: bool | None = None, settings: dict[str, Any] | None = None
) -> Project:
    """The transaction's project, with `settings` merged into what was set before; None unsets.

    Raises:
        Invalid: names the setting that does not exist or has the wrong kind of value.
        NotFound: there is no such project.
    """
    project = await _locked_project(tx)
    before = as_dict(project.conversations_settings)
    before["conversations_enabled"] = project.conversations_enabled
    wanted = checked(settings or {})
    if enabled is not None:
        wanted = wanted | {"conversations_enabled": enabled}
    changes = {name: value for name, value in wanted.items() if before.get(name) != value}
    if not changes:
        return project
    after = {name: value for name, value in (before | changes).items() if value is not None}
    changed = await queries.change_project(
        tx,
        project.id,
        enabled=after.pop("conversations_enabled"),
        settings=after,
    )
    previous = {name: before.get(name) for name in changes}
    tx.emit(ProjectChanged(settings=changes, previous=previous))
    return changed


async def rename_project(tx: Tx, name: str) -> Project:
    """The transaction's project under another name.

    Raises:
        NotFound: there is no such project.
    """
    project = await _locked_project(tx)
    wanted = checked_name(name)
    if wanted == project.name:
        return project
    tx.emit(ProjectRenamed(name=wanted, previous=project.name))
    return await queries.rename_project(tx, project.id, wanted)


async def adopt_token(tx: Tx, token: str) -> Project:
    """A public token that pages have already: they need another address, and nothing else.

    Raises:
        Invalid: it is none, or another project has it (attr `api_token`).
    """
    project = await _locked_project(tx)
    if not _PROJECT_TOKEN.fullmatch(token):
        raise Invalid(f"A token begins with {PROJECT_TOKEN_PREFIX}.", attr="api_token")
    if token == project.api_token:
        return project
    changed = await queries.set_api_token(tx, project.id, token)
    if changed is None:
        raise Invalid("Another project has this token.", attr="api_token", code="unique")
    tx.emit(ProjectTokenAdopted(api_token=token, previous=project.api_token))
    return changed


async def rotate_widget_token(tx: Tx) -> Project:
    """Another public token for the widget; the old one opens nothing any more."""
    project = await _locked_project(tx)
    tx.emit(WidgetTokenRotated())
    return await queries.set_widget_token(tx, project.id, new_token())


async def rotate_secret(tx: Tx) -> Project:
    """Another secret token; the old one keeps verifying as the backup until that is deleted."""
    project = await _locked_project(tx)
    tx.emit(SecretRotated())
    return await queries.rotate_secret(tx, project.id, new_token(PROJECT_SECRET_PREFIX))


async def delete_secret_backup(tx: Tx) -> Project:
    """From now on only the present secret verifies."""
    project = await _locked_project(tx)
    if project.secret_api_token_backup is None:
        return project
    tx.emit(SecretBackupDeleted())
    return await queries.delete_secret_backup(tx, project.id)


async def _locked_project(tx: Tx) -> Project:
    project = await queries.locked_project(tx, tx.project_id)
    if project is None:
        raise NotFound("There is no such project.")
    return project


async def _known_organization(tx: Tx, organization_id: UUID) -> None:
    if not await queries.organization_exists(tx, organization_id):
        raise NotFound("There is no such organization.")
