"""Attachments as they stand in the database."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

import msgspec
from msgspec import Raw, Struct

IMAGES: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""The content types that browsers may show; everything else is only downloaded."""

MOST_OF_A_MESSAGE: Final = 20

Link = Callable[[UUID], str]
"""From an attachment to the address at which the reader in question finds it."""


class Attachment(Struct, frozen=True):
    """A file that has arrived whole; its content type is what its first bytes look like."""

    id: UUID
    name: str
    content_type: str
    size: int

    @property
    def is_image(self) -> bool:
        return self.content_type in IMAGES


def decoded(attachments: Raw | None) -> list[Attachment]:
    """A message's attachments as a statement gathers them."""
    if attachments is None:
        return []
    return msgspec.json.decode(attachments, type=list[Attachment])


class Kept(Struct, frozen=True):
    """An attachment, and where its bytes lie."""

    id: UUID
    name: str
    content_type: str
    size: int
    object_key: str
