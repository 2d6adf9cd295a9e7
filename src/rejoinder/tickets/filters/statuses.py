"""Statuses as conditions, in the words by which indexes are found."""

from collections.abc import Iterable, Sequence
from typing import Final

from rejoinder.db.sql import Clause, Walked
from rejoinder.tickets.types import STATUSES, Status

_OPEN: Final = frozenset(STATUSES) - {"resolved"}


def clauses(wanted: Sequence[Status]) -> Iterable[Clause]:
    """What is open has indexes of its own, known by these very words of their condition."""
    are_open = _OPEN.issuperset(wanted)
    # One status walks an index in the list's order; several would have to be sorted.
    match wanted:
        case []:
            pass
        case [status] if are_open:
            yield Walked("t.status <> 'resolved' AND t.status = ?", status)
        case [status]:
            yield Walked("t.status = ?", status)
        case _ if are_open and len(wanted) == len(_OPEN):
            yield Walked("t.status <> 'resolved'")
        case _ if are_open:
            yield Clause("t.status <> 'resolved' AND t.status = ANY(?)", wanted)
        case _:
            yield Clause("t.status = ANY(?)", wanted)
