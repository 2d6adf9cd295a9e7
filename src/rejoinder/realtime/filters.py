"""Which events of the log a reader wants."""

from collections.abc import Mapping
from uuid import UUID

from msgspec import Struct

from rejoinder.db.sql import Clause
from rejoinder.errors import Invalid
from rejoinder.events.event import Position, Recorded


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

    def matches(self, event: Recorded) -> bool:
        if self.types and event.type not in self.types:
            return False
        return self.ticket_id is None or self.ticket_id == event.ticket_id


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
