"""Which deliveries a reader wants."""

from collections.abc import Mapping
from typing import get_args
from uuid import UUID

from rejoinder.db.sql import Clause
from rejoinder.errors import Invalid
from rejoinder.webhooks.types import State


def clauses(given: Mapping[str, str]) -> list[Clause]:
    """What the parameters `state`, `event_type` and `ticket` ask for.

    Raises:
        Invalid: there is no such state, or `ticket` is not an id.
    """
    found: list[Clause] = []
    if state := given.get("state"):
        if state not in get_args(State):
            message = f'"{state}" is not a valid choice.'
            raise Invalid(message, attr="state", code="invalid_choice")
        found.append(Clause("d.state = ?", state))
    if event_type := given.get("event_type"):
        found.append(Clause("d.event_type = ?", event_type))
    if ticket := given.get("ticket"):
        try:
            found.append(Clause("d.ticket_id = ?", UUID(ticket)))
        except ValueError:
            raise Invalid("Give the ticket's id.", attr="ticket") from None
    return found


def before(event_id: UUID) -> Clause:
    """The page behind the delivery of that event."""
    return Clause("d.event_id < ?", event_id)
