"""The statements behind the lists."""

from rejoinder.cli.admin.types import KeyRow, OrganizationRow, ProjectRow, RoleRow, UserRow
from rejoinder.db.pool import Queryable
from rejoinder.db.sql import load

sql = load(__package__)


async def organizations(db: Queryable) -> list[OrganizationRow]:
    return await db.many(OrganizationRow, sql.organizations)


async def projects(db: Queryable) -> list[ProjectRow]:
    return await db.many(ProjectRow, sql.projects)


async def users(db: Queryable) -> list[UserRow]:
    return await db.many(UserRow, sql.users)


async def roles(db: Queryable) -> list[RoleRow]:
    return await db.many(RoleRow, sql.roles)


async def keys(db: Queryable) -> list[KeyRow]:
    return await db.many(KeyRow, sql.keys)
