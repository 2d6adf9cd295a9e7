"""Which of their notifications a teammate wants."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from rejoinder.db.sql import Clause

_YES: Final = frozenset({"true", "1"})


Position = tuple[datetime, UUID]


def clauses(given: Mapping[str, str], after: Position | None) -> list[Clause]:
    """What the parameter `unread` asks for, and only what lies behind the position in the list."""
    found: list[Clause] = []
    if given.get("unread", "").lower() in _YES:
        found.append(Clause("n.read_at IS NULL"))
    if after is not None:
        found.append(Clause("(n.created_at, n.id) < (?, ?)", *after))
    return found
