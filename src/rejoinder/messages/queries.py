"""The statements of messages."""

from uuid import UUID

from rejoinder.db.pool import Queryable
from rejoinder.db.sql import load
from rejoinder.messages.types import Added, AuthorType

sql = load(__package__)


async def add_message(
    db: Queryable,
    project_id: int,
    message_id: UUID,
    ticket_id: UUID,
    author_type: AuthorType,
    author_user_id: int | None,
    content: str,
    *,
    is_private: bool,
) -> Added:
    return await db.one(
        Added,
        sql.add_message,
        project_id,
        message_id,
        ticket_id,
        author_type,
        author_user_id,
        content,
        is_private,
    )
