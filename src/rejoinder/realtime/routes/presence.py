"""Who is at a ticket: `…/tickets/:id/presence/`."""

from typing import Literal

from litestar import Response, Router, get, put
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, JSONBody
from msgspec import Struct

from rejoinder.auth.guards import TeamRequest, requires
from rejoinder.realtime.presence import Presence, Presences, State
from rejoinder.tickets import access
from rejoinder.web.answer import answer
from rejoinder.web.openapi import errors_of


class PresenceBody(Struct, frozen=True):
    state: State


class Present(Struct, frozen=True):
    user_id: int
    email: str
    state: Literal["viewing", "typing", "gone"]


class PresentPage(Struct, frozen=True):
    results: list[Present]


@put(
    "/presence",
    guards=[requires("ticket:read")],
    summary="Say that one is here",
    responses=errors_of(400, 401, 403, 404, 429),
)
async def tell_presence(
    request: TeamRequest,
    ref: FromPath[str],
    data: JSONBody[PresenceBody],
    presences: NamedDependency[Presences],
) -> Response[PresentPage]:
    """Viewing or typing, for 45 seconds or until `gone`; streams carry it as `presence`.

    Answers with those who are at the ticket.
    """
    caller = request.caller
    ticket = await access.view(request.database, caller.project_id, access.parse_ref(ref))
    here = Presence(caller.project_id, ticket.id, caller.user_id, caller.email, data.state)
    await presences.announce(request.database, here)
    others = [
        found
        for found in presences.at(caller.project_id, ticket.id)
        if found.user_id != caller.user_id
    ]
    return answer(_page(others if data.state == "gone" else [*others, here]))


@get(
    "/presence",
    guards=[requires("ticket:read")],
    summary="See who is here",
    responses=errors_of(400, 401, 403, 404, 429),
)
async def list_presences(
    request: TeamRequest, ref: FromPath[str], presences: NamedDependency[Presences]
) -> Response[PresentPage]:
    """The teammates who view the ticket or type in it."""
    project_id = request.caller.project_id
    ticket = await access.view(request.database, project_id, access.parse_ref(ref))
    return answer(_page(presences.at(project_id, ticket.id)))


def _page(found: list[Presence]) -> PresentPage:
    return PresentPage([Present(one.user_id, one.email, one.state) for one in found])


def router(presences: Presences) -> Router:
    return Router(
        "/api/projects/{project_id:str}/conversations/tickets/{ref:str}",
        route_handlers=[tell_presence, list_presences],
        dependencies={"presences": Provide(lambda: presences, sync_to_thread=False)},
        tags=["events"],
    )
