"""Search: a number finds its ticket, any other text the tickets that contain it somewhere."""

import re
from collections.abc import Iterable
from typing import Final

from rejoinder.db.sql import Clause

_LONGEST: Final = 200
_NUMBER: Final = re.compile(r"#?([0-9]{1,18})")


def clauses(text: str) -> Iterable[Clause]:
    """The condition for `text`; none when it is empty or too long to be meant."""
    wanted = text.strip()
    if not 0 < len(wanted) <= _LONGEST:
        return
    if match := _NUMBER.fullmatch(wanted):
        yield Clause("t.ticket_number = ?", int(match[1]))
        return
    pattern = like(wanted)
    yield Clause(
        """t.id IN (
            SELECT m.ticket_id FROM messages m
            WHERE m.project_id = $1 AND m.deleted_at IS NULL AND m.content ILIKE ?
            UNION
            SELECT s.id FROM tickets s
            WHERE s.project_id = $1 AND s.deleted_at IS NULL AND
                (coalesce(s.anonymous_traits ->> 'name', '') || E'\\n'
                || coalesce(s.anonymous_traits ->> 'email', '') || E'\\n'
                || coalesce(s.email_subject, '')) ILIKE ?
        )""",
        pattern,
        pattern,
    )


def like(text: str) -> str:
    """A LIKE pattern that finds `text` anywhere, each of its characters meant literally."""
    return "%" + re.sub(r"([\\%_])", r"\\\1", text) + "%"
