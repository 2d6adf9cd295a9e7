"""What happens to attachments: announced, arrived, put into a message, removed with it."""

import secrets
from collections.abc import Collection
from typing import Final
from uuid import UUID

from msgspec import Struct

from rejoinder.errors import Invalid
from rejoinder.events.work import Tx
from rejoinder.ids import new_id
from rejoinder.messages.attachments import queries, rules
from rejoinder.messages.attachments.files import Written
from rejoinder.messages.attachments.types import MOST_OF_A_MESSAGE, Attachment

# Of one uploader, in a day.
MOST_UNUSED: Final = 100


class Reserved(Struct, frozen=True):
    """An attachment that is about to arrive, and where it will lie."""

    id: UUID
    object_key: str


async def reserve(tx: Tx, uploader: str, name: str) -> Reserved:
    """Says that a file will arrive, so that whatever happens it is found again.

    Raises:
        Invalid: too many of the uploader's stand in no message.
    """
    reserved = Reserved(new_id(), f"{tx.project_id}/{secrets.token_hex(16)}")
    if not await queries.reserve(
        tx,
        tx.project_id,
        reserved.id,
        uploader,
        reserved.object_key,
        rules.clean_name(name),
        MOST_UNUSED,
    ):
        message = f"{MOST_UNUSED} uploads stand in no message. Use them, or wait for a day."
        raise Invalid(message, attr="file", code="too_many")
    return reserved


async def complete(tx: Tx, reserved: Reserved, written: Written) -> Attachment:
    """The file has arrived: from now on its uploader may put it into a message."""
    content_type = rules.content_type_of(written.head)
    return await queries.complete(tx, tx.project_id, reserved.id, written, content_type)


async def discard(tx: Tx, reserved: Reserved) -> None:
    """The file has not arrived."""
    await queries.discard(tx, tx.project_id, reserved.id)


async def put_into_message(
    tx: Tx, message_id: UUID, uploader: str, ids: Collection[UUID], shown: Collection[UUID]
) -> list[Attachment]:
    """Puts in what was named, and what the text shows as images; all that it holds then.

    The text may also show what stands in another message of the project.

    Raises:
        Invalid: one does not exist, is somebody else's, or stands in another message; or the
            message would hold too many.
    """
    wanted = {*ids, *shown}
    held = await queries.put_into_message(tx, tx.project_id, uploader, message_id, wanted)
    for missing in sorted(set(ids) - held):
        raise Invalid(f"There is no attachment {missing} to be used.", attr="attachment_ids")
    elsewhere = wanted - held
    if elsewhere and await queries.count_in_messages(tx, tx.project_id, elsewhere) < len(elsewhere):
        raise Invalid("An image shows an attachment that is not there.", attr="rich_content")
    in_message = await queries.of_message(tx, tx.project_id, message_id)
    if len(in_message) > MOST_OF_A_MESSAGE:
        most = f"A message holds {MOST_OF_A_MESSAGE} attachments at most."
        raise Invalid(most, attr="attachment_ids", code="max_length")
    return in_message


async def remove_of_message(tx: Tx, message_id: UUID) -> None:
    """The message is gone, and with it what it held."""
    await queries.remove_of_message(tx, tx.project_id, message_id)
