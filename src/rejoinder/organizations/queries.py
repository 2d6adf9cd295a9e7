"""The statements of organizations, projects, memberships and roles."""

from typing import Any
from uuid import UUID

from rejoinder.auth.types import Level
from rejoinder.db.pool import Queryable
from rejoinder.db.sql import load
from rejoinder.organizations.types import Organization, Project, Role

sql = load(__package__)


async def add_organization(db: Queryable, organization_id: UUID, name: str) -> None:
    await db.run(sql.add_organization, organization_id, name)


async def organization(db: Queryable, organization_id: UUID) -> Organization | None:
    return await db.one_or_none(Organization, sql.organization, organization_id)


async def locked_organization(db: Queryable, organization_id: UUID) -> Organization | None:
    return await db.one_or_none(Organization, sql.locked_organization, organization_id)


async def rename_organization(db: Queryable, organization_id: UUID, name: str) -> None:
    await db.run(sql.rename_organization, organization_id, name)


async def projects_of_organization(db: Queryable, organization_id: UUID) -> list[Project]:
    return await db.many(Project, sql.projects_of_organization, organization_id)


async def organization_exists(db: Queryable, organization_id: UUID) -> bool:
    return bool(await db.value(sql.organization_exists, organization_id))


async def any_organization(db: Queryable) -> bool:
    return bool(await db.value(sql.any_organization))


async def add_project(
    db: Queryable, organization_id: UUID, name: str, tokens: tuple[str, str, str]
) -> Project:
    """`tokens` are the API token, the widget's public token and the secret token."""
    project = await db.one(Project, sql.add_project, organization_id, name, *tokens)
    await db.run(sql.add_counters, project.id)
    return project


async def project(db: Queryable, project_id: int) -> Project | None:
    return await db.one_or_none(Project, sql.project, project_id)


async def locked_project(db: Queryable, project_id: int) -> Project | None:
    return await db.one_or_none(Project, sql.locked_project, project_id)


async def project_by_api_token(db: Queryable, token: str) -> Project | None:
    return await db.one_or_none(Project, sql.project_by_api_token, token)


async def project_by_secret(db: Queryable, secret: str) -> Project | None:
    """The project whose secret token this is, or was before the last rotation."""
    return await db.one_or_none(Project, sql.project_by_secret, secret)


async def set_api_token(db: Queryable, project_id: int, token: str) -> Project | None:
    """The project with this public token; None when another one has it."""
    return await db.one_or_none(Project, sql.set_api_token, project_id, token)


async def set_widget_token(db: Queryable, project_id: int, token: str) -> Project:
    return await db.one(Project, sql.set_widget_token, project_id, token)


async def rotate_secret(db: Queryable, project_id: int, secret: str) -> Project:
    return await db.one(Project, sql.rotate_secret, project_id, secret)


async def delete_secret_backup(db: Queryable, project_id: int) -> Project:
    return await db.one(Project, sql.delete_secret_backup, project_id)


async def rename_project(db: Queryable, project_id: int, name: str) -> Project:
    return await db.one(Project, sql.rename_project, project_id, name)


async def change_project(
    db: Queryable, project_id: int, *, enabled: bool, settings: dict[str, Any]
) -> Project:
    return await db.one(Project, sql.change_project, project_id, enabled, settings)


async def set_member(db: Queryable, organization_id: UUID, user_id: int, level: Level) -> None:
    await db.run(sql.set_member, organization_id, user_id, level)


async def is_member(db: Queryable, project_id: int, user_id: int) -> bool:
    return bool(await db.value(sql.is_member, project_id, user_id))


async def add_role(db: Queryable, role_id: UUID, organization_id: UUID, name: str) -> Role | None:
    """The new role; None when the name is taken."""
    return await db.one_or_none(Role, sql.add_role, role_id, organization_id, name)


async def role(db: Queryable, role_id: UUID) -> Role | None:
    return await db.one_or_none(Role, sql.role, role_id)


async def role_of_project(db: Queryable, project_id: int, role_id: UUID) -> str | None:
    """The role's name, if tickets of this project can be assigned to it."""
    return await db.value(sql.role_of_project, project_id, role_id)


async def add_role_member(db: Queryable, role_id: UUID, user_id: int) -> bool:
    """Whether the user can belong to the role, and now does."""
    return bool(await db.value(sql.add_role_member, role_id, user_id))
