"""Messages as they stand in the database, and as somebody wants to add them."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec
from msgspec import Raw, Struct

from rejoinder.messages.attachments.types import Attachment, decoded

AuthorType = Literal["customer", "support", "human", "AI"]


class Draft(Struct, frozen=True, kw_only=True):
    """A message somebody wants to add; `content` is trimmed and not empty.

    Attachments must have been uploaded by `uploader`, the author when not given.
    With `moves_status` off, the project's rules about the status are not applied.
    """

    author_type: AuthorType
    author_user_id: int | None = None
    author_name: str | None = None
    content: str
    rich_content: dict[str, Any] | None = None
    attachment_ids: list[UUID] = []
    uploader: str | None = None
    is_private: bool = False
    client_id: str | None = None
    context: dict[str, Any] = {}
    source_id: UUID | None = None
    fingerprint: bytes | None = None
    moves_status: bool = True

    @property
    def by_customer(self) -> bool:
        return self.author_type == "customer"


class Revision(Struct, frozen=True, kw_only=True):
    """What a message says from now on. Attachments are added to those it has."""

    content: str
    rich_content: dict[str, Any] | None = None
    attachment_ids: list[UUID] = []


class Message(Struct, frozen=True):
    """The row with its author's name; `customer_name` is what the ticket's traits claim."""

    id: UUID
    ticket_id: UUID
    content: str
    rich_content: Raw | None
    author_type: AuthorType
    author_user_id: int | None
    author_first_name: str | None
    author_last_name: str | None
    author_email: str | None
    author_name: str | None
    customer_name: str | None
    is_private: bool
    version: int
    created_at: datetime
    deleted_at: datetime | None
    source_id: UUID | None
    attachments: Raw | None


def attachments_of(message: Message) -> list[Attachment]:
    """The message's attachments, decoded."""
    return decoded(message.attachments)


def rich_of(message: Message) -> dict[str, Any] | None:
    """The message's rich content, decoded."""
    if message.rich_content is None:
        return None
    return msgspec.json.decode(message.rich_content, type=dict[str, Any])


class Posted(Struct, frozen=True):
    """What became of a draft: a new message, or the one that it repeats."""

    message: Message
    is_new: bool
