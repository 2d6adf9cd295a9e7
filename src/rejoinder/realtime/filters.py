"""Which events of the log a reader wants."""

from collections.abc import Mapping
from uuid import UUID

from msgspec import Struct

from rejoinder.db.sql import Clause
from rejoinder.errors import Invalid
from rejoinder.events.event import Position, Recorded

Topic = tuple[str, UUID | None]
"""A type and a ticket; an empty type and no ticket stand for any."""


class Wanted(Struct, frozen=True):
    """Types (none given: all) and a ticket."""

    types: frozenset[str]
    ticket_id: UUID | None

    def clauses(self) -> list[Clause]:
        clauses: list[Clause] = []
        if self.types:
            clauses.append(Clause("e.type = ANY(?)", sorted(self.types)))
        if self.ticket_id is not None:
            clauses.append(Clause("e.ticket_id = ?", self.ticket_id))
        return clauses

    def includes(self, ticket_id: UUID) -> bool:
        """Whether it is about this ticket, too."""
        return self.ticket_id in (None, ticket_id)

    def topics(self) -> list[Topic]:
        """What it waits for; an event that is wanted has exactly one of them."""
        return [(type_, self.ticket_id) for type_ in self.types or {""}]


def topics_of(event: Recorded) -> set[Topic]:
    """The topics under which somebody may wait for the event."""
    return {
        (type_, ticket_id) for type_ in (event.type, "") for ticket_id in (event.ticket_id, None)
    }


def wanted(given: Mapping[str, str]) -> Wanted:
    """What the parameters `types` (comma list) and `ticket` (a ticket's id) ask for.

    Raises:
        Invalid: `ticket` is not an id.
    """
    types = frozenset(item for part in given.get("types", "").split(",") if (item := part.strip()))
    try:
        ticket = UUID(text) if (text := given.get("ticket")) else None
    except ValueError:
        raise Invalid("Give the ticket's id.", attr="ticket") from None
    return Wanted(types, ticket)


def position(text: str, attr: str) -> Position:
    """A cursor of ours.

    Raises:
        Invalid: it is not one.
    """
    try:
        return Position.parse(text)
    except ValueError:
        raise Invalid("This cursor is not valid.", attr=attr) from None
