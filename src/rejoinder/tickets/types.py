"""Tickets as commands lock them and as readers see them."""

from datetime import datetime
from typing import Any, Literal, get_args
from uuid import UUID

from msgspec import UNSET, Raw, Struct, UnsetType

from rejoinder.people.types import JsonObject

Status = Literal["new", "open", "pending", "on_hold", "resolved"]
Priority = Literal["low", "medium", "high", "critical"]
ChannelSource = Literal["widget", "email", "slack", "teams", "github"]
ChannelDetail = Literal[
    "slack_channel_message",
    "slack_bot_mention",
    "slack_emoji_reaction",
    "teams_channel_message",
    "teams_bot_mention",
    "widget_embedded",
    "widget_api",
    "github_issue",
]

TriageResult = Literal[
    "persisted",
    "suggested",
    "escalated_with_findings",
    "escalated_with_best",
    "escalated_no_reply",
    "skipped_unactionable",
    "blocked_unsafe",
    "blocked_unsafe_reply",
    "clarified",
    "suggested_clarification",
    "in_progress",
]

STATUSES: tuple[Status, ...] = get_args(Status)
PRIORITIES: tuple[Priority, ...] = get_args(Priority)
CHANNEL_SOURCES: tuple[ChannelSource, ...] = get_args(ChannelSource)
CHANNEL_DETAILS: tuple[ChannelDetail, ...] = get_args(ChannelDetail)

TRIAGE_RESULTS: tuple[TriageResult, ...] = get_args(TriageResult)


class UserAssignee(Struct, frozen=True, tag_field="type", tag="user"):
    id: int


class RoleAssignee(Struct, frozen=True, tag_field="type", tag="role"):
    id: UUID


Assignee = UserAssignee | RoleAssignee


class Ticket(Struct, frozen=True):
    """The row as commands need it, read under its lock."""

    id: UUID
    ticket_number: int
    channel_source: ChannelSource
    status: Status
    priority: Priority | None
    assignee_user_id: int | None
    assignee_role_id: UUID | None
    anonymous_traits: Raw
    ai_resolved: bool
    escalation_reason: str | None
    updated_at: datetime
    unread_team_count: int
    sla_due_at: datetime | None
    snoozed_until: datetime | None
    tags: list[str]
    deleted_at: datetime | None
    distinct_id: str
    widget_session_id: str
    identity_verified: bool | None
    email_from: str | None
    unread_customer_count: int
    merged_into: UUID | None
    status_before_merge: Status | None

    @property
    def readers(self) -> tuple[str, str, str]:
        """Those among whose tickets it is: distinct id, widget session, e-mail address."""
        return self.distinct_id, self.widget_session_id, (self.email_from or "").lower()

    @property
    def assignee(self) -> Assignee | None:
        if self.assignee_user_id is not None:
            return UserAssignee(self.assignee_user_id)
        return None if self.assignee_role_id is None else RoleAssignee(self.assignee_role_id)


class TicketView(Struct, frozen=True):
    """The row as readers see it: the ticket, its assignee's name and its person, flat."""

    id: UUID
    ticket_number: int
    channel_source: ChannelSource
    channel_detail: ChannelDetail | None
    distinct_id: str
    status: Status
    priority: Priority | None
    assignee_user_id: int | None
    assignee_user_email: str | None
    assignee_role_id: UUID | None
    assignee_role_name: str | None
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
    email_subject: str | None
    email_from: str | None
    email_to: str | None
    cc_participants: list[str]
    tags: list[str]
    person_id: UUID | None
    person_name: str | None
    person_distinct_ids: list[str] | None
    person_properties: JsonObject | None
    person_created_at: datetime | None
    person_is_identified: bool | None
    merged_into: UUID | None


class Version(Struct, frozen=True):
    """What a ticket looks like depends on this alone: two that are equal look alike.

    The numbers are those of the transactions that wrote the rows of the ticket and its person.
    """

    id: UUID
    version: int
    assignee_user_email: str | None
    assignee_role_name: str | None
    person_id: UUID | None
    person_version: int | None


class VersionedView(TicketView, frozen=True):
    """The row as readers see it, and the transactions that wrote it."""

    version: int
    person_version: int | None

    @property
    def version_of_all(self) -> Version:
        return Version(
            self.id,
            self.version,
            self.assignee_user_email,
            self.assignee_role_name,
            self.person_id,
            self.person_version,
        )


class Key(Struct, frozen=True):
    """A ticket's place in the tenant, as background work hands it around."""

    project_id: int
    id: UUID


class MarkedRead(Struct, frozen=True):
    """How many messages were unread until now, and the version of the ticket that had them."""

    unread: int
    updated_at: datetime


class NewTicket(Struct, frozen=True, kw_only=True):
    """A ticket's columns at its creation.

    With `first_text` it counts the customer's first message from the beginning: whoever gives it
    adds that message in the same transaction, at the ticket's `last_message_at`.
    """

    id: UUID
    channel_source: ChannelSource
    channel_detail: ChannelDetail | None
    status: Status
    priority: Priority | None
    distinct_id: str
    assignee: Assignee | None
    anonymous_traits: dict[str, Any]
    ai_resolved: bool
    escalation_reason: str | None
    sla_due_at: datetime | None
    snoozed_until: datetime | None
    tags: list[str]
    email_subject: str | None
    email_from: str | None
    widget_session_id: str = ""
    session_id: str | None = None
    session_context: dict[str, Any] = {}
    identity_verified: bool | None = None
    first_text: str | None = None


class Changes(Struct, frozen=True, kw_only=True):
    """What a teammate wants to be different about a ticket; what is absent stays as it is."""

    status: Status | UnsetType = UNSET
    priority: Priority | UnsetType | None = UNSET
    assignee: Assignee | UnsetType | None = UNSET
    anonymous_traits: dict[str, Any] | UnsetType = UNSET
    ai_resolved: bool | UnsetType = UNSET
    escalation_reason: str | UnsetType | None = UNSET
    sla_due_at: datetime | UnsetType | None = UNSET
    snoozed_until: datetime | UnsetType | None = UNSET
    tags: list[str] | UnsetType = UNSET


class Customer(Struct, frozen=True, kw_only=True):
    """What a ticket holds about its customer; traits and context are merged into those it has."""

    traits: dict[str, Any]
    session_context: dict[str, Any]
    session_id: str | None
    distinct_id: str
    identity_verified: bool | None
    widget_session_id: str


class Found(Struct, frozen=True):
    """Ticket numbers in order, and how many tickets or messages were looked at for them."""

    seen: int
    numbers: list[int]


class CountedPage(Struct, frozen=True):
    """The ids of a page in order, and how many tickets match as far as was counted."""

    count: int
    ids: list[UUID]


class Drift(Struct, frozen=True):
    """A project whose counters differ from a recount; each list is new … resolved, unread."""

    project_id: int
    counted: list[int]
    kept: list[int]
