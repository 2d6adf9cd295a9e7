"""Composing, and the e-mail configuration, as the API takes and answers them."""

from typing import Annotated, Any
from uuid import UUID

from msgspec import Meta, Struct

from rejoinder.channels.email import rules
from rejoinder.channels.email.types import Composition
from rejoinder.errors import Invalid
from rejoinder.messages import rich
from rejoinder.messages.attachments.wire import AttachmentIds
from rejoinder.messages.rules import checked_text
from rejoinder.messages.wire import Text
from rejoinder.tickets.rules import normal_tags


class ComposeBody(Struct, frozen=True, kw_only=True):
    """A ticket that the team begins: by mail to an address, or in the widget of a known person."""

    message: Text
    recipient_email: Annotated[str, Meta(max_length=254, examples=["ada@example.com"])] | None = (
        None
    )
    email_config_id: UUID | None = None
    recipient_distinct_id: Annotated[str, Meta(max_length=400)] | None = None
    email_subject: Annotated[str, Meta(max_length=500)] | None = None
    rich_content: dict[str, Any] | None = None
    tags: list[str] = []
    attachment_ids: AttachmentIds = []

    def composition(self) -> Composition:
        """What is wanted, checked as far as the database need not be asked.

        Raises:
            Invalid: a value is none that its field can have.
        """
        email = (self.recipient_email or "").strip() or None
        if email is not None and not rules.is_address(email):
            raise Invalid("Enter a valid email address.", attr="recipient_email")
        return Composition(
            email=email,
            config_id=self.email_config_id,
            distinct_id=(self.recipient_distinct_id or "").strip(),
            content=checked_text(self.message),
            subject=rules.line(self.email_subject or "") or None,
            rich_content=None if self.rich_content is None else rich.checked(self.rich_content),
            tags=normal_tags(self.tags),
            attachment_ids=self.attachment_ids,
        )


class ComposedOut(Struct, frozen=True):
    """The ticket that was begun."""

    id: UUID
    ticket_number: int


class EmailConfig(Struct, frozen=True):
    """Where a project's mail comes from."""

    id: UUID
    from_email: str
    is_default: bool


class EmailConfigs(Struct, frozen=True):
    """None, when the operator has given no SMTP server."""

    results: list[EmailConfig]
