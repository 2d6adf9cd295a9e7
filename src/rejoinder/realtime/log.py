"""Reading on in a project's log: what is wanted of its next part, and where that part ends."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from rejoinder.db.pool import Queryable
from rejoinder.db.sql import Clause
from rejoinder.events.event import Position, Recorded
from rejoinder.events.queries import log, walk
from rejoinder.realtime.filters import Wanted

# Who wants few of many events would have the whole log walked for one answer.
MOST_WALKED: Final = 10_000


class Portion(Struct, frozen=True):
    """The wanted events of a part of the log; reading goes on after `end`, even without any."""

    events: Sequence[Recorded]
    end: Position
    has_more: bool


async def read_on(
    db: Queryable,
    project_id: int,
    after: Position,
    want: Wanted,
    limit: int,
    most_walked: int = MOST_WALKED,
) -> Portion:
    """At most so many events, out of at most so many rows of the log."""
    clauses = want.clauses()
    if not clauses:
        found = await log(db, project_id, after, (), limit)
        return Portion(found, found[-1].position if found else after, len(found) == limit)
    walked = await walk(db, project_id, after, most_walked)
    if walked is None:
        return Portion((), after, has_more=False)
    end = walked.position
    clauses.append(Clause("(e.xid, e.seq) <= (?::text::xid8, ?)", str(end.xid), end.seq))
    found = await log(db, project_id, after, clauses, limit)
    if len(found) == limit:
        return Portion(found, found[-1].position, has_more=True)
    return Portion(found, end, walked.count == most_walked)
