"""The messages API: what it takes and what it answers."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from rejoinder.auth.basic_user import BasicUser, basic_user
from rejoinder.messages import rich, rules
from rejoinder.messages.attachments.types import Link
from rejoinder.messages.attachments.wire import AttachmentIds, AttachmentOut, attachment_out
from rejoinder.messages.rules import MessageType
from rejoinder.messages.types import AuthorType, Message, attachments_of
from rejoinder.people.types import JsonObject

LONGEST_REPLY = 5_000
SCOPE = "conversations_ticket"

Text = Annotated[str, Meta(max_length=LONGEST_REPLY, examples=["It is on its way."])]


class ReplyBody(Struct, frozen=True, kw_only=True):
    """A reply to the customer, or a note if it is private."""

    message: Text
    is_private: bool = False
    rich_content: dict[str, Any] | None = None
    attachment_ids: AttachmentIds = []


class NoteBody(Struct, frozen=True, kw_only=True):
    """A note. In a PATCH, rich content that is left out is removed; attachments are added."""

    message: Text
    rich_content: dict[str, Any] | None = None
    attachment_ids: AttachmentIds = []


class MessageOut(Struct, frozen=True):
    """A message or note as the team sees it."""

    id: UUID
    message_type: MessageType
    content: str
    rich_content: JsonObject | None
    author_type: AuthorType
    author_name: str
    author_email: str | None
    is_private: bool
    has_full_email_content: bool
    version: int
    created_at: datetime
    attachments: list[AttachmentOut]


def message_out(message: Message, link: Link) -> MessageOut:
    return MessageOut(
        message.id,
        rules.message_type(message),
        message.content,
        rich.linked(message.rich_content, link),
        message.author_type,
        rules.author_name(message),
        message.author_email,
        message.is_private,
        False,  # noqa: FBT003  full e-mail bodies come with the e-mail channel
        message.version,
        message.created_at,
        [attachment_out(attachment, link) for attachment in attachments_of(message)],
    )


class PlainError(Struct, frozen=True, omit_defaults=True):
    """How these actions refuse what is theirs alone to refuse: the wire's older shape of errors."""

    detail: str
    error_type: str | UnsetType = UNSET


class ItemContext(Struct, frozen=True, kw_only=True):
    """What a client may say about a comment; everything else in it is dropped."""

    is_private: bool = False
    author_type: Literal["support", "human"] = "support"


class CommentBody(Struct, frozen=True, kw_only=True):
    """A message or note, in the words of PostHog's comments API."""

    scope: Literal["conversations_ticket"]
    item_id: Annotated[str, Meta(examples=["1"])]
    content: Text | None = None
    rich_content: dict[str, Any] | None = None
    item_context: ItemContext | None = None
    source_comment: UUID | None = None
    attachment_ids: AttachmentIds = []


class CommentPatch(Struct, frozen=True, kw_only=True):
    """Another text, more attachments, or `deleted`."""

    content: Text | UnsetType | None = UNSET
    rich_content: dict[str, Any] | UnsetType | None = UNSET
    attachment_ids: AttachmentIds = []
    deleted: bool = False


class CommentContext(Struct, frozen=True):
    author_type: AuthorType
    is_private: bool


class CommentOut(Struct, frozen=True):
    """A message as PostHog's comments API has it."""

    id: UUID
    content: str
    rich_content: JsonObject | None
    version: int
    created_at: datetime
    item_id: UUID
    item_context: CommentContext
    scope: Literal["conversations_ticket"]
    source_comment: UUID | None
    deleted: bool
    created_by: BasicUser | None
    is_task: bool
    completed_at: datetime | None
    completed_by: BasicUser | None
    slack_thread: None
    attachments: list[AttachmentOut]


class CommentPage(Struct, frozen=True):
    """Newest first; the neighbours are absolute URLs that hold a cursor."""

    next: str | None
    previous: str | None
    results: list[CommentOut]


class CommentCount(Struct, frozen=True):
    count: int


def comment_out(message: Message, link: Link) -> CommentOut:
    return CommentOut(
        id=message.id,
        content=message.content,
        rich_content=rich.linked(message.rich_content, link),
        version=message.version,
        created_at=message.created_at,
        item_id=message.ticket_id,
        item_context=CommentContext(message.author_type, message.is_private),
        scope=SCOPE,
        source_comment=message.source_id,
        deleted=message.deleted_at is not None,
        created_by=_author(message),
        is_task=False,
        completed_at=None,
        completed_by=None,
        slack_thread=None,
        attachments=[attachment_out(attachment, link) for attachment in attachments_of(message)],
    )


def _author(message: Message) -> BasicUser | None:
    """The teammate who wrote it."""
    return basic_user(
        message.author_user_id,
        message.author_first_name,
        message.author_last_name,
        message.author_email,
    )
