"""The statements of macros."""

from uuid import UUID

from rejoinder.db.pool import Queryable
from rejoinder.db.sql import load
from rejoinder.macros.types import Macro, NewMacro

sql = load(__package__)


async def macros(
    db: Queryable, project_id: int, user_id: int, limit: int, offset: int
) -> list[Macro]:
    """What this teammate sees, the newest first."""
    return await db.many(Macro, sql.macros, project_id, user_id, limit, offset)


async def count_visible(db: Queryable, project_id: int, user_id: int) -> int:
    return await db.value(sql.count_visible, project_id, user_id)


async def macro(
    db: Queryable, project_id: int, user_id: int, short_id: str, macro_id: UUID | None
) -> Macro | None:
    """By either of its names."""
    return await db.one_or_none(Macro, sql.macro, project_id, user_id, short_id, macro_id)


async def locked_macro(
    db: Queryable, project_id: int, user_id: int, short_id: str, macro_id: UUID | None
) -> Macro | None:
    return await db.one_or_none(Macro, sql.locked_macro, project_id, user_id, short_id, macro_id)


async def count_macros(db: Queryable, project_id: int) -> int:
    return await db.value(sql.count_macros, project_id)


async def add_macro(
    db: Queryable, project_id: int, macro_id: UUID, new: NewMacro, short_id: str, user_id: int
) -> None:
    await db.run(sql.add_macro, project_id, macro_id, *_fields(new), short_id, user_id)


async def change_macro(db: Queryable, project_id: int, macro_id: UUID, wanted: NewMacro) -> None:
    await db.run(sql.change_macro, project_id, macro_id, *_fields(wanted))


async def remove_macro(db: Queryable, project_id: int, macro_id: UUID) -> None:
    await db.run(sql.remove_macro, project_id, macro_id)


def _fields(new: NewMacro) -> tuple[object, ...]:
    return (
        new.name,
        new.description,
        new.content,
        new.rich_content,
        new.actions,
        new.visibility,
    )
