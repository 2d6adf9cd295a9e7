"""The list of tickets, by offset and by cursor, and the count of what is unread."""

from collections.abc import Sequence
from typing import Final

from litestar import Response, get
from litestar.di import NamedDependency

from rejoinder import clock
from rejoinder.auth.guards import TeamRequest, requires
from rejoinder.cache.cached import Cached
from rejoinder.db.sql import Clause
from rejoinder.tickets import queries
from rejoinder.tickets.filters import orders, vocabulary
from rejoinder.tickets.filters.vocabulary import Asker, TicketFilter
from rejoinder.tickets.finding import find
from rejoinder.tickets.routes.shown import shown
from rejoinder.tickets.types import STATUSES, TicketView
from rejoinder.tickets.wire import TicketOut, UnreadCount
from rejoinder.web.answer import answer
from rejoinder.web.openapi import errors_of
from rejoinder.web.paging import (
    Page,
    Slice,
    cursor_link,
    decode_cursor,
    encode_cursor,
    page_links,
    slice_of,
)
from rejoinder.web.parameters import LIMIT, OFFSET, Parameter, reads

# Further than this nobody counts: the answer says so in a header, and the pages go on.
COUNTED_EXACTLY: Final = 1_000


@get(
    "/",
    guards=[requires("ticket:read")],
    summary="List tickets",
    operation_class=reads(
        LIMIT,
        OFFSET,
        {"cursor": Parameter("Begin with an empty one, then follow `next`; `offset` is ignored.")},
        {"order_by": Parameter(orders.DESCRIPTION)},
        {name: Parameter(text) for name, text in vocabulary.DESCRIPTIONS.items()},
    ),
    responses=errors_of(400, 401, 403, 404, 429),
)
async def list_tickets(request: TeamRequest) -> Response[Page[TicketOut]]:
    """Tickets with their persons, newest change first.

    Filters combine with AND; values they do not know are ignored. Up to 1,000 the count is exact;
    where more match a filter, it is a lower bound and `X-Count: at-least` says so.
    """
    given = request.query
    found = vocabulary.parse(given, Asker(request.caller.user_id, clock.now()))
    if "cursor" in given:
        return await _page_by_cursor(request, found, given["cursor"])
    part = slice_of(request)
    _, order = orders.order_of(given.get("order_by"))
    rows, count, exact = await _read(request, found, found.clauses, order, part)
    has_next = len(rows) == part.limit and (not exact or part.offset + part.limit < count)
    links = page_links(request, part, has_next=has_next)
    count = count if exact else max(count, part.offset + len(rows))
    return _page(request, rows, count, links.next, links.previous, exact=exact)


async def _page_by_cursor(
    request: TeamRequest, found: TicketFilter, cursor: str
) -> Response[Page[TicketOut]]:
    """The same list by keyset: every page costs what the first one costs."""
    part = slice_of(request)
    where = found.clauses
    if cursor:
        position = decode_cursor(cursor, orders.Position)
        name, order = orders.order_of(position[0])
        where = [*where, orders.behind(position)]
    else:
        name, order = orders.order_of(request.query.get("order_by"))
    part = Slice(part.limit)
    rows, count, exact = await _read(request, found, where, order, part)
    exact = exact and not (cursor and found.text)
    more = len(rows) == part.limit
    following = encode_cursor(orders.position_of(name, order, rows)) if more else None
    return _page(request, rows, count, cursor_link(request, following), None, exact=exact)


async def _read(
    request: TeamRequest,
    found: TicketFilter,
    where: Sequence[Clause],
    order: orders.Order,
    part: Slice,
) -> tuple[list[TicketView], int, bool]:
    """One page, how many tickets there are, and whether that is all of them."""
    db, project_id = request.database, request.caller.project_id
    limit, offset = part.limit, part.offset
    if found.text is None:
        rows = await queries.page(db, project_id, where, order.text, limit, offset)
        # The last page tells how many there are.
        if len(where) == len(found.clauses) and len(rows) < limit and (rows or not offset):
            return rows, offset + len(rows), True
        return rows, *await _count(request, found)
    # One more than the page holds: whether there is a next one.
    needed = offset + limit + 1
    matches = await find(db, project_id, where, order.text, found.text, needed)
    numbers = matches.numbers[offset : offset + limit]
    rows = await queries.page_of(db, project_id, numbers, order.text)
    return rows, len(matches.numbers), matches.complete


async def _count(request: TeamRequest, found: TicketFilter) -> tuple[int, bool]:
    """How many tickets match, and whether that is all of them or only as far as we counted."""
    project_id = request.caller.project_id
    if not found.others:
        statuses = found.statuses or STATUSES
        return await queries.count_by_status(request.database, project_id, statuses), True
    count = await queries.count_up_to(
        request.database, project_id, found.clauses, COUNTED_EXACTLY + 1
    )
    return min(count, COUNTED_EXACTLY), count <= COUNTED_EXACTLY


def _page(
    request: TeamRequest,
    rows: list[TicketView],
    count: int,
    following: str | None,
    previous: str | None,
    *,
    exact: bool,
) -> Response[Page[TicketOut]]:
    results = [shown(request, row) for row in rows]
    headers = None if exact else {"X-Count": "at-least"}
    return answer(Page(count, following, previous, results), headers=headers)


@get(
    "/unread_count",
    guards=[requires("ticket:read")],
    summary="Count unread messages",
    responses=errors_of(401, 403, 404, 429),
)
async def unread_count(
    request: TeamRequest, unread: NamedDependency[Cached[int]]
) -> Response[UnreadCount]:
    """The sum of `unread_team_count` over all tickets that are not resolved."""
    project_id = request.caller.project_id

    async def load() -> int:
        return await queries.unread_count(request.database, project_id)

    return answer(UnreadCount(await unread.get(project_id, load)))
