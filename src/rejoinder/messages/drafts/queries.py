"""The statements of drafts."""

from datetime import timedelta
from uuid import UUID

from rejoinder.db.pool import Queryable
from rejoinder.db.sql import load
from rejoinder.messages.drafts.types import Begun, DraftOfTicket, KeptDraft

sql = load(__package__)


async def draft(db: Queryable, project_id: int, ticket_id: UUID, user_id: int) -> KeptDraft | None:
    return await db.one_or_none(KeptDraft, sql.draft, project_id, ticket_id, user_id)


async def of_user(db: Queryable, project_id: int, user_id: int, most: int) -> list[DraftOfTicket]:
    """The user's drafts, the latest first."""
    return await db.many(DraftOfTicket, sql.of_user, project_id, user_id, most)


async def keep(
    db: Queryable, project_id: int, ticket_id: UUID, user_id: int, begun: Begun
) -> KeptDraft:
    return await db.one(
        KeptDraft,
        sql.keep,
        project_id,
        ticket_id,
        user_id,
        begun.content,
        begun.rich_content,
        begun.is_private,
    )


async def remove(db: Queryable, project_id: int, ticket_id: UUID, user_id: int) -> None:
    await db.run(sql.remove, project_id, ticket_id, user_id)


async def purge(db: Queryable, age: timedelta) -> int:
    return await db.run(sql.purge, age)
