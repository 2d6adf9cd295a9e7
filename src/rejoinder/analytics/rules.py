"""Which analytics event stands for which of ours, and with which properties."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

import msgspec

from rejoinder.analytics.types import Captured, Facts
from rejoinder.events.event import ActorKind

Properties = dict[str, Any]

_LONGEST_CONTENT: Final = 1_000
_ACTOR_TYPES: Final[Mapping[ActorKind, str]] = {
    "user": "user",
    "person": "customer",
    "key": "external",
    "rule": "system",
    "system": "system",
}


def captured(facts: Facts, token: str) -> Captured:
    """The analytics event for one of ours."""
    name, extra = _KINDS[facts.type]
    return Captured(
        api_key=token or facts.api_token,
        event=name,
        distinct_id=_distinct_id(facts),
        properties=_base(facts) | extra(facts),
        timestamp=facts.at,
        uuid=facts.id,
    )


def _distinct_id(facts: Facts) -> str:
    """Who the event belongs to: a teammate who acted, else the customer, else the channel."""
    if facts.actor_kind == "user":
        return facts.actor_id
    return facts.distinct_id or facts.channel_source or "unknown"


def _base(facts: Facts) -> Properties:
    return {
        "ticket_id": str(facts.ticket_id),
        "ticket_number": facts.ticket_number,
        "channel_source": facts.channel_source,
        "channel_detail": facts.channel_detail,
        "status": facts.status,
        "priority": facts.priority,
    }


def _customer(facts: Facts) -> Properties:
    return {
        "customer_name": facts.customer_name or "",
        "customer_email": facts.customer_email or "",
    }


def _actor_and_customer(facts: Facts) -> Properties:
    return {
        "actor_type": _ACTOR_TYPES[facts.actor_kind],
        "actor_id": facts.actor_id,
        "actor_email": facts.actor_email,
        "customer_distinct_id": facts.distinct_id,
        **_customer(facts),
    }


def _status_changed(facts: Facts) -> Properties:
    change = _payload(facts)
    changed = {"old_status": change["previous"], "new_status": change["status"]}
    return changed | {"status": change["status"]} | _actor_and_customer(facts)


def _priority_changed(facts: Facts) -> Properties:
    change = _payload(facts)
    changed = {"old_priority": change["previous"], "new_priority": change["priority"]}
    return changed | {"priority": change["priority"]} | _actor_and_customer(facts)


def _assigned(facts: Facts) -> Properties:
    assignee = _payload(facts)["assignee"]
    return {
        "assignee_type": assignee and assignee["type"],
        "assignee_id": assignee and str(assignee["id"]),
        **_actor_and_customer(facts),
    }


def _message(facts: Facts, author_type: str) -> Properties:
    return {
        "message_id": _payload(facts)["message_id"],
        "message_content": (facts.content or "")[:_LONGEST_CONTENT],
        "author_type": author_type,
    }


def _sent(facts: Facts) -> Properties:
    sla = _sla(facts.sla_due_at, facts.message_at or facts.at)
    return _message(facts, "team") | _actor_and_customer(facts) | sla


def _received(facts: Facts) -> Properties:
    return _message(facts, "customer") | _customer(facts)


def _sla(due_at: datetime | None, answered_at: datetime) -> Properties:
    """How the answer stands to the deadline; late is positive."""
    delta = None if due_at is None else (answered_at - due_at).total_seconds()
    return {
        "sla_due_at": due_at and due_at.isoformat(),
        "sla_active": due_at is not None,
        "sla_breached": delta is not None and delta > 0,
        "sla_delta_seconds": delta,
    }


def _payload(facts: Facts) -> Properties:
    return msgspec.json.decode(facts.payload, type=dict[str, Any])


_KINDS: Final[Mapping[str, tuple[str, Callable[[Facts], Properties]]]] = {
    "ticket.created": ("$conversation_ticket_created", _customer),
    "ticket.status_changed": ("$conversation_ticket_status_changed", _status_changed),
    "ticket.priority_changed": ("$conversation_ticket_priority_changed", _priority_changed),
    "ticket.assigned": ("$conversation_ticket_assigned", _assigned),
    "message.sent": ("$conversation_message_sent", _sent),
    "message.received": ("$conversation_message_received", _received),
}
CAPTURED_TYPES: Final = frozenset(_KINDS)
