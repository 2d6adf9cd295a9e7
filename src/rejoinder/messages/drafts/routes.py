"""`draft/` of a ticket, and all of one's own drafts."""

from typing import Final

from litestar import Response, Router, delete, get, put
from litestar.openapi import ResponseSpec
from litestar.params import FromPath, JSONBody

from rejoinder.auth.guards import TeamRequest, requires
from rejoinder.errors import NotFound
from rejoinder.messages.drafts import commands, queries, rules
from rejoinder.messages.drafts.wire import (
    DraftBody,
    DraftOut,
    Drafts,
    draft_out,
    draft_summary,
)
from rejoinder.tickets.access import parse_ref, view
from rejoinder.web.answer import answer
from rejoinder.web.idempotency import transaction
from rejoinder.web.openapi import errors_of
from rejoinder.web.parameters import IDEMPOTENCY_KEY, reads

_DRAFT: Final = "/tickets/{ref:str}/draft"
_MOST: Final = 200
_EMPTIED: Final = {
    204: ResponseSpec(None, generate_examples=False, description="There is no draft any more.")
}


@get(
    "/drafts",
    guards=[requires("ticket:read")],
    summary="List one's own drafts",
    responses=errors_of(401, 403, 404, 429),
)
async def list_drafts(request: TeamRequest) -> Response[Drafts]:
    """Where one has begun to write, the latest 200 first; of each text 200 characters."""
    caller = request.caller
    found = await queries.of_user(request.database, caller.project_id, caller.user_id, _MOST)
    return answer(Drafts([draft_summary(draft) for draft in found]))


@get(
    _DRAFT,
    guards=[requires("ticket:read")],
    summary="Read one's own draft",
    responses=errors_of(401, 403, 404, 429),
)
async def read_draft(request: TeamRequest, ref: FromPath[str]) -> Response[DraftOut]:
    """What one has begun to write on the ticket; 404 when that is nothing."""
    caller = request.caller
    ticket = await view(request.database, caller.project_id, parse_ref(ref))
    draft = await queries.draft(request.database, caller.project_id, ticket.id, caller.user_id)
    if draft is None:
        raise NotFound
    return answer(draft_out(draft))


@put(
    _DRAFT,
    guards=[requires("ticket:write")],
    summary="Keep a draft",
    operation_class=reads(IDEMPOTENCY_KEY),
    responses=errors_of(400, 401, 403, 404, 409, 413, 415, 422, 429) | _EMPTIED,
)
async def keep_draft(
    request: TeamRequest, ref: FromPath[str], data: JSONBody[DraftBody]
) -> Response[DraftOut | None]:
    """Instead of the one before, kept for 90 days; with empty content there is none (204)."""
    begun = rules.checked(data.begun())
    target, caller = parse_ref(ref), request.caller
    async with transaction(request, request.work, caller.actor) as (tx, respond):
        ticket = await view(tx, tx.project_id, target)
        kept = await commands.keep(tx, ticket.id, caller.user_id, begun)
        if kept is None:
            return await respond(None, 204)
        return await respond(draft_out(kept))


@delete(
    _DRAFT,
    guards=[requires("ticket:write")],
    summary="Drop a draft",
    responses=errors_of(401, 403, 404, 429),
)
async def drop_draft(request: TeamRequest, ref: FromPath[str]) -> None:
    """There is none any more. Sending does not do that by itself."""
    target, caller = parse_ref(ref), request.caller
    async with request.work.begin(caller.actor) as tx:
        ticket = await view(tx, tx.project_id, target)
        await commands.drop(tx, ticket.id, caller.user_id)


router = Router(
    "/api/projects/{project_id:str}/conversations",
    route_handlers=[list_drafts, read_draft, keep_draft, drop_draft],
    tags=["messages"],
)
