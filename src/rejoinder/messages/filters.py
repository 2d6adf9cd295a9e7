"""The vocabulary of the comments list."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID

from rejoinder.db.sql import Clause
from rejoinder.tickets.filters.search import like

_LONGEST_SEARCH = 200

Position = tuple[datetime, UUID]
"""The time and id of the last comment seen."""


def where(given: Mapping[str, str], after: Position | None = None) -> list[Clause]:
    """The conditions of the parameters, and of the page that goes on after `after`."""
    return [*_clauses(given), *([] if after is None else [_older(after)])]


def _older(than: Position) -> Clause:
    return Clause("(m.created_at, m.id) < (?, ?)", *than)


def _clauses(given: Mapping[str, str]) -> Iterator[Clause]:
    if given.get("deleted", "").lower() == "true":
        yield Clause("m.deleted_at IS NOT NULL")
    else:
        yield Clause("m.deleted_at IS NULL")
    if 0 < len(text := given.get("search", "").strip()) <= _LONGEST_SEARCH:
        yield Clause("m.content ILIKE ?", like(text))
    try:
        if source := given.get("source_comment"):
            yield Clause("m.source_id = ?", UUID(source))
    except ValueError:
        # As everywhere on the wire: what cannot match anything known is ignored.
        return
