"""Takes a file in, with no transaction open while it arrives."""

from collections.abc import AsyncIterable
from contextlib import suppress

from rejoinder.events.event import Actor
from rejoinder.events.work import Work
from rejoinder.messages.attachments import commands
from rejoinder.messages.attachments.files import Files
from rejoinder.messages.attachments.types import Attachment


async def store_upload(
    work: Work,
    files: Files,
    actor: Actor,
    uploader: str,
    name: str,
    chunks: AsyncIterable[bytes],
) -> Attachment:
    """The file as an attachment for the uploader's messages; of half a file nothing stays.

    Raises:
        Invalid, PayloadTooLarge, Unavailable: it cannot be taken.
    """
    async with work.begin(actor) as tx:
        reserved = await commands.reserve(tx, uploader, name)
    try:
        written = await files.write(reserved.object_key, chunks)
    except BaseException:
        # If this fails, too, the sweep finds it.
        with suppress(Exception):
            async with work.begin(actor) as tx:
                await commands.discard(tx, reserved)
        raise
    async with work.begin(actor) as tx:
        return await commands.complete(tx, reserved, written)
