"""Two tickets made one, and taken apart again."""

from typing import Final
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, JSONBody

from rejoinder.auth.guards import TeamRequest, requires
from rejoinder.errors import Invalid, NotFound
from rejoinder.events.work import Tx
from rejoinder.tickets import access
from rejoinder.tickets.commands import merge
from rejoinder.tickets.merging import queries
from rejoinder.tickets.merging.wire import MergeBody, MergedTickets, merged_ticket
from rejoinder.tickets.shown import shown
from rejoinder.tickets.types import TicketView
from rejoinder.tickets.wire import TicketOut
from rejoinder.web.answer import answer
from rejoinder.web.idempotency import transaction
from rejoinder.web.openapi import errors_of
from rejoinder.web.parameters import IDEMPOTENCY_KEY, reads

_CHANGING: Final = (400, 401, 403, 404, 409, 413, 415, 422, 429)


@post(
    "/{ref:str}/merge",
    status_code=200,
    guards=[requires("ticket:write")],
    summary="Merge a ticket into another",
    operation_class=reads(IDEMPOTENCY_KEY),
    responses=errors_of(*_CHANGING),
)
async def merge_ticket(
    request: TeamRequest, ref: FromPath[str], data: JSONBody[MergeBody]
) -> Response[TicketOut]:
    """Resolves the ticket and links it to the other one, which is the answer.

    No message moves: each customer goes on reading the own thread only.
    """
    source, into = access.parse_ref(ref), data.target()
    async with transaction(request, request.work, request.caller.actor) as (tx, respond):
        target = await _target(tx, into)
        await merge.merge(tx, (await access.view(tx, tx.project_id, source)).id, target.id)
        return await respond(shown(request, await access.view(tx, tx.project_id, target.id)))


async def _target(tx: Tx, ref: UUID | int) -> TicketView:
    try:
        return await access.view(tx, tx.project_id, ref)
    except NotFound:
        raise Invalid("There is no such ticket.", attr="into") from None


@post(
    "/{ref:str}/unmerge",
    status_code=200,
    guards=[requires("ticket:write")],
    summary="Undo a merge",
    operation_class=reads(IDEMPOTENCY_KEY),
    responses=errors_of(*_CHANGING),
)
async def unmerge_ticket(request: TeamRequest, ref: FromPath[str]) -> Response[TicketOut]:
    """The ticket stands for itself again, with the status that it had."""
    target = access.parse_ref(ref)
    async with transaction(request, request.work, request.caller.actor) as (tx, respond):
        ticket = await merge.unmerge(tx, await access.locked_ticket(tx, target))
        return await respond(shown(request, await access.view(tx, tx.project_id, ticket.id)))


@get(
    "/{ref:str}/merged",
    guards=[requires("ticket:read")],
    summary="List what was merged into a ticket",
    responses=errors_of(401, 403, 404, 429),
)
async def list_merged(request: TeamRequest, ref: FromPath[str]) -> Response[MergedTickets]:
    """The tickets that are part of this one, by their numbers."""
    project_id = request.caller.project_id
    ticket = await access.view(request.database, project_id, access.parse_ref(ref))
    found = await queries.absorbed(request.database, project_id, ticket.id)
    return answer(MergedTickets([merged_ticket(each) for each in found]))
