"""The list of tickets, by offset and by cursor, and the count of what is unread."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Final, cast

from litestar import Response, get
from litestar.di import NamedDependency
from msgspec import Raw
from msgspec.structs import replace

from rejoinder import clock
from rejoinder.auth.guards import TeamRequest, requires
from rejoinder.cache.answers import Answers
from rejoinder.cache.cached import Cached
from rejoinder.db.sql import Clause
from rejoinder.errors import Invalid
from rejoinder.tickets import queries
from rejoinder.tickets.counts.queries import count_up_to
from rejoinder.tickets.filters import orders, vocabulary
from rejoinder.tickets.filters.vocabulary import Asker, TicketFilter
from rejoinder.tickets.finding import find
from rejoinder.tickets.matches.queries import matches
from rejoinder.tickets.rendered import RenderedTickets
from rejoinder.tickets.shown import access_of, shown
from rejoinder.tickets.types import STATUSES, TicketView
from rejoinder.tickets.wire import MatchOut, TicketOut, UnreadCount, encoded
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
from rejoinder.web.unchanged import unless_unchanged

StoredView = Callable[[TeamRequest, str], Awaitable[Mapping[str, str] | None]]
"""The parameters that a saved view stands for; None when the caller has no such view."""

# Further than this nobody counts: the answer says so in a header, and the pages go on.
COUNTED_EXACTLY: Final = 1_000

# Parameters whose answers change with time alone; a view may hold any of them.
_OF_THE_HOUR: Final = frozenset({"date_from", "date_to", "sla", "view"})


@get(
    "/",
    guards=[requires("ticket:read")],
    summary="List tickets",
    operation_class=reads(
        LIMIT,
        OFFSET,
        {"cursor": Parameter("Begin with an empty one, then follow `next`; `offset` is ignored.")},
        {"order_by": Parameter(orders.DESCRIPTION)},
        {"view": Parameter("The `short_id` of a saved view; parameters beside it win.")},
        {name: Parameter(text) for name, text in vocabulary.DESCRIPTIONS.items()},
        {"matches": Parameter("`true`: with `search`, each ticket shows where it was found.")},
        {"If-None-Match": Parameter("The `ETag` one has.", place="header")},
    ),
    responses=errors_of(400, 401, 403, 404, 429),
)
async def list_tickets(
    request: TeamRequest,
    stored_view: NamedDependency[StoredView],
    lists: NamedDependency[Answers],
    rendered: NamedDependency[RenderedTickets],
) -> Response[Page[TicketOut]]:
    """Tickets with their persons, newest change first.

    Filters combine with AND; values they do not know are ignored. Up to 1,000 the count is exact;
    where more match a filter, it is a lower bound and `X-Count: at-least` says so. With the `ETag`
    of an answer in `If-None-Match`, the answer is 304 until something in the project has changed.
    """
    make = partial(_list, request, stored_view, rendered)
    if not _OF_THE_HOUR.isdisjoint(request.query):
        return await make()
    caller = request.caller
    reader = (caller.project_id, f"{caller.user_id} {caller.level}")
    return await unless_unchanged(request, lists, reader, make)


async def _list(
    request: TeamRequest, stored_view: StoredView, rendered: RenderedTickets
) -> Response[Page[TicketOut]]:
    given = await _given(request, stored_view)
    found = vocabulary.parse(given, Asker(request.caller.user_id, clock.now()))
    if "cursor" in given:
        return await _page_by_cursor(request, rendered, found, given)
    part = slice_of(request)
    _, order = orders.order_of(given.get("order_by"))
    results, count, exact = await _read(request, rendered, found, found.clauses, order, part)
    has_next = len(results) == part.limit and (not exact or part.offset + part.limit < count)
    links = page_links(request, part, has_next=has_next)
    count = count if exact else max(count, part.offset + len(results))
    return _page(results, count, links.next, links.previous, exact=exact)


async def _given(request: TeamRequest, stored_view: StoredView) -> Mapping[str, str]:
    """The parameters of the request, over those of the view that it names."""
    given = request.query
    if not (name := given.get("view")):
        return given
    of_view = await stored_view(request, name)
    if of_view is None:
        # All tickets instead of the view's would be no answer.
        raise Invalid("There is no such view.", attr="view")
    return vocabulary.over(of_view, given)


async def _page_by_cursor(
    request: TeamRequest,
    rendered: RenderedTickets,
    found: TicketFilter,
    given: Mapping[str, str],
) -> Response[Page[TicketOut]]:
    """The same list by keyset: every page costs what the first one costs."""
    cursor = given["cursor"]
    part = slice_of(request)
    where = found.clauses
    if cursor:
        position = decode_cursor(cursor, orders.Position)
        name, order = orders.order_of(position[0])
        where = [*where, orders.behind(position)]
    else:
        name, order = orders.order_of(given.get("order_by"))
    part = Slice(part.limit)
    results, count, exact = await _read(request, rendered, found, where, order, part)
    exact = exact and not (cursor and found.text)
    more = len(results) == part.limit
    following = encode_cursor(orders.position_of(name, order, results[-1])) if more else None
    return _page(results, count, cursor_link(request, following), None, exact=exact)


async def _read(
    request: TeamRequest,
    rendered: RenderedTickets,
    found: TicketFilter,
    where: Sequence[Clause],
    order: orders.Order,
    part: Slice,
) -> tuple[list[Raw], int, bool]:
    """One page, how many tickets there are, and whether that is all of them."""
    db, project_id = request.database, request.caller.project_id
    limit, offset = part.limit, part.offset
    if found.text is None:
        is_first = len(where) == len(found.clauses)
        if is_first and offset <= queries.DEEP and rendered.has_room:
            if found.needs_a_look:
                return await _read_counting(request, rendered, where, order, part)
            page = await queries.page_versions(db, project_id, where, order.text, limit, offset)
            results = await rendered.of(db, project_id, page, access_of(request))
        else:
            # Whoever walks through all of them sees each once.
            rows = await queries.page(db, project_id, where, order.text, limit, offset)
            results = [encoded(shown(request, row)) for row in rows]
        # The last page tells how many there are.
        if is_first and len(results) < limit and (results or not offset):
            return results, offset + len(results), True
        return results, *await _count(request, found)
    # One more than the page holds: whether there is a next one.
    needed = offset + limit + 1
    matches = await find(db, project_id, where, order.text, found.text, needed)
    numbers = matches.numbers[offset : offset + limit]
    rows = await queries.page_of(db, project_id, numbers, order.text)
    results = await _results(request, found, rows)
    return results, len(matches.numbers), matches.complete


async def _read_counting(
    request: TeamRequest,
    rendered: RenderedTickets,
    where: Sequence[Clause],
    order: orders.Order,
    part: Slice,
) -> tuple[list[Raw], int, bool]:
    """As `_read`, in one walk through the tickets for both the page and the count."""
    db, project_id = request.database, request.caller.project_id
    most = max(COUNTED_EXACTLY, part.offset + part.limit - 1)
    found = await queries.counted_page(
        db, project_id, where, order.text, part.limit, part.offset, most + 1
    )
    page = await queries.versions_of(db, project_id, found.ids, order.text) if found.ids else []
    results = await rendered.of(db, project_id, page, access_of(request))
    return results, min(found.count, most), found.count <= most


async def _count(request: TeamRequest, found: TicketFilter) -> tuple[int, bool]:
    """How many tickets match, and whether that is all of them or only as far as we counted."""
    project_id = request.caller.project_id
    if not found.others:
        statuses = found.statuses or STATUSES
        return await queries.count_by_status(request.database, project_id, statuses), True
    count = await count_up_to(request.database, project_id, found.clauses, COUNTED_EXACTLY + 1)
    return min(count, COUNTED_EXACTLY), count <= COUNTED_EXACTLY


async def _results(
    request: TeamRequest, found: TicketFilter, rows: Sequence[TicketView]
) -> list[Raw]:
    """The tickets as the wire has them; with `matches=true`, and where each was found."""
    results = [shown(request, row) for row in rows]
    if found.text is not None and request.query.get("matches", "").lower() == "true":
        ids = [row.id for row in rows]
        hits = await matches(request.database, request.caller.project_id, ids, found.text.plain)
        places = {hit.ticket_id: MatchOut(hit.message_id, hit.field, hit.text) for hit in hits}
        results = [replace(result, match=places.get(result.id)) for result in results]
    return [encoded(result) for result in results]


def _page(
    results: list[Raw],
    count: int,
    following: str | None,
    previous: str | None,
    *,
    exact: bool,
) -> Response[Page[TicketOut]]:
    headers = None if exact else {"X-Count": "at-least"}
    page = cast("Page[TicketOut]", Page(count, following, previous, results))
    return answer(page, headers=headers)


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
