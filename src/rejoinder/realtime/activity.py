"""A ticket's events in the words of PostHog's activity log."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

import msgspec

from rejoinder.auth.types import User
from rejoinder.events.event import Recorded
from rejoinder.realtime.wire import (
    Activity,
    ActivityChange,
    ActivityDetail,
    activity_user,
)

_FIELDS: Final[Mapping[str, str]] = {
    "ticket.status_changed": "status",
    "ticket.priority_changed": "priority",
    "ticket.assigned": "assignee",
    "ticket.tagged": "tags",
    "ticket.snoozed": "snoozed_until",
    "ticket.sla_changed": "sla_due_at",
    "ticket.traits_changed": "anonymous_traits",
    "ticket.ai_resolved_changed": "ai_resolved",
    "ticket.escalation_reason_changed": "escalation_reason",
}
"""Which field of the ticket an event changes; the event has it under the same name."""

_ACTIVITIES: Final[Mapping[str, str]] = {
    "ticket.created": "created",
    "ticket.assigned": "assigned",
    "ticket.deleted": "deleted",
    "ticket.restored": "restored",
    "ticket.purged": "purged",
}
"""What the log calls an event; everything else is `updated`."""

SHOWN: Final = sorted({*_FIELDS, *_ACTIVITIES})


def activity(event: Recorded, ticket_id: UUID, number: int, users: Mapping[str, User]) -> Activity:
    """The event as an entry of its ticket's log; `users` are those it may name, by actor id."""
    data = msgspec.json.decode(event.payload, type=dict[str, Any])
    changes: list[ActivityChange] = []
    if field := _FIELDS.get(event.type):
        change = ActivityChange("Ticket", "changed", field, data.get("previous"), data.get(field))
        changes.append(change)
    is_user = event.actor_kind == "user"
    return Activity(
        id=event.id,
        user=activity_user(users.get(event.actor_id)) if is_user else None,
        activity=_ACTIVITIES.get(event.type, "updated"),
        scope="Ticket",
        item_id=ticket_id,
        detail=ActivityDetail(f"Ticket #{number}", changes),
        created_at=event.at,
        is_system=event.actor_kind == "system",
        unread=False,
    )
