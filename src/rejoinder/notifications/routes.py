"""The notifications API under `/api/projects/:project_id/notifications/`: the caller's own."""

from typing import Final

from litestar import Response, Router, get, post
from litestar.openapi.spec.enums import OpenAPIType
from litestar.params import JSONBody

from rejoinder.auth.guards import TeamRequest, requires
from rejoinder.notifications import commands, filters, queries
from rejoinder.notifications.types import Reader
from rejoinder.notifications.wire import NotificationPage, ReadBody, Unread, notification_out
from rejoinder.web.answer import answer
from rejoinder.web.idempotency import transaction
from rejoinder.web.openapi import errors_of
from rejoinder.web.paging import cursor_link, decode_cursor, encode_cursor, slice_of
from rejoinder.web.parameters import CURSOR, IDEMPOTENCY_KEY, LIMIT, Parameter, reads

_UNREAD: Final = {"unread": Parameter("`true`: only those not yet read.", OpenAPIType.BOOLEAN)}


@get(
    "/",
    guards=[requires("ticket:read")],
    summary="List notifications",
    operation_class=reads(LIMIT, CURSOR, _UNREAD),
    responses=errors_of(400, 401, 403, 404, 429),
)
async def list_notifications(request: TeamRequest) -> Response[NotificationPage]:
    """Mentions, assignments and customers' messages that concern the caller, newest first."""
    reader = Reader(request.caller.project_id, request.caller.user_id)
    limit = slice_of(request).limit
    cursor = request.query.get("cursor")
    after = decode_cursor(cursor, filters.Position) if cursor else None
    where = filters.clauses(request.query, after)
    # Counted first: what comes in between is on the page, and its event has everybody look again.
    count = await queries.unread(request.database, reader)
    found = await queries.page(request.database, reader, where, limit + 1)
    shown = found[:limit]
    more = len(found) > limit
    following = encode_cursor([shown[-1].created_at, shown[-1].id]) if more else None
    results = [notification_out(notification) for notification in shown]
    return answer(NotificationPage(cursor_link(request, following), count, results))


@post(
    "/read",
    guards=[requires("ticket:read")],
    status_code=200,
    summary="Mark notifications as read",
    operation_class=reads(IDEMPOTENCY_KEY),
    responses=errors_of(400, 401, 403, 404, 409, 415, 422, 429),
)
async def read_notifications(request: TeamRequest, data: JSONBody[ReadBody]) -> Response[Unread]:
    """The caller has seen these, all about a ticket, or all. Nobody else's are touched."""
    data.check()
    caller = request.caller
    async with transaction(request, request.work, caller.actor) as (tx, respond):
        await commands.mark_read(tx, caller.user_id, ids=data.ids, ticket_id=data.ticket)
        reader = Reader(caller.project_id, caller.user_id)
        return await respond(Unread(await queries.unread(tx, reader)))


router = Router(
    "/api/projects/{project_id:str}/notifications",
    route_handlers=[list_notifications, read_notifications],
    tags=["notifications"],
)
