"""Attachments as the API takes and answers them."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from rejoinder.messages.attachments.types import MOST_OF_A_MESSAGE, Attachment, Link

AttachmentIds = Annotated[list[UUID], Meta(max_length=MOST_OF_A_MESSAGE)]


class AttachmentOut(Struct, frozen=True):
    """A file in a message. Its `url` needs no credential, and ends after a while."""

    id: UUID
    name: str
    content_type: str
    size: int
    url: str
    is_image: bool


def attachment_out(attachment: Attachment, link: Link) -> AttachmentOut:
    return AttachmentOut(
        attachment.id,
        attachment.name,
        attachment.content_type,
        attachment.size,
        link(attachment.id),
        attachment.is_image,
    )
