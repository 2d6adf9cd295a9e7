"""Macros, under both names that the wire has had for them."""

from typing import Literal

from litestar import Response, Router, delete, get, post, route
from litestar.params import FromPath, JSONBody

from rejoinder.auth.guards import TeamRequest, requires
from rejoinder.events.work import Tx
from rejoinder.macros import access, commands, queries
from rejoinder.macros.wire import MacroBody, MacroOut, MacroPatch, macro_out
from rejoinder.web.answer import answer
from rejoinder.web.idempotency import transaction
from rejoinder.web.openapi import errors_of
from rejoinder.web.paging import Page, page_links, slice_of
from rejoinder.web.parameters import IDEMPOTENCY_KEY, LIMIT, OFFSET, reads


@get(
    "/",
    guards=[requires("ticket:read")],
    summary="List macros",
    operation_class=reads(LIMIT, OFFSET),
    responses=errors_of(401, 403, 404, 429),
)
async def list_macros(request: TeamRequest) -> Response[Page[MacroOut]]:
    """The team's and the caller's own, the newest first."""
    part, caller = slice_of(request), request.caller
    args = request.database, caller.project_id, caller.user_id
    found = await queries.macros(*args, part.limit, part.offset)
    count = await queries.count_visible(*args)
    links = page_links(request, part, has_next=part.offset + len(found) < count)
    return answer(Page(count, links.next, links.previous, [macro_out(macro) for macro in found]))


@post(
    "/",
    guards=[requires("ticket:write")],
    summary="Save a macro",
    operation_class=reads(IDEMPOTENCY_KEY),
    responses=errors_of(400, 401, 403, 404, 409, 415, 422, 429),
)
async def create_macro(request: TeamRequest, data: JSONBody[MacroBody]) -> Response[MacroOut]:
    """For the team unless `visibility` is `personal`. It needs a text or an action."""
    wanted = data.wanted()
    async with transaction(request, request.work, request.caller.actor) as (tx, respond):
        short_id = await commands.create(tx, wanted, request.caller.user_id)
        return await respond(await _shown(request, tx, short_id), 201)


@get(
    "/{ref:str}",
    guards=[requires("ticket:read")],
    summary="Retrieve a macro",
    responses=errors_of(401, 403, 404, 429),
)
async def retrieve_macro(request: TeamRequest, ref: FromPath[str]) -> Response[MacroOut]:
    """By its `short_id` or its id."""
    return answer(macro_out(await access.macro(request.database, request.caller, ref)))


@route(
    "/{ref:str}",
    http_method=["PATCH", "PUT"],
    guards=[requires("ticket:write")],
    summary="Change a macro",
    operation_class=reads(IDEMPOTENCY_KEY),
    responses=errors_of(400, 401, 403, 404, 409, 415, 422, 429),
)
async def change_macro(
    request: TeamRequest, ref: FromPath[str], data: JSONBody[MacroPatch]
) -> Response[MacroOut]:
    """`actions` without `assignee` keep the stored one. Only the creator can make it personal."""
    async with transaction(request, request.work, request.caller.actor) as (tx, respond):
        macro = await access.locked_macro(tx, request.caller, ref)
        wanted = data.on(commands.as_wanted(macro))
        await commands.change(tx, macro, wanted, request.caller.user_id)
        return await respond(await _shown(request, tx, macro.short_id))


@delete(
    "/{ref:str}",
    guards=[requires("ticket:write")],
    summary="Delete a macro",
    responses=errors_of(401, 403, 404, 413, 415, 429),
)
async def delete_macro(request: TeamRequest, ref: FromPath[str]) -> None:
    """What it was applied to stays as it is."""
    async with request.work.begin(request.caller.actor) as tx:
        await commands.remove(tx, await access.locked_macro(tx, request.caller, ref))


async def _shown(request: TeamRequest, tx: Tx, ref: str) -> MacroOut:
    return macro_out(await access.macro(tx, request.caller, ref))


def router(name: Literal["macros", "quick_actions"]) -> Router:
    return Router(
        f"/api/projects/{{project_id:str}}/conversations/{name}",
        route_handlers=[list_macros, create_macro, retrieve_macro, change_macro, delete_macro],
        tags=["macros"],
    )
