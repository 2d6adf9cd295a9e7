"""Saved views under `/api/projects/:project_id/conversations/views/`."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec
from litestar import Response, Router, delete, get, patch, post
from litestar.params import FromPath, JSONBody
from msgspec import UNSET

from rejoinder import clock
from rejoinder.auth.guards import TeamRequest, requires
from rejoinder.errors import NotFound
from rejoinder.events.work import Tx
from rejoinder.tickets.counts.queries import count_all
from rejoinder.tickets.filters import vocabulary
from rejoinder.tickets.filters.vocabulary import Asker
from rejoinder.views import access, commands, queries
from rejoinder.views.rules import BUILT_IN, parameters
from rejoinder.views.types import View
from rejoinder.views.wire import (
    BuiltInCounts,
    ViewBody,
    ViewCounts,
    ViewOut,
    ViewPatch,
    view_out,
)
from rejoinder.web.answer import answer
from rejoinder.web.idempotency import transaction
from rejoinder.web.openapi import errors_of
from rejoinder.web.paging import Page, page_links, slice_of
from rejoinder.web.parameters import IDEMPOTENCY_KEY, LIMIT, OFFSET, reads

COUNTED_VIEWS: Final = 50
_COUNTED_EXACTLY: Final = 1_000


@get(
    "/",
    guards=[requires("ticket:read")],
    summary="List views",
    operation_class=reads(LIMIT, OFFSET),
    responses=errors_of(401, 403, 404, 429),
)
async def list_views(request: TeamRequest) -> Response[Page[ViewOut]]:
    """The team's and the caller's own: favourites first, then the newest."""
    part, caller = slice_of(request), request.caller
    args = request.database, caller.project_id, caller.user_id
    found = await queries.views(*args, part.limit, part.offset)
    count = await queries.count_visible(*args)
    links = page_links(request, part, has_next=part.offset + len(found) < count)
    return answer(Page(count, links.next, links.previous, [view_out(view) for view in found]))


@get(
    "/counts",
    guards=[requires("ticket:read")],
    summary="Count the tickets of views",
    responses=errors_of(401, 403, 404, 429),
)
async def count_views(request: TeamRequest) -> Response[ViewCounts]:
    """For the first 50 views of the list, and for those that every inbox has.

    Counts by status alone are always exact. Others stop at 1,000, and a text is looked for in the
    newest 1,000 tickets: beyond that, `exact` is false.
    """
    caller = request.caller
    views = await queries.views(request.database, caller.project_id, caller.user_id, COUNTED_VIEWS)
    asker = Asker(caller.user_id, clock.now())
    wanted = [*BUILT_IN.values(), *map(_parameters, views)]
    lists = [vocabulary.parse(each, asker) for each in wanted]
    counts = await count_all(request.database, caller.project_id, lists, _COUNTED_EXACTLY)
    of_built_in = dict(zip(BUILT_IN, counts, strict=False))
    of_views = {
        view.short_id: count for view, count in zip(views, counts[len(BUILT_IN) :], strict=True)
    }
    return answer(ViewCounts(of_views, BuiltInCounts(**of_built_in)))


@post(
    "/",
    guards=[requires("ticket:write")],
    summary="Save a view",
    operation_class=reads(IDEMPOTENCY_KEY),
    responses=errors_of(400, 401, 403, 404, 409, 415, 422, 429),
)
async def create_view(request: TeamRequest, data: JSONBody[ViewBody]) -> Response[ViewOut]:
    """Shared with the team unless `visibility` is `private`."""
    wanted = data.wanted()
    async with transaction(request, request.work, request.caller.actor) as (tx, respond):
        short_id = await commands.create(tx, wanted, request.caller.user_id)
        return await respond(await _shown(request, tx, short_id), 201)


@get(
    "/{ref:str}",
    guards=[requires("ticket:read")],
    summary="Retrieve a view",
    responses=errors_of(401, 403, 404, 429),
)
async def retrieve_view(request: TeamRequest, ref: FromPath[str]) -> Response[ViewOut]:
    """By its `short_id` or its id."""
    return answer(view_out(await access.view(request.database, request.caller, ref)))


@patch(
    "/{ref:str}",
    guards=[requires("ticket:write")],
    summary="Change a view",
    operation_class=reads(IDEMPOTENCY_KEY),
    responses=errors_of(400, 401, 403, 404, 409, 415, 422, 429),
)
async def change_view(
    request: TeamRequest, ref: FromPath[str], data: JSONBody[ViewPatch]
) -> Response[ViewOut]:
    """`is_favorited` is the caller's alone. Only the creator may change `visibility`."""
    user_id = request.caller.user_id
    async with transaction(request, request.work, request.caller.actor) as (tx, respond):
        view = await access.locked_view(tx, request.caller, ref)
        await commands.change(tx, view, data.on(commands.as_wanted(view)), user_id)
        if data.is_favorited is not UNSET:
            await commands.favor(tx, view, user_id, is_favorited=data.is_favorited)
        return await respond(await _shown(request, tx, view.short_id))


@delete(
    "/{ref:str}",
    guards=[requires("ticket:write")],
    summary="Delete a view",
    responses=errors_of(401, 403, 404, 413, 415, 429),
)
async def delete_view(request: TeamRequest, ref: FromPath[str]) -> None:
    """For everybody. No ticket is touched."""
    async with request.work.begin(request.caller.actor) as tx:
        await commands.remove(tx, await access.locked_view(tx, request.caller, ref))


async def stored_view(request: TeamRequest, ref: str) -> Mapping[str, str] | None:
    """The parameters that the view stands for, for the ticket list; None if the caller has none."""
    try:
        return _parameters(await access.view(request.database, request.caller, ref))
    except NotFound:
        return None


def _parameters(view: View) -> Mapping[str, str]:
    return parameters(msgspec.json.decode(view.filters, type=dict[str, Any]))


async def _shown(request: TeamRequest, tx: Tx, ref: str) -> ViewOut:
    return view_out(await access.view(tx, request.caller, ref))


router = Router(
    "/api/projects/{project_id:str}/conversations/views",
    route_handlers=[
        list_views,
        count_views,
        create_view,
        retrieve_view,
        change_view,
        delete_view,
    ],
    tags=["views"],
)
