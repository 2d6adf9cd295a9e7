"""The statements that count lists: each in the cheapest way there is for it."""

from collections.abc import Sequence

from rejoinder.db.pool import Queryable
from rejoinder.db.sql import Clause, Statement, compose, load, union
from rejoinder.tickets.counts.types import Count, CountOfPart
from rejoinder.tickets.filters import orders
from rejoinder.tickets.filters.vocabulary import TicketFilter
from rejoinder.tickets.types import STATUSES

sql = load(__package__)


async def count_all(
    db: Queryable, project_id: int, lists: Sequence[TicketFilter], most: int
) -> list[Count]:
    """How many tickets each list has; none is looked through beyond `most`."""
    statement, args = union([_part(project_id, each, most) for each in lists])
    rows = await db.many(CountOfPart, statement, *args)
    counts = {row.part: Count(row.count, row.exact) for row in rows}
    return [counts.get(part, Count(0, exact=True)) for part in range(len(lists))]


def _part(project_id: int, wanted: TicketFilter, most: int) -> tuple[Statement, list[object]]:
    if wanted.text is not None:
        args = (project_id, most, wanted.text.pattern)
        return compose(sql.containing, args, where=wanted.clauses)
    if wanted.others:
        return compose(sql.matching, (project_id, most), where=wanted.clauses)
    return compose(sql.in_statuses, (project_id, wanted.statuses or STATUSES))


async def count_up_to(db: Queryable, project_id: int, where: Sequence[Clause], most: int) -> int:
    """How many tickets match; it stops counting at `most`."""
    base = sql.count_walked if orders.walks(where, orders.USUAL) else sql.count_up_to
    statement, args = compose(base, (project_id, most), where=where, most=orders.rounded(most))
    return await db.value(statement, *args)
