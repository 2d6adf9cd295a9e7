"""The tickets API under `/api/projects/:project_id/conversations/tickets/`."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Final
from uuid import UUID

from litestar import Response, Router, delete, get, post, route
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, JSONBody
from msgspec import UNSET, UnsetType

from rejoinder import clock
from rejoinder.auth.guards import TeamRequest, requires
from rejoinder.auth.types import Level
from rejoinder.cache.cached import Cached
from rejoinder.db.sql import Clause
from rejoinder.errors import Stale
from rejoinder.events.work import Tx
from rejoinder.ids import new_id
from rejoinder.tickets import access, queries, rules
from rejoinder.tickets.commands import change, life
from rejoinder.tickets.filters import orders, vocabulary
from rejoinder.tickets.filters.vocabulary import Asker, TicketFilter
from rejoinder.tickets.finding import find
from rejoinder.tickets.queries import NewTicket
from rejoinder.tickets.types import STATUSES, Ticket, TicketView
from rejoinder.tickets.wire import (
    AccessLevel,
    CreateTicket,
    PatchTicket,
    TicketOut,
    UnreadCount,
    moment,
    ticket_out,
)
from rejoinder.web.answer import answer
from rejoinder.web.idempotency import transaction
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
from rejoinder.web.parameters import IDEMPOTENCY_KEY, LIMIT, OFFSET, Parameter, reads
from rejoinder.web.shortcuts import Shortcut

FirstMessage = Callable[[Tx, UUID, str], Awaitable[object]]
"""Adds the customer's first message to a ticket that was just created."""

# Further than this nobody counts: the answer says so in a header, and the pages go on.
COUNTED_EXACTLY: Final = 1_000

_PREFIX: Final = "/api/projects/{project_id:str}/conversations/tickets"

_ACCESS: Final[dict[Level, AccessLevel]] = {
    "owner": "manager",
    "admin": "manager",
    "agent": "editor",
    "viewer": "viewer",
}


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
    level = _ACCESS[request.caller.level]
    results = [ticket_out(row, level) for row in rows]
    headers = None if exact else {"X-Count": "at-least"}
    return answer(Page(count, following, previous, results), headers=headers)


@post(
    "/",
    guards=[requires("ticket:write")],
    summary="Create a ticket",
    operation_class=reads(IDEMPOTENCY_KEY),
    responses=errors_of(400, 401, 403, 404, 409, 415, 422, 429),
)
async def create_ticket(
    request: TeamRequest, data: JSONBody[CreateTicket], first_message: NamedDependency[FirstMessage]
) -> Response[TicketOut]:
    """A ticket with the project's next number, and the customer's first message if given."""
    new = _new_ticket(data)
    async with transaction(request, request.work, request.caller.actor) as (tx, respond):
        ticket = await life.create(tx, new)
        if data.message is not None:
            await first_message(tx, ticket.id, data.message)
            ticket = await access.view(tx, tx.project_id, ticket.id)
        return await respond(_out(request, ticket), 201)


def _new_ticket(data: CreateTicket) -> NewTicket:
    snoozed_until = moment(data.snoozed_until, "snoozed_until") or None
    status = data.status or rules.status_after_snooze(None, snoozed_until) or "new"
    return NewTicket(
        id=new_id(),
        channel_source=data.channel_source,
        channel_detail=data.channel_detail,
        status=status,
        priority=data.priority or None,
        distinct_id=data.distinct_id,
        assignee=rules.parse_assignee(None if data.assignee is UNSET else data.assignee),
        anonymous_traits=data.anonymous_traits or {},
        ai_resolved=data.ai_resolved or False,
        escalation_reason=None if data.escalation_reason is UNSET else data.escalation_reason,
        sla_due_at=moment(data.sla_due_at, "sla_due_at") or None,
        snoozed_until=snoozed_until,
        tags=rules.normal_tags(data.tags or []),
        email_subject=data.email_subject,
        email_from=data.email_from,
    )


@get(
    "/{ref:str}",
    guards=[requires("ticket:read")],
    summary="Retrieve a ticket",
    responses=errors_of(401, 403, 404, 429),
)
async def retrieve_ticket(request: TeamRequest, ref: FromPath[str]) -> Response[TicketOut]:
    """One ticket by id or number. Reading marks it as read by the team, once.

    A viewer's reading marks nothing. `updated_at` does not move.
    """
    caller = request.caller
    view = await access.view(request.database, caller.project_id, access.parse_ref(ref))
    if view.unread_team_count and caller.level != "viewer":
        async with request.work.begin(caller.actor) as tx:
            view = await change.mark_read_by_team(tx, view)
    return answer(_out(request, view), headers={"ETag": access.version(view.updated_at)})


@route(
    "/{ref:str}",
    http_method=["PATCH", "PUT"],
    guards=[requires("ticket:write")],
    summary="Update a ticket",
    operation_class=reads(
        {"If-Match": Parameter("The ETag of the ticket as you know it.", place="header")},
        IDEMPOTENCY_KEY,
    ),
    responses=errors_of(400, 401, 403, 404, 409, 412, 415, 422, 429),
)
async def update_ticket(
    request: TeamRequest, ref: FromPath[str], data: JSONBody[PatchTicket]
) -> Response[TicketOut]:
    """Changes what is given; the rest stays. Everything is checked before anything is written.

    With `If-Match` it does so only if nobody has changed the ticket since.
    """
    target = access.parse_ref(ref)
    async with transaction(request, request.work, request.caller.actor) as (tx, respond):
        ticket = await access.locked_ticket(tx, target)
        if not access.is_named(request.headers.get("if-match", "*"), ticket.updated_at):
            raise Stale("The ticket has changed since.")
        await _apply(tx, ticket, data)
        view = await access.view(tx, tx.project_id, ticket.id)
        response = await respond(_out(request, view))
        response.headers["ETag"] = access.version(view.updated_at)
        return response


async def _apply(tx: Tx, ticket: Ticket, data: PatchTicket) -> None:
    """One command for each given field; an explicit status beats the one a snooze implies."""
    assignee = data.assignee if data.assignee is UNSET else rules.parse_assignee(data.assignee)
    tags = data.tags if data.tags is UNSET else rules.normal_tags(data.tags)
    due_at = moment(data.sla_due_at, "sla_due_at")
    snoozed_until = moment(data.snoozed_until, "snoozed_until")
    status = data.status
    if not isinstance(assignee, UnsetType):
        await change.check_assignee(tx, assignee)
        ticket = await change.assign(tx, ticket, assignee)
    if data.priority is not UNSET:
        ticket = await change.change_priority(tx, ticket, data.priority)
    if data.anonymous_traits is not UNSET:
        ticket = await change.replace_traits(tx, ticket, data.anonymous_traits)
    if data.ai_resolved is not UNSET:
        ticket = await change.set_ai_resolved(tx, ticket, ai_resolved=data.ai_resolved)
    if data.escalation_reason is not UNSET:
        ticket = await change.set_escalation_reason(tx, ticket, data.escalation_reason)
    if due_at is not UNSET:
        ticket = await change.set_deadline(tx, ticket, due_at)
    if tags is not UNSET:
        ticket = await change.tag(tx, ticket, tags)
    if snoozed_until is not UNSET:
        implied = rules.status_after_snooze(ticket.snoozed_until, snoozed_until)
        ticket = await change.snooze(tx, ticket, snoozed_until)
        status = implied or UNSET if status is UNSET else status
    if status is not UNSET:
        await change.change_status(tx, ticket, status)


@delete(
    "/{ref:str}",
    guards=[requires("ticket:write")],
    summary="Delete a ticket",
    responses=errors_of(401, 403, 404, 413, 415, 429),
)
async def delete_ticket(request: TeamRequest, ref: FromPath[str]) -> None:
    """Invisible at once, its number never used again, purged after 14 days."""
    target = access.parse_ref(ref)
    async with request.work.begin(request.caller.actor) as tx:
        await life.delete(tx, await access.locked_ticket(tx, target))


@post(
    "/{ref:str}/restore_deleted",
    status_code=200,
    guards=[requires("ticket:write")],
    summary="Restore a deleted ticket",
    operation_class=reads(IDEMPOTENCY_KEY),
    responses=errors_of(401, 403, 404, 409, 413, 415, 422, 429),
)
async def restore_ticket(request: TeamRequest, ref: FromPath[str]) -> Response[TicketOut]:
    """Undoes a deletion that is less than 14 days old."""
    target = access.parse_ref(ref)
    async with transaction(request, request.work, request.caller.actor) as (tx, respond):
        ticket = await life.restore(tx, await access.locked_deleted_ticket(tx, target))
        return await respond(_out(request, await access.view(tx, tx.project_id, ticket.id)))


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


def _out(request: TeamRequest, view: TicketView) -> TicketOut:
    return ticket_out(view, _ACCESS[request.caller.level])


def shortcuts(unread: Cached[int]) -> list[Shortcut]:
    """What every open inbox asks for again and again."""
    return [
        Shortcut(_PREFIX, unread_count, unread=unread),
        Shortcut(_PREFIX, retrieve_ticket),
    ]


def router(unread: Cached[int], first_message: FirstMessage) -> Router:
    """The routes, with the cache of unread counts and what adds a first message."""
    return Router(
        _PREFIX,
        route_handlers=[
            list_tickets,
            create_ticket,
            unread_count,
            retrieve_ticket,
            update_ticket,
            delete_ticket,
            restore_ticket,
        ],
        dependencies={
            "unread": Provide(lambda: unread, sync_to_thread=False),
            "first_message": Provide(lambda: first_message, sync_to_thread=False),
        },
        tags=["tickets"],
    )
