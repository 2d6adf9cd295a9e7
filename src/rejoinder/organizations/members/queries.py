"""The statements about members."""

from uuid import UUID

from rejoinder.auth.types import Level
from rejoinder.db.pool import Queryable
from rejoinder.db.sql import load
from rejoinder.organizations.members.types import Belonging, Member, Teammate, TeamRole

sql = load(__package__)


async def level(db: Queryable, organization_id: UUID, user_id: int) -> Level | None:
    """The user's level in the organization; None when they do not belong to it."""
    return await db.value(sql.level, organization_id, user_id)


async def lock_organization(db: Queryable, organization_id: UUID) -> None:
    await db.run(sql.lock_organization, organization_id)


async def count_owners(db: Queryable, organization_id: UUID) -> int:
    return await db.value(sql.count_owners, organization_id)


async def lock_organizations_of(db: Queryable, user_id: int) -> list[Belonging]:
    """The organizations of the user, locked as by `lock_organization`."""
    return await db.many(Belonging, sql.lock_organizations_of, user_id)


async def members(db: Queryable, organization_id: UUID) -> list[Member]:
    return await db.many(Member, sql.members, organization_id)


async def member(db: Queryable, organization_id: UUID, user_id: int) -> Member | None:
    return await db.one_or_none(Member, sql.member, organization_id, user_id)


async def set_level(db: Queryable, organization_id: UUID, user_id: int, level: Level) -> None:
    await db.run(sql.set_level, organization_id, user_id, level)


async def remove_member(db: Queryable, organization_id: UUID, user_id: int) -> None:
    await db.run(sql.remove_member, organization_id, user_id)


async def teammates(db: Queryable, project_id: int) -> list[Teammate]:
    return await db.many(Teammate, sql.teammates, project_id)


async def team_roles(db: Queryable, project_id: int) -> list[TeamRole]:
    return await db.many(TeamRole, sql.team_roles, project_id)
