"""The statements of saved views."""

from uuid import UUID

from rejoinder.db.pool import Queryable
from rejoinder.db.sql import load
from rejoinder.views.types import NewView, View

sql = load(__package__)


async def views(
    db: Queryable, project_id: int, user_id: int, limit: int, offset: int = 0
) -> list[View]:
    """What this teammate sees: favourites first, then the newest."""
    return await db.many(View, sql.views, project_id, user_id, limit, offset)


async def count_visible(db: Queryable, project_id: int, user_id: int) -> int:
    return await db.value(sql.count_visible, project_id, user_id)


async def view(
    db: Queryable, project_id: int, user_id: int, short_id: str, view_id: UUID | None
) -> View | None:
    """By either of its names."""
    return await db.one_or_none(View, sql.view, project_id, user_id, short_id, view_id)


async def locked_view(
    db: Queryable, project_id: int, user_id: int, short_id: str, view_id: UUID | None
) -> View | None:
    return await db.one_or_none(View, sql.locked_view, project_id, user_id, short_id, view_id)


async def count_views(db: Queryable, project_id: int) -> int:
    return await db.value(sql.count_views, project_id)


async def add_view(
    db: Queryable, project_id: int, view_id: UUID, short_id: str, new: NewView, user_id: int
) -> None:
    await db.run(
        sql.add_view, project_id, view_id, short_id, new.name, new.filters, new.visibility, user_id
    )


async def change_view(db: Queryable, project_id: int, view_id: UUID, wanted: NewView) -> None:
    await db.run(
        sql.change_view, project_id, view_id, wanted.name, wanted.filters, wanted.visibility
    )


async def remove_view(db: Queryable, project_id: int, view_id: UUID) -> None:
    await db.run(sql.remove_view, project_id, view_id)


async def add_favorite(db: Queryable, project_id: int, view_id: UUID, user_id: int) -> None:
    await db.run(sql.add_favorite, project_id, view_id, user_id)


async def remove_favorite(db: Queryable, project_id: int, view_id: UUID, user_id: int) -> None:
    await db.run(sql.remove_favorite, project_id, view_id, user_id)
