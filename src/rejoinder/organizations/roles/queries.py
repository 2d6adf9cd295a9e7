"""The statements about roles that are more than a name."""

from uuid import UUID

from msgspec import Struct

from rejoinder.db.pool import Queryable
from rejoinder.db.sql import load
from rejoinder.organizations.roles.types import FullRole

sql = load(__package__)


class _Project(Struct, frozen=True):
    project_id: int


async def roles(db: Queryable, organization_id: UUID) -> list[FullRole]:
    return await db.many(FullRole, sql.roles, organization_id)


async def role(db: Queryable, organization_id: UUID, role_id: UUID) -> FullRole | None:
    return await db.one_or_none(FullRole, sql.role, organization_id, role_id)


async def rename_role(db: Queryable, role_id: UUID, name: str) -> bool:
    """Whether the name was free."""
    return bool(await db.value(sql.rename_role, role_id, name))


async def delete_role(db: Queryable, role_id: UUID) -> None:
    await db.run(sql.delete_role, role_id)


async def remove_role_member(db: Queryable, role_id: UUID, user_id: int) -> bool:
    """Whether the user belonged to it."""
    return await db.run(sql.remove_role_member, role_id, user_id) > 0


async def tickets_of_role(db: Queryable, organization_id: UUID, role_id: UUID) -> int:
    return await db.value(sql.tickets_of_role, organization_id, role_id)


async def projects_of_role(db: Queryable, role_id: UUID) -> list[int]:
    return [row.project_id for row in await db.many(_Project, sql.projects_of_role, role_id)]
