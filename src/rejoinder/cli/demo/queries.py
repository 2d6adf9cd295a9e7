"""The statements of the demo; rows themselves come by COPY."""

from uuid import UUID

from rejoinder.db.pool import Queryable
from rejoinder.db.sql import load

sql = load(__package__)


async def first_project(db: Queryable) -> int | None:
    return await db.value(sql.first_project)


async def members(db: Queryable, organization_id: UUID) -> list[int]:
    """The organization's users who can have tickets."""
    return await db.value(sql.members, organization_id)


async def roles(db: Queryable, organization_id: UUID) -> list[UUID]:
    return await db.value(sql.roles, organization_id)


async def take_numbers(db: Queryable, project_id: int, count: int) -> int:
    """Numbers for `count` tickets: those after the one returned."""
    return await db.value(sql.take_numbers, project_id, count)


async def is_empty(db: Queryable) -> bool:
    """Whether there is no ticket, message or person in any project."""
    return await db.value(sql.is_empty)


async def lock_tables(db: Queryable) -> None:
    await db.run(sql.lock_tables)


async def announce(db: Queryable, announcement: str) -> None:
    await db.run(sql.announce, announcement)
