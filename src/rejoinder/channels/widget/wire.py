"""The widget's requests and answers. Times are written `+00:00`, with microseconds."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from msgspec import UNSET, Meta, Raw, Struct, UnsetType

from rejoinder.channels.widget.errors import Refused
from rejoinder.channels.widget.fields import Fields, as_uuid
from rejoinder.channels.widget.rules import trimming
from rejoinder.channels.widget.types import ListedTicket, PublicMessage, TicketState
from rejoinder.messages.attachments.types import MOST_OF_A_MESSAGE, Link, decoded
from rejoinder.messages.attachments.wire import AttachmentOut, attachment_out
from rejoinder.messages.rich import linked
from rejoinder.messages.types import AuthorType
from rejoinder.tickets.types import STATUSES, Status

Moment = Annotated[str, Meta(extra_json_schema={"format": "date-time"})]

_MESSAGE = 10_000
_DISTINCT_ID = 400
_SESSION_ID = 64
_CLIENT_ID = 100
_EMAIL = 254
_URL = 2_048
_MOST = 500


class Claims(Struct, frozen=True, kw_only=True):
    """Who the caller says to be: to be believed only after `identity.is_proven`."""

    session_id: UUID | None
    distinct_id: str
    hash: str
    email: str
    email_hash: str
    email_expiry: str

    @property
    def has_identity(self) -> bool:
        return bool(self.distinct_id and self.hash)


class Said(Struct, frozen=True, kw_only=True):
    """The body of POST message."""

    message: str
    distinct_id: str
    traits: dict[str, str | None]
    session_id: str | None
    session_context: dict[str, Any]
    ticket_id: UUID | None
    client_id: str
    attachment_ids: list[UUID]


class Listed(Struct, frozen=True):
    """The query of GET tickets."""

    status: Status | None
    limit: int
    offset: int


class Refusal(Struct, frozen=True, omit_defaults=True):
    error: str
    details: Mapping[str, Sequence[str]] | UnsetType = UNSET


class SaidOut(Struct, frozen=True):
    ticket_id: UUID
    message_id: UUID
    ticket_status: Status
    unread_count: int
    created_at: Moment


class MessageOut(Struct, frozen=True):
    id: UUID
    content: str
    rich_content: Raw | None
    author_type: AuthorType
    author_name: str
    created_at: Moment
    # Ours, so it is left out when there are none.
    attachments: list[AttachmentOut] | UnsetType = UNSET


class ThreadOut(Struct, frozen=True):
    ticket_id: UUID
    ticket_status: Status
    unread_count: int
    messages: list[MessageOut]
    has_more: bool


class ReadOut(Struct, frozen=True):
    success: bool
    unread_count: int


class TicketOut(Struct, frozen=True):
    id: UUID
    ticket_number: int
    status: Status
    unread_count: int
    last_message: str | None
    last_message_at: Moment | None
    message_count: int
    created_at: Moment


class TicketsOut(Struct, frozen=True):
    count: int
    results: list[TicketOut]


class TicketChange(Struct, frozen=True):
    """A ticket as a stream tells of it: how it stands now, never what changed."""

    ticket_id: UUID
    ticket_status: Status
    unread_count: int


class RestoreOut(Struct, frozen=True, omit_defaults=True):
    status: str
    code: str | UnsetType = UNSET
    widget_session_id: UUID | UnsetType = UNSET
    migrated_ticket_ids: list[UUID] | UnsetType = UNSET


def claims(fields: Fields) -> Claims:
    """Who asks; there is a session, or both halves of an identity."""
    found = Claims(
        session_id=fields.uuid("widget_session_id"),
        distinct_id=fields.text("identity_distinct_id", _DISTINCT_ID),
        hash=_exactly(fields, "identity_hash", 64),
        email=str(fields.value("identity_email"))[:_EMAIL],
        email_hash=str(fields.value("identity_hash_email")),
        email_expiry=str(fields.value("identity_exp_email")),
    )
    if found.session_id is None and not found.has_identity:
        fields.refuse("", "Give widget_session_id, or identity_distinct_id and identity_hash.")
    return found


def said(fields: Fields, who: Claims) -> Said:
    distinct_id = fields.text("distinct_id", _DISTINCT_ID, required=not who.has_identity)
    return Said(
        message=fields.text("message", _MESSAGE, required=True),
        distinct_id=who.distinct_id if who.has_identity else distinct_id,
        traits=trimming.traits(fields.mapping("traits")),
        session_id=fields.text("session_id", _SESSION_ID) or None,
        session_context=trimming.context(fields.mapping("session_context")),
        ticket_id=_ticket_id(fields),
        client_id=fields.text("client_id", _CLIENT_ID),
        attachment_ids=fields.uuids("attachment_ids", MOST_OF_A_MESSAGE),
    )


def listed(fields: Fields) -> Listed:
    return Listed(
        fields.choice("status", STATUSES),
        fields.integer("limit", 100, 1, _MOST),
        fields.integer("offset", 0, 0),
    )


def limit_of(fields: Fields) -> int:
    return fields.integer("limit", _MOST, 1, _MOST)


def wanted_restore(fields: Fields) -> tuple[str, str]:
    """The address, and the page that the link shall lead to."""
    return fields.email("email", _EMAIL), fields.url("request_url", _URL)


def redeemed(fields: Fields) -> tuple[str, UUID | None]:
    """The token, and the session that shall have the tickets."""
    token = fields.text("restore_token", 50, least=40, required=True)
    return token, fields.uuid("widget_session_id", required=True)


def text_of(moment: datetime) -> str:
    return moment.isoformat()


def message_out(message: PublicMessage, link: Link) -> MessageOut:
    attached = [attachment_out(each, link) for each in decoded(message.attachments)]
    return MessageOut(
        message.id,
        message.content,
        linked(message.rich_content, link),
        message.author_type,
        author_name(message),
        text_of(message.created_at),
        attached or UNSET,
    )


def author_name(message: PublicMessage) -> str:
    """What the customer reads: the agent's first name, or who else it was."""
    if message.agent_name is not None:
        return message.agent_name
    if message.author_type == "customer":
        return message.customer_name or "You"
    return "PostHog Assistant" if message.author_type == "AI" else "Support"


def thread_out(
    state: TicketState, messages: Sequence[PublicMessage], limit: int, link: Link
) -> ThreadOut:
    return ThreadOut(
        state.id,
        state.status,
        state.unread_customer_count,
        [message_out(message, link) for message in messages],
        len(messages) == limit,
    )


def ticket_out(ticket: ListedTicket) -> TicketOut:
    last = ticket.last_message_at
    return TicketOut(
        ticket.id,
        ticket.ticket_number,
        ticket.status,
        ticket.unread_count,
        ticket.last_message,
        None if last is None else text_of(last),
        ticket.message_count,
        text_of(ticket.created_at),
    )


def _exactly(fields: Fields, name: str, length: int) -> str:
    return fields.text(name, length, least=length)


def _ticket_id(fields: Fields) -> UUID | None:
    value = fields.value("ticket_id")
    if value == "":
        return None
    found = as_uuid(value)
    if found is None:
        raise Refused(400, "Invalid ticket_id format")
    return found
