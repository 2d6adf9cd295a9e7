"""The tickets API: what it takes and what it answers, field for field as on the wire."""

from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, Raw, Struct, UnsetType

from rejoinder.errors import Invalid
from rejoinder.people.types import JsonObject, Person
from rejoinder.tickets import rules
from rejoinder.tickets.matches.types import Field
from rejoinder.tickets.types import (
    Changes,
    ChannelDetail,
    ChannelSource,
    Priority,
    Status,
    TicketView,
)
from rejoinder.web.wording import BAD_DATETIME

_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST = datetime(9999, 12, 30, tzinfo=UTC)


AccessLevel = Literal["viewer", "editor", "manager"]


class AssigneeUser(Struct, frozen=True):
    email: str


class AssigneeRole(Struct, frozen=True):
    name: str


class AssigneeOut(Struct, frozen=True):
    """`id` is the user's number or the role's UUID."""

    id: int | UUID
    type: Literal["user", "role"]
    user: AssigneeUser | None
    role: AssigneeRole | None


class MatchOut(Struct, frozen=True):
    """Where a search found its text: up to 160 characters around the first hit."""

    message_id: UUID | None
    field: Field
    text: str


class TicketOut(Struct, frozen=True):
    """A ticket with its assignee and its person; `match` only where a search asked for it."""

    id: UUID
    ticket_number: int
    channel_source: ChannelSource
    channel_detail: ChannelDetail | None
    distinct_id: str
    status: Status
    priority: Priority | None
    assignee: AssigneeOut | None
    anonymous_traits: JsonObject
    identity_verified: bool | None
    ai_resolved: bool
    escalation_reason: str | None
    ai_triage: JsonObject
    created_at: datetime
    updated_at: datetime
    message_count: int
    last_message_at: datetime | None
    last_message_text: str | None
    unread_team_count: int
    unread_customer_count: int
    session_id: str | None
    session_context: JsonObject
    sla_due_at: datetime | None
    snoozed_until: datetime | None
    slack_channel_id: str | None
    slack_thread_ts: str | None
    slack_team_id: str | None
    email_subject: str | None
    email_from: str | None
    email_to: str | None
    cc_participants: list[str]
    github_repo: str | None
    github_issue_number: int | None
    zendesk_ticket_id: int | None
    organization_id: str | None
    organization_id_source: str | None
    person: Person | None
    tags: list[str]
    user_access_level: AccessLevel
    merged_into: UUID | None
    match: MatchOut | UnsetType | None = UNSET


_encode = msgspec.json.Encoder().encode


def encoded(ticket: TicketOut) -> Raw:
    """The ticket as JSON."""
    return Raw(_encode(ticket))


def ticket_out(view: TicketView, access_level: AccessLevel) -> TicketOut:
    """The wire's ticket; `access_level` is the caller's on it."""
    return TicketOut(
        view.id,
        view.ticket_number,
        view.channel_source,
        view.channel_detail,
        view.distinct_id,
        view.status,
        view.priority,
        assignee_out(view),
        view.anonymous_traits,
        view.identity_verified,
        view.ai_resolved,
        view.escalation_reason,
        view.ai_triage,
        view.created_at,
        view.updated_at,
        view.message_count,
        view.last_message_at,
        view.last_message_text,
        view.unread_team_count,
        view.unread_customer_count,
        view.session_id,
        view.session_context,
        view.sla_due_at,
        view.snoozed_until,
        None,
        None,
        None,
        view.email_subject,
        view.email_from,
        view.email_to,
        view.cc_participants,
        None,
        None,
        None,
        None,
        None,
        _person_out(view),
        view.tags,
        access_level,
        view.merged_into,
    )


def assignee_out(view: TicketView) -> AssigneeOut | None:
    if view.assignee_user_id is not None:
        user = AssigneeUser(view.assignee_user_email or "")
        return AssigneeOut(view.assignee_user_id, "user", user, None)
    if view.assignee_role_id is not None:
        role = AssigneeRole(view.assignee_role_name or "")
        return AssigneeOut(view.assignee_role_id, "role", None, role)
    return None


def _person_out(view: TicketView) -> Person | None:
    if view.person_id is None:
        return None
    fields: tuple[Any, ...] = (
        view.person_id,
        view.person_name,
        view.person_distinct_ids,
        view.person_properties,
        view.person_created_at,
        view.person_is_identified,
    )
    return Person(*fields)


class UnreadCount(Struct, frozen=True):
    """The sum of unread messages over tickets that are not resolved."""

    count: int


AssigneeIn = Annotated[
    Any,
    Meta(
        extra_json_schema={
            "extra": {
                "type": ["object", "null"],
                "properties": {
                    "type": {"type": "string", "enum": ["user", "role"]},
                    "id": {"type": ["integer", "string"]},
                },
                "required": ["type", "id"],
            }
        }
    ),
]
"""Checked by `rules.parse_assignee`, in the wire's own words."""

Time = Annotated[str, Meta(extra_json_schema={"extra": {"format": "date-time"}})]
"""Read by `moment`: a decoder that is lax for the sake of forms would take numbers, too."""


class PatchTicket(Struct, frozen=True, kw_only=True):
    """What a ticket's PATCH and PUT may change; what is absent stays as it is."""

    status: Status | UnsetType = UNSET
    priority: Priority | UnsetType | None = UNSET
    assignee: AssigneeIn | UnsetType = UNSET
    anonymous_traits: dict[str, Any] | UnsetType = UNSET
    ai_resolved: bool | UnsetType = UNSET
    escalation_reason: str | UnsetType | None = UNSET
    sla_due_at: Time | UnsetType | None = UNSET
    snoozed_until: Time | UnsetType | None = UNSET
    tags: list[str] | UnsetType = UNSET


class CreateTicket(PatchTicket, frozen=True, kw_only=True):
    """A new ticket; everything may be absent. `message` is the customer's first one."""

    channel_source: ChannelSource = "widget"
    channel_detail: ChannelDetail | None = None
    distinct_id: Annotated[str, Meta(max_length=400)] = ""
    email_subject: Annotated[str, Meta(max_length=500)] | None = None
    email_from: Annotated[str, Meta(max_length=254)] | None = None
    message: Annotated[str, Meta(max_length=10_000)] | None = None


Ids = Annotated[list[UUID], Meta(min_length=1, max_length=500)]


class BulkIds(Struct, frozen=True):
    """Which tickets are meant."""

    ids: Ids


class BulkUpdate(Struct, frozen=True):
    """What a PATCH takes, for each of these tickets."""

    ids: Ids
    changes: PatchTicket


class BulkStatus(Struct, frozen=True):
    """The same status for these tickets."""

    ids: Ids
    status: Status


class BulkTags(Struct, frozen=True):
    """Tags to add to these tickets, to remove from them, or to set instead of theirs."""

    ids: Ids
    action: Literal["add", "remove", "set"]
    tags: list[str]


class BulkStatusOut(Struct, frozen=True):
    """The tickets that had another status."""

    updated: int
    ids: list[UUID]


class Tagged(Struct, frozen=True):
    """A ticket and the tags it has now."""

    id: UUID
    tags: list[str]


class Skipped(Struct, frozen=True):
    """A ticket that nothing was done to, and why."""

    id: UUID
    reason: Literal["not_found", "too_many_tags"]


class BulkOut(Struct, frozen=True):
    """Each id once: changed, as wanted already, or left alone."""

    updated: list[UUID]
    unchanged: list[UUID]
    skipped: list[Skipped]


class BulkTagsOut(Struct, frozen=True):
    """Each id once: with its tags, or left alone."""

    updated: list[Tagged]
    skipped: list[Skipped]


def changes_of(data: PatchTicket) -> Changes:
    """What is wanted, read and checked as far as the database need not be asked.

    Raises:
        Invalid: a value is none that its field can have.
    """
    assignee = data.assignee
    return Changes(
        status=data.status,
        priority=data.priority,
        assignee=UNSET if assignee is UNSET else rules.parse_assignee(assignee),
        anonymous_traits=data.anonymous_traits,
        ai_resolved=data.ai_resolved,
        escalation_reason=data.escalation_reason,
        sla_due_at=moment(data.sla_due_at, "sla_due_at"),
        snoozed_until=moment(data.snoozed_until, "snoozed_until"),
        tags=UNSET if data.tags is UNSET else rules.normal_tags(data.tags),
    )


def moment(text: str | UnsetType | None, attr: str) -> datetime | UnsetType | None:
    """The time that `text` says, in UTC; one without a zone is meant as UTC.

    Raises:
        Invalid: it says none, or one where PostgreSQL or Python could not follow.
    """
    if not isinstance(text, str):
        return text
    try:
        said = datetime.fromisoformat(text)
        said = (said if said.tzinfo else said.replace(tzinfo=UTC)).astimezone(UTC)
    except ValueError:
        raise Invalid(BAD_DATETIME, attr=attr) from None
    except OverflowError:
        said = None
    if said is None or not _EARLIEST <= said <= _LATEST:
        raise Invalid("Give a time between 1970 and 9999.", attr=attr)
    return said
