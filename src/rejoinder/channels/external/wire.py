"""What the external ticket API takes and answers; it has field names of its own."""

from datetime import datetime
from typing import Annotated, Any, Final, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from rejoinder.channels.external import rules
from rejoinder.channels.external.types import Change, SlaUnit, TagsMode, Weekday
from rejoinder.errors import Invalid
from rejoinder.tickets.business_hours import BusinessHours
from rejoinder.tickets.rules import normal_tags, parse_assignee
from rejoinder.tickets.types import ChannelDetail, ChannelSource, Priority, Status, TicketView
from rejoinder.tickets.wire import AssigneeIn, AssigneeOut, Time, assignee_out, moment

WallTime = Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]

_LONGEST_TAG: Final = 200
_MOST_TAGS: Final = 100


class SlaBusinessHours(Struct, frozen=True, kw_only=True):
    """When the clock runs: on these days, at any time or between two, in this zone."""

    days: Annotated[list[Weekday], Meta(min_length=1, max_length=7)]
    time: Literal["any"] | Annotated[list[WallTime], Meta(min_length=2, max_length=2)] = "any"
    timezone: Annotated[str, Meta(max_length=100)] = "UTC"


class PatchExternalTicket(Struct, frozen=True, kw_only=True):
    """What is absent stays as it is. A deadline is given as a time or as an amount from now."""

    status: Status | UnsetType = UNSET
    priority: Priority | UnsetType = UNSET
    sla_due_at: Time | UnsetType | None = UNSET
    sla_amount: Annotated[float, Meta(gt=0)] | None = None
    sla_unit: SlaUnit = "hour"
    sla_business_hours: SlaBusinessHours | None = None
    snoozed_until: Time | UnsetType | None = UNSET
    assignee: AssigneeIn | UnsetType = UNSET
    tags: (
        Annotated[list[Annotated[str, Meta(max_length=_LONGEST_TAG)]], Meta(max_length=_MOST_TAGS)]
        | UnsetType
    ) = UNSET
    tags_mode: TagsMode = "add"


def understood(patch: PatchExternalTicket, now: datetime) -> Change:
    """The change that is asked for.

    Raises:
        Invalid: names the field that makes no sense.
    """
    return Change(
        status=patch.status,
        priority=patch.priority,
        due_at=_due_at(patch, now),
        snoozed_until=moment(patch.snoozed_until, "snoozed_until"),
        assignee=UNSET if patch.assignee is UNSET else parse_assignee(patch.assignee),
        tags=UNSET if patch.tags is UNSET else normal_tags(patch.tags),
        tags_mode=patch.tags_mode,
    )


def _due_at(patch: PatchExternalTicket, now: datetime) -> datetime | UnsetType | None:
    if patch.sla_amount is None:
        return moment(patch.sla_due_at, "sla_due_at")
    if patch.sla_due_at is not UNSET:
        raise Invalid("Give sla_due_at or sla_amount, not both.", attr="sla_amount")
    hours = patch.sla_business_hours and _hours(patch.sla_business_hours)
    return rules.due_at(now, patch.sla_amount, patch.sla_unit, hours)


def _hours(given: SlaBusinessHours) -> BusinessHours:
    window = None if given.time == "any" else (given.time[0], given.time[1])
    return rules.business_hours(given.days, window, given.timezone)


class Done(Struct, frozen=True):
    """The change was made, or there was nothing to change."""

    ok: Literal[True] = True


class ExternalError(Struct, frozen=True):
    """A sentence, or for each refused field its sentences."""

    error: str | dict[str, list[str]]


class ExternalTicket(Struct, frozen=True):
    """A ticket as this API shows it: `number`, `sla` and `url` are called otherwise elsewhere."""

    id: UUID
    number: int
    status: Status
    priority: Priority | None
    channel_source: ChannelSource
    channel_detail: ChannelDetail | None
    distinct_id: str
    created_at: datetime
    updated_at: datetime
    message_count: int
    last_message_at: datetime | None
    last_message_text: str | None
    unread_team_count: int
    unread_customer_count: int
    sla: datetime | None
    snoozed_until: datetime | None
    assignee: AssigneeOut | None
    url: str | None
    slack_channel_id: str | None
    slack_thread_ts: str | None
    slack_team_id: str | None
    email_subject: str | None
    email_from: str | None
    email_to: str | None
    cc_participants: list[str]
    tags: list[str]


def external_ticket(view: TicketView) -> ExternalTicket:
    return ExternalTicket(
        id=view.id,
        number=view.ticket_number,
        status=view.status,
        priority=view.priority,
        channel_source=view.channel_source,
        channel_detail=view.channel_detail,
        distinct_id=view.distinct_id,
        created_at=view.created_at,
        updated_at=view.updated_at,
        message_count=view.message_count,
        last_message_at=view.last_message_at,
        last_message_text=view.last_message_text,
        unread_team_count=view.unread_team_count,
        unread_customer_count=view.unread_customer_count,
        sla=view.sla_due_at,
        snoozed_until=view.snoozed_until,
        assignee=assignee_out(view),
        url=_url(view),
        slack_channel_id=None,
        slack_thread_ts=None,
        slack_team_id=None,
        email_subject=view.email_subject,
        email_from=view.email_from,
        email_to=view.email_to,
        cc_participants=view.cc_participants,
        tags=view.tags,
    )


def _url(view: TicketView) -> str | None:
    """The page on which the customer began to write."""
    url = msgspec.json.decode(view.session_context, type=dict[str, Any]).get("current_url")
    return url if isinstance(url, str) else None
