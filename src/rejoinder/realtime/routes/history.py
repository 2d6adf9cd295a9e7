"""What happened to one ticket: its timeline, and PostHog's activity log."""

from collections.abc import Sequence
from datetime import datetime
from heapq import merge
from typing import Final
from uuid import UUID

from litestar import Response, Router, get
from litestar.params import FromPath

from rejoinder.auth import queries as auth
from rejoinder.auth.guards import TeamRequest, requires
from rejoinder.auth.types import User
from rejoinder.db.sql import Clause
from rejoinder.errors import Invalid, NotFound
from rejoinder.events import queries as events
from rejoinder.events.event import Recorded
from rejoinder.messages import filters
from rejoinder.messages import queries as messages
from rejoinder.messages.attachments.links import link_of
from rejoinder.messages.types import Message
from rejoinder.realtime.activity import SHOWN, activity
from rejoinder.realtime.wire import Activity, Timeline, happened
from rejoinder.tickets import access
from rejoinder.tickets.merging.queries import absorbed
from rejoinder.tickets.types import TicketView
from rejoinder.web.answer import answer
from rejoinder.web.openapi import errors_of
from rejoinder.web.paging import (
    Page,
    cursor_link,
    decode_cursor,
    encode_cursor,
    page_links,
    slice_of,
)
from rejoinder.web.parameters import CURSOR, LIMIT, OFFSET, Parameter, reads

_SCOPE: Final = "Ticket"
_SUBJECT: Final = {
    "scope": Parameter("What the log is about.", required=True, choices=(_SCOPE,)),
    "item_id": Parameter("The ticket, by its id or number.", required=True, example="1"),
}
_WITH_MERGED: Final = {
    "with_merged": Parameter("`true`: also of the tickets merged into it.", choices=("true",))
}
# Messages stand in the timeline themselves; what is merely read is no change worth a line.
_NOT_IN_TIMELINE: Final = [
    "message.received",
    "message.sent",
    "note.added",
    "ticket.read_by_team",
    "ticket.read_by_customer",
]


@get(
    "/conversations/tickets/{ref:str}/timeline",
    guards=[requires("ticket:read")],
    summary="Read a ticket's timeline",
    operation_class=reads(LIMIT, CURSOR, _WITH_MERGED),
    responses=errors_of(400, 401, 403, 404, 429),
)
async def timeline(request: TeamRequest, ref: FromPath[str]) -> Response[Timeline]:
    """Messages, notes and changes of the ticket in one list, newest first, by cursor."""
    project_id = request.caller.project_id
    ticket = await access.view(request.database, project_id, access.parse_ref(ref))
    limit = slice_of(request).limit
    cursor = request.query.get("cursor")
    before = decode_cursor(cursor, filters.Position) if cursor else None
    entries = await _entries(request, await _parts(request, ticket.id), before, limit + 1)
    shown = entries[:limit]
    following = encode_cursor(_place(shown[-1])) if len(entries) > limit else None
    link = link_of(request)
    results = [happened(entry, link) for entry in shown]
    return answer(Timeline(cursor_link(request, following), None, results))


async def _parts(request: TeamRequest, ticket_id: UUID) -> list[UUID]:
    """The ticket, and what was merged into it if that is wanted."""
    if request.query.get("with_merged", "").lower() != "true":
        return [ticket_id]
    merged = await absorbed(request.database, request.caller.project_id, ticket_id)
    return [ticket_id, *(part.id for part in merged)]


async def _entries(
    request: TeamRequest,
    ticket_ids: Sequence[UUID],
    before: filters.Position | None,
    limit: int,
) -> list[Message | Recorded]:
    project_id = request.caller.project_id
    said = await messages.said_in(
        request.database, project_id, ticket_ids, filters.where({}, before), limit
    )
    where = [Clause("e.type <> ALL(?)", _NOT_IN_TIMELINE)]
    if before is not None:
        where.append(Clause("(e.at, e.id) < (?, ?)", *before))
    done = await events.of_tickets(request.database, project_id, ticket_ids, where, limit)
    return list(merge(said, done, key=_place, reverse=True))[:limit]


def _place(entry: Message | Recorded) -> tuple[datetime, UUID]:
    return (entry.created_at if isinstance(entry, Message) else entry.at), entry.id


@get(
    "/activity_log",
    guards=[requires("ticket:read")],
    summary="Read a ticket's activity log",
    operation_class=reads(_SUBJECT, LIMIT, OFFSET),
    responses=errors_of(400, 401, 403, 404, 429),
)
async def activity_log(request: TeamRequest) -> Response[Page[Activity]]:
    """Changes of the ticket `item_id` (scope `Ticket`) as PostHog lists them, newest first."""
    ticket = await _ticket(request)
    project_id = request.caller.project_id
    part = slice_of(request)
    where = [Clause("e.type = ANY(?)", SHOWN)]
    count = await events.count_of_ticket(request.database, project_id, ticket.id, where)
    found = await events.of_ticket(
        request.database, project_id, ticket.id, where, part.offset + part.limit
    )
    shown = found[part.offset :]
    users = await _users(request, shown)
    results = [activity(event, ticket.id, ticket.ticket_number, users) for event in shown]
    links = page_links(request, part, has_next=part.offset + part.limit < count)
    return answer(Page(count, links.next, links.previous, results))


async def _ticket(request: TeamRequest) -> TicketView:
    given = request.query
    if given.get("scope") != _SCOPE:
        raise Invalid(f'Only the scope "{_SCOPE}" has a log.', attr="scope")
    try:
        ref = access.parse_ref(given.get("item_id", ""))
        return await access.view(request.database, request.caller.project_id, ref)
    except NotFound:
        raise Invalid("There is no such ticket.", attr="item_id") from None


async def _users(request: TeamRequest, shown: Sequence[Recorded]) -> dict[str, User]:
    """The users who acted, by the id that events have of them."""
    ids = {int(event.actor_id) for event in shown if event.actor_kind == "user"}
    users = await auth.users(request.database, sorted(ids)) if ids else []
    return {str(user.id): user for user in users}


router = Router(
    "/api/projects/{project_id:str}",
    route_handlers=[timeline, activity_log],
    tags=["events"],
)
