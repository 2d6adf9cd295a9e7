"""What tickets announce, each with its `ticket_id`, and with what was before in `previous`."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from rejoinder.events.event import Event
from rejoinder.people.types import JsonObject
from rejoinder.tickets.types import Assignee, ChannelSource, Priority, Status

UnmergedBy = Literal["asked", "status", "written", "purged"]


class TicketCreated(Event, frozen=True, kw_only=True, tag="ticket.created"):
    """A ticket exists, with its number and everything that later events may change."""

    ticket_number: int
    channel_source: ChannelSource
    distinct_id: str
    status: Status
    priority: Priority | None
    assignee: Assignee | None
    tags: list[str]
    anonymous_traits: dict[str, Any]
    ai_resolved: bool
    escalation_reason: str | None
    sla_due_at: datetime | None
    snoozed_until: datetime | None


class TicketStatusChanged(Event, frozen=True, kw_only=True, tag="ticket.status_changed"):
    """The status is another one."""

    status: Status
    previous: Status


class TicketPriorityChanged(Event, frozen=True, kw_only=True, tag="ticket.priority_changed"):
    """The priority is another one, or none."""

    priority: Priority | None
    previous: Priority | None


class TicketAssigned(Event, frozen=True, kw_only=True, tag="ticket.assigned"):
    """Another user or role has the ticket, or nobody."""

    assignee: Assignee | None
    previous: Assignee | None


class TicketTagged(Event, frozen=True, kw_only=True, tag="ticket.tagged"):
    """The set of tags is another one."""

    tags: list[str]
    previous: list[str]


class TicketSnoozed(Event, frozen=True, kw_only=True, tag="ticket.snoozed"):
    """The ticket sleeps until then, or was woken (None)."""

    snoozed_until: datetime | None
    previous: datetime | None


class TicketSlaChanged(Event, frozen=True, kw_only=True, tag="ticket.sla_changed"):
    """The deadline is another one, or none."""

    sla_due_at: datetime | None
    previous: datetime | None


class TicketTraitsChanged(Event, frozen=True, kw_only=True, tag="ticket.traits_changed"):
    """What the customer is claimed to be was replaced."""

    anonymous_traits: dict[str, Any]
    previous: JsonObject


class TicketAiResolvedChanged(Event, frozen=True, kw_only=True, tag="ticket.ai_resolved_changed"):
    """Whether AI resolved the ticket was set."""

    ai_resolved: bool
    previous: bool


class TicketEscalationReasonChanged(
    Event, frozen=True, kw_only=True, tag="ticket.escalation_reason_changed"
):
    """Why a human was asked for was set."""

    escalation_reason: str | None
    previous: str | None


class TicketReadByTeam(Event, frozen=True, kw_only=True, tag="ticket.read_by_team"):
    """The team has seen what was unread; `previous` is how many messages that were."""

    previous: int


class TicketMarkedUnread(Event, frozen=True, kw_only=True, tag="ticket.marked_unread"):
    """A teammate wants the ticket to count as unread, which it did not."""


class TicketReadByCustomer(Event, frozen=True, kw_only=True, tag="ticket.read_by_customer"):
    """The customer has seen what was unread; `previous` is how many messages that were."""

    previous: int


class TicketCustomerChanged(Event, frozen=True, kw_only=True, tag="ticket.customer_changed"):
    """The ticket belongs to another distinct id, or whose it is was proven."""

    distinct_id: str
    identity_verified: bool | None
    previous: str


class TicketReclaimed(Event, frozen=True, kw_only=True, tag="ticket.reclaimed"):
    """Its customer goes on with it in another browser, having proven the e-mail address."""


class TicketMerged(Event, frozen=True, kw_only=True, tag="ticket.merged"):
    """The ticket is part of another one until it is unmerged, with the status `previous` again."""

    into: UUID
    previous: Status


class TicketAbsorbed(Event, frozen=True, kw_only=True, tag="ticket.absorbed"):
    """Another ticket was merged into this one."""

    absorbed: UUID


class TicketUnmerged(Event, frozen=True, kw_only=True, tag="ticket.unmerged"):
    """The ticket stands for itself again, and not for a part of `previous`; `reason` says why."""

    reason: UnmergedBy
    previous: UUID


class TicketDeleted(Event, frozen=True, kw_only=True, tag="ticket.deleted"):
    """The ticket is invisible and will be purged."""


class TicketRestored(Event, frozen=True, kw_only=True, tag="ticket.restored"):
    """A deleted ticket is back."""


class TicketPurged(Event, frozen=True, kw_only=True, tag="ticket.purged"):
    """The ticket and its messages are gone for good."""

    ticket_number: int


class CountersRepaired(Event, frozen=True, kw_only=True, tag="counters.repaired"):
    """The project's counters differed from a recount: new … resolved, unread."""

    counted: list[int]
    previous: list[int]
