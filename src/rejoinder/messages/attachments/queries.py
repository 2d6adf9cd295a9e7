"""The statements of attachments."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from uuid import UUID

from msgspec import Struct

from rejoinder.db.pool import Queryable
from rejoinder.db.sql import load
from rejoinder.messages.attachments.files import Written
from rejoinder.messages.attachments.types import Attachment, Kept

sql = load(__package__)


class _Id(Struct, frozen=True):
    id: UUID


class _Key(Struct, frozen=True):
    object_key: str


async def reserve(
    db: Queryable,
    project_id: int,
    attachment_id: UUID,
    uploader: str,
    object_key: str,
    name: str,
    most: int,
) -> bool:
    """Whether the uploader has fewer than `most` that stand in no message."""
    return (
        await db.run(sql.reserve, project_id, attachment_id, uploader, object_key, name, most) > 0
    )


async def complete(
    db: Queryable, project_id: int, attachment_id: UUID, written: Written, content_type: str
) -> Attachment:
    return await db.one(
        Attachment,
        sql.complete,
        project_id,
        attachment_id,
        written.size,
        written.sha256,
        content_type,
    )


async def discard(db: Queryable, project_id: int, attachment_id: UUID) -> None:
    await db.run(sql.discard, project_id, attachment_id)


async def put_into_message(
    db: Queryable, project_id: int, uploader: str, message_id: UUID, ids: Collection[UUID]
) -> set[UUID]:
    """Those that are in the message now."""
    found = await db.many(_Id, sql.put_into_message, project_id, uploader, message_id, list(ids))
    return {row.id for row in found}


async def of_message(db: Queryable, project_id: int, message_id: UUID) -> list[Attachment]:
    return await db.many(Attachment, sql.of_message, project_id, message_id)


async def count_in_messages(db: Queryable, project_id: int, ids: Collection[UUID]) -> int:
    return await db.value(sql.count_in_messages, project_id, list(ids))


async def remove_of_message(db: Queryable, project_id: int, message_id: UUID) -> None:
    await db.run(sql.remove_of_message, project_id, message_id)


async def readable(db: Queryable, project_id: int, attachment_id: UUID) -> Kept | None:
    return await db.one_or_none(Kept, sql.readable, project_id, attachment_id)


async def remove_unused(db: Queryable, age: timedelta, most: int) -> int:
    return await db.run(sql.remove_unused, age, most)


async def garbage(db: Queryable, most: int) -> list[str]:
    """The keys of objects that nothing refers to, the oldest first."""
    return [row.object_key for row in await db.many(_Key, sql.garbage, most)]


async def forget_garbage(db: Queryable, keys: Sequence[str]) -> None:
    await db.run(sql.forget_garbage, keys)
