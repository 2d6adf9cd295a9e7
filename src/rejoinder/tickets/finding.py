"""Finding the tickets that contain a text, in the list's order, without reading them all.

Looking into the list's tickets one by one is cheap for a text that many contain, the index for one
that few contain. The newest tickets are looked into first: where none of a hundred contains the
text, the index has the answer at once; else how many of a thousand do tells which way is the
shorter one for the rest. The dearest text is the one in between, and its cost grows with the square
root of the data. docs/performance.md has the figures and says where the bounds apply.
"""

from collections.abc import Sequence
from functools import partial
from typing import Final, LiteralString, NamedTuple

from rejoinder.db.pool import Queryable
from rejoinder.db.sql import Clause
from rejoinder.tickets import queries
from rejoinder.tickets.filters.search import Text

# So many tickets are always looked into; so many if any of those contains it; so many at most.
GLANCE: Final = 100
NEAR: Final = 1_000
FAR: Final = 10_000
# So many messages are taken from the index at most, in no particular order.
CANDIDATES: Final = 20_000


class Matches(NamedTuple):
    """Ticket numbers in the list's order; `complete` when there are no others."""

    numbers: list[int]
    complete: bool


async def find(
    db: Queryable,
    project_id: int,
    where: Sequence[Clause],
    order: LiteralString,
    text: Text,
    needed: int,
) -> Matches:
    """At least the first `needed` tickets that contain the text.

    They may be fewer, and not the first ones, only where the text is no longer than two letters
    (then it is looked for in the first 10,000 tickets) or stands in more messages than we take.
    """
    first = partial(queries.matching_in_first, db, project_id, where, order, text.pattern)
    by_index = partial(queries.matching_by_index, db, project_id, where, order, text.pattern)
    near = await first(NEAR, needed, GLANCE if text.indexed else NEAR)
    if near.seen < NEAR or len(near.numbers) >= needed:
        return Matches(near.numbers, complete=near.seen < NEAR)
    if text.indexed and not near.numbers:
        found = await by_index(CANDIDATES, ())
        if found.seen < CANDIDATES:
            return Matches(found.numbers, complete=True)
        near = await first(NEAR, needed, NEAR)
    if not text.indexed or len(near.numbers) * FAR >= needed * NEAR:
        far = await first(FAR, needed, FAR)
        if far.seen < FAR or len(far.numbers) >= needed or not text.indexed:
            return Matches(far.numbers, complete=far.seen < FAR)
    found = await by_index(CANDIDATES, near.numbers)
    return Matches(found.numbers, complete=found.seen < CANDIDATES)
