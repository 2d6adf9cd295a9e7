"""The statements of messages."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Raw, Struct

from rejoinder.db.pool import Queryable
from rejoinder.db.sql import Clause, compose, load
from rejoinder.messages.types import Draft, Message

sql = load(__package__)


class LastMessage(Struct, frozen=True):
    at: datetime
    text: str


class ConversationSettings(Struct, frozen=True):
    enabled: bool
    settings: Raw


async def add_message(
    db: Queryable,
    project_id: int,
    message_id: UUID,
    ticket_id: UUID,
    draft: Draft,
    at: datetime | None = None,
) -> Message:
    """The draft as a message, stamped later than every other one of its ticket.

    The first message of a new ticket may be given its time, `at`.
    """
    return await db.one(
        Message,
        sql.add_message,
        project_id,
        message_id,
        ticket_id,
        draft.author_type,
        draft.author_user_id,
        draft.author_name,
        draft.content,
        draft.rich_content,
        draft.is_private,
        draft.client_id,
        draft.context,
        draft.source_id,
        draft.fingerprint,
        at,
    )


async def try_fingerprint(db: Queryable, fingerprint: bytes) -> bool:
    """Whether nobody else is adding the same message right now."""
    return await db.value(sql.try_fingerprint, int.from_bytes(fingerprint[:8], signed=True))


async def repeated(
    db: Queryable, project_id: int, ticket_id: UUID, fingerprint: bytes
) -> Message | None:
    return await db.one_or_none(Message, sql.repeated, project_id, ticket_id, fingerprint)


async def thread(
    db: Queryable, project_id: int, ticket_id: UUID, limit: int, offset: int
) -> list[Message]:
    """The ticket's messages and notes, oldest first."""
    return await db.many(Message, sql.thread, project_id, ticket_id, limit, offset)


async def count_thread(db: Queryable, project_id: int, ticket_id: UUID) -> int:
    return await db.value(sql.count_thread, project_id, ticket_id)


async def comments(
    db: Queryable, project_id: int, ticket_id: UUID, where: Sequence[Clause], limit: int
) -> list[Message]:
    """Those of the ticket's messages and notes that match, newest first."""
    statement, args = compose(sql.comments, (project_id, ticket_id, limit), where=where)
    return await db.many(Message, statement, *args)


async def said_in(
    db: Queryable,
    project_id: int,
    ticket_ids: Sequence[UUID],
    where: Sequence[Clause],
    limit: int,
) -> list[Message]:
    """The same of several tickets together."""
    statement, args = compose(sql.said_in, (project_id, ticket_ids, limit), where=where)
    return await db.many(Message, statement, *args)


async def count_comments(
    db: Queryable, project_id: int, ticket_id: UUID, where: Sequence[Clause]
) -> int:
    statement, args = compose(sql.count_comments, (project_id, ticket_id), where=where)
    return await db.value(statement, *args)


async def message(db: Queryable, project_id: int, message_id: UUID) -> Message | None:
    return await db.one_or_none(Message, sql.message, project_id, message_id)


async def edit_message(
    db: Queryable,
    project_id: int,
    message_id: UUID,
    content: str,
    rich_content: dict[str, Any] | None,
) -> int:
    """The message's new version."""
    return await db.value(sql.edit_message, project_id, message_id, content, rich_content)


async def delete_message(db: Queryable, project_id: int, message_id: UUID) -> datetime:
    return await db.value(sql.delete_message, project_id, message_id)


async def last_public(db: Queryable, project_id: int, ticket_id: UUID) -> LastMessage | None:
    return await db.one_or_none(LastMessage, sql.last_public, project_id, ticket_id)


async def conversation_settings(db: Queryable, project_id: int) -> ConversationSettings:
    return await db.one(ConversationSettings, sql.conversation_settings, project_id)
