"""Pure decisions about messages: what they are called on the wire, and when two are the same."""

from hashlib import sha256
from typing import Literal
from uuid import UUID

import msgspec

from rejoinder.errors import Invalid
from rejoinder.messages.types import Message
from rejoinder.organizations.settings import ConversationsSettings
from rejoinder.tickets.types import Status

MessageType = Literal["customer_message", "sent_reply", "internal_note", "ai_draft"]


def message_type(message: Message) -> MessageType:
    """Its kind on the wire."""
    if not message.is_private:
        return "customer_message" if message.author_type == "customer" else "sent_reply"
    is_draft = message.author_type == "AI" and message.author_user_id is None
    return "ai_draft" if is_draft else "internal_note"


def author_name(message: Message) -> str:
    """Who wrote it, as the team reads it."""
    if message.author_user_id is not None:
        full = f"{message.author_first_name or ''} {message.author_last_name or ''}".strip()
        return full or message.author_email or "Support"
    if message.author_type == "AI":
        return "PostHog Assistant"
    if message.author_name:
        return message.author_name
    return message.customer_name or "Customer" if message.author_type == "customer" else "Support"


def checked_text(text: str, attr: str = "message") -> str:
    """The text without the space around it.

    Raises:
        Invalid: nothing is left.
    """
    if not (trimmed := text.strip()):
        raise Invalid("This field may not be blank.", attr=attr, code="blank")
    return trimmed


def status_after_message(settings: ConversationsSettings, *, by_customer: bool) -> Status | None:
    """What the project's rules make of a resolved ticket's message, or of a reply by the team."""
    if by_customer:
        return None if settings.reopen_on_customer_reply is False else "open"
    return settings.status_on_team_reply or None


def fingerprint(project_id: int, ticket: UUID | int, author: str, said: object) -> bytes:
    """The same for two requests exactly when they would add the same message."""
    identity = (project_id, ticket, author, said)
    return sha256(msgspec.json.encode(identity, order="deterministic")).digest()
