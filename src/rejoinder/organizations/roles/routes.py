"""`/api/organizations/:id/roles/`."""

from collections.abc import Awaitable, Callable
from typing import Final
from uuid import UUID

from litestar import Response, Router, delete, get, patch, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, JSONBody
from msgspec import Struct

from rejoinder.auth.guards import TeamRequest, identifies
from rejoinder.errors import Invalid
from rejoinder.events.event import Actor
from rejoinder.events.work import Tx
from rejoinder.organizations.commands import add_role_member, create_role
from rejoinder.organizations.guards import administrates, belongs
from rejoinder.organizations.roles import access, commands, queries
from rejoinder.organizations.roles.wire import (
    RoleBody,
    RoleList,
    RoleMemberBody,
    RoleOut,
    role_out,
)
from rejoinder.web.answer import answer
from rejoinder.web.openapi import errors_of
from rejoinder.web.parameters import Parameter, reads

# Gives some of the role's tickets in one project to another role, or to nobody: how many.
HandOver = Callable[[Tx, UUID, UUID | None], Awaitable[int]]

_READS: Final = [identifies("*"), belongs]
_CHANGES: Final = [identifies("*"), belongs, administrates]
_REASSIGN: Final = {
    "reassign_to": Parameter("The role that gets the tickets of this one, or `none`.")
}


class Tickets(Struct, frozen=True):
    """What roles need of tickets, which stand above them."""

    hand_over: HandOver


@get("/", guards=_READS, summary="List roles", responses=errors_of(401, 403, 404, 429))
async def list_roles(request: TeamRequest, organization_id: FromPath[UUID]) -> Response[RoleList]:
    """All of them, with the ids of their members."""
    found = await queries.roles(request.database, organization_id)
    return answer(RoleList([role_out(role) for role in found]))


@post(
    "/",
    guards=_CHANGES,
    summary="Create a role",
    responses=errors_of(400, 401, 403, 404, 415, 429),
)
async def create(
    request: TeamRequest, organization_id: FromPath[UUID], data: JSONBody[RoleBody]
) -> Response[RoleOut]:
    """A role without members, to which tickets can be assigned at once."""
    async with request.work.begin(request.user) as tx:
        role = await create_role(tx, organization_id, data.name)
    return answer(RoleOut(role.id, role.name, [], role.created_at), 201)


@patch(
    "/{role_id:uuid}",
    guards=_CHANGES,
    summary="Rename a role",
    responses=errors_of(400, 401, 403, 404, 415, 429),
)
async def rename(
    request: TeamRequest,
    organization_id: FromPath[UUID],
    role_id: FromPath[UUID],
    data: JSONBody[RoleBody],
) -> Response[RoleOut]:
    """Tickets stay assigned to it."""
    async with request.work.begin(request.user) as tx:
        role = await access.role(tx, organization_id, role_id)
        await commands.rename_role(tx, role, data.name)
        return answer(role_out(await access.role(tx, organization_id, role_id)))


@delete(
    "/{role_id:uuid}",
    guards=_CHANGES,
    summary="Delete a role",
    operation_class=reads(_REASSIGN),
    responses=errors_of(400, 401, 403, 404, 429),
)
async def remove(
    request: TeamRequest,
    organization_id: FromPath[UUID],
    role_id: FromPath[UUID],
    tickets: NamedDependency[Tickets],
) -> None:
    """Refused (`in_use`) while it has tickets, unless `reassign_to` says who gets them."""
    role = await access.role(request.database, organization_id, role_id)
    if given := request.query.get("reassign_to"):
        to = await _successor(request, organization_id, role_id, given)
        await _hand_over(request, tickets.hand_over, role_id, to)
    async with request.work.begin(request.user) as tx:
        await commands.delete_role(tx, role)


@post(
    "/{role_id:uuid}/role_memberships",
    guards=_CHANGES,
    summary="Add a member to a role",
    responses=errors_of(400, 401, 403, 404, 415, 429),
)
async def add_member(
    request: TeamRequest,
    organization_id: FromPath[UUID],
    role_id: FromPath[UUID],
    data: JSONBody[RoleMemberBody],
) -> Response[RoleOut]:
    """Only members of the organization can belong to its roles."""
    async with request.work.begin(request.user) as tx:
        role = await access.role(tx, organization_id, role_id)
        await add_role_member(tx, role.id, data.user_id)
        return answer(role_out(await access.role(tx, organization_id, role_id)), 201)


@delete(
    "/{role_id:uuid}/role_memberships/{user_id:int}",
    guards=_CHANGES,
    summary="Remove a member from a role",
    responses=errors_of(401, 403, 404, 429),
)
async def remove_member(
    request: TeamRequest,
    organization_id: FromPath[UUID],
    role_id: FromPath[UUID],
    user_id: FromPath[int],
) -> None:
    """The user stays a member of the organization."""
    async with request.work.begin(request.user) as tx:
        role = await access.role(tx, organization_id, role_id)
        await commands.remove_role_member(tx, role, user_id)


async def _successor(
    request: TeamRequest, organization_id: UUID, role_id: UUID, given: str
) -> UUID | None:
    if given == "none":
        return None
    known = {
        str(role.id): role.id for role in await queries.roles(request.database, organization_id)
    }
    if given not in known or known[given] == role_id:
        raise Invalid("Name another role of the organization.", attr="reassign_to")
    return known[given]


async def _hand_over(
    request: TeamRequest, hand_over: HandOver, role_id: UUID, to: UUID | None
) -> None:
    """In small transactions, so that no ticket is locked for long."""
    for project_id in await queries.projects_of_role(request.database, role_id):
        actor = Actor(project_id, "user", str(request.grant.user_id))
        is_done = False
        while not is_done:
            async with request.work.begin(actor) as tx:
                is_done = await hand_over(tx, role_id, to) == 0


def router(hand_over: HandOver) -> Router:
    tickets = Tickets(hand_over)
    return Router(
        "/api/organizations/{organization_id:uuid}/roles",
        route_handlers=[list_roles, create, rename, remove, add_member, remove_member],
        dependencies={"tickets": Provide(lambda: tickets, sync_to_thread=False)},
        tags=["organizations"],
    )
