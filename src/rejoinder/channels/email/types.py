"""Outgoing mail: who it is from, what somebody wants to begin, and what a letter is made of."""

from collections.abc import Awaitable, Callable
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Any
from uuid import UUID

from msgspec import Raw, Struct

from rejoinder.messages.types import AuthorType
from rejoinder.settings import Settings

SendMail = Callable[[EmailMessage], Awaitable[None]]
"""Hands a mail to the server, which has it when this returns."""


class Mailbox(Struct, frozen=True):
    """Whom mail comes from, and where the paths in it lead."""

    name: str
    address: str
    base_url: str

    @classmethod
    def of(cls, settings: Settings) -> "Mailbox | None":
        """The operator's; None when nothing can be sent."""
        if not settings.smtp_url:
            return None
        name, address = parseaddr(settings.mail_from)
        return cls(name, address, settings.base_url)

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]


class Composition(Struct, frozen=True, kw_only=True):
    """A ticket that the team begins: by mail where there is an address, else in the widget."""

    email: str | None
    config_id: UUID | None
    distinct_id: str
    content: str
    subject: str | None
    rich_content: dict[str, Any] | None
    tags: list[str]
    attachment_ids: list[UUID]


class Composed(Struct, frozen=True):
    """The ticket; `is_new` is false when the same was composed a moment ago."""

    id: UUID
    ticket_number: int
    is_new: bool = True


class Enclosure(Struct, frozen=True):
    """An attachment, and where its bytes lie."""

    id: UUID
    name: str
    content_type: str
    size: int
    object_key: str


class Outgoing(Struct, frozen=True):
    """A public message that is to be mailed.

    `earlier` are the Message-IDs of the ticket's mails before it, the latest first.
    """

    message_id: UUID
    content: str
    rich_content: Raw | None
    author_type: AuthorType
    author_first_name: str | None
    author_last_name: str | None
    author_name: str | None
    ticket_number: int
    to: str
    cc: list[str]
    subject: str | None
    is_answer: bool
    earlier: list[str]
    enclosures: Raw | None
