"""`split/` of a ticket."""

from litestar import Response, Router, post
from litestar.params import FromPath, JSONBody

from rejoinder.auth.guards import TeamRequest, requires
from rejoinder.messages.splitting.commands import split
from rejoinder.messages.splitting.wire import SplitBody
from rejoinder.tickets.access import locked_ticket, parse_ref, view
from rejoinder.tickets.shown import shown
from rejoinder.tickets.wire import TicketOut
from rejoinder.web.idempotency import transaction
from rejoinder.web.openapi import errors_of
from rejoinder.web.parameters import IDEMPOTENCY_KEY, reads


@post(
    "/split",
    guards=[requires("ticket:write")],
    summary="Split messages off into a new ticket",
    operation_class=reads(IDEMPOTENCY_KEY),
    responses=errors_of(400, 401, 403, 404, 409, 413, 415, 422, 429),
)
async def split_ticket(
    request: TeamRequest, ref: FromPath[str], data: JSONBody[SplitBody]
) -> Response[TicketOut]:
    """A new ticket of the same customer, with the same tags and assignee, and these messages.

    At least one message stays.
    """
    target = parse_ref(ref)
    async with transaction(request, request.work, request.caller.actor) as (tx, respond):
        ticket = await locked_ticket(tx, target)
        created = await split(tx, ticket, data.message_ids, data.status)
        return await respond(shown(request, await view(tx, tx.project_id, created)), 201)


router = Router(
    "/api/projects/{project_id:str}/conversations/tickets/{ref:str}",
    route_handlers=[split_ticket],
    tags=["tickets"],
)
