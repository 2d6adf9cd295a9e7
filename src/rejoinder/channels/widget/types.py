"""The widget's nouns: who asks, where, and tickets and messages as customers see them."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from msgspec import Raw, Struct

from rejoinder.messages.types import AuthorType
from rejoinder.organizations.settings import ConversationsSettings
from rejoinder.tickets.types import ChannelSource, Status


class WidgetProject(Struct, frozen=True):
    """A project as its widget's token opens it; any of its `secrets` signs identities."""

    id: int
    secrets: tuple[str, ...]
    settings: ConversationsSettings

    @property
    def domains(self) -> list[str]:
        return self.settings.widget_domains or []


class Viewer(Struct, frozen=True, kw_only=True):
    """Who asks: a widget session, a proven identity, or both.

    `distinct_ids` are all those of the identity's person, `email` is an address that was signed.
    """

    session_id: str = ""
    distinct_id: str = ""
    distinct_ids: frozenset[str] = frozenset()
    email: str = ""

    @property
    def is_verified(self) -> bool:
        return bool(self.distinct_id)

    @property
    def key(self) -> str:
        """Different for two viewers that may see different tickets: nothing given holds a NUL."""
        if not self.is_verified:
            return self.session_id
        return f"{self.distinct_id}\0{self.session_id}\0{self.email}"

    @property
    def uploader(self) -> str:
        """Who may put an upload into a message: whoever can show the same again."""
        if self.is_verified:
            return f"identity:{self.distinct_id}"
        return f"session:{self.session_id}"


class Owned(Protocol):
    """What decides whose a ticket is."""

    @property
    def channel_source(self) -> ChannelSource: ...
    @property
    def distinct_id(self) -> str: ...
    @property
    def widget_session_id(self) -> str: ...
    @property
    def identity_verified(self) -> bool | None: ...
    @property
    def email_from(self) -> str | None: ...


class TicketState(Struct, frozen=True):
    """Of a ticket what a poll needs: whose it is, how it stands, when the last public word fell."""

    id: UUID
    status: Status
    unread_customer_count: int
    last_public_at: datetime | None
    channel_source: ChannelSource
    distinct_id: str
    widget_session_id: str
    identity_verified: bool | None
    email_from: str | None


class PublicMessage(Struct, frozen=True):
    """A message that customers may read, with what its author is called."""

    id: UUID
    content: str
    rich_content: Raw | None
    author_type: AuthorType
    agent_name: str | None
    customer_name: str | None
    created_at: datetime
    attachments: Raw | None


class ListedTicket(Struct, frozen=True):
    """A ticket in the customer's list."""

    id: UUID
    ticket_number: int
    status: Status
    unread_count: int
    last_message: str | None
    last_message_at: datetime | None
    message_count: int
    created_at: datetime
