"""`/api/organizations/:id/members/`, and the team of a project."""

from typing import Final
from uuid import UUID

from litestar import Response, Router, delete, get, patch, post
from litestar.params import FromPath, JSONBody

from rejoinder.auth.guards import TeamRequest, identifies, requires
from rejoinder.db.pool import Queryable
from rejoinder.errors import NotFound
from rejoinder.organizations.guards import administrates, belongs, membership
from rejoinder.organizations.members import commands, queries
from rejoinder.organizations.members.types import Member
from rejoinder.organizations.members.wire import (
    LevelBody,
    MemberList,
    MemberOut,
    Team,
    member_out,
)
from rejoinder.web.answer import answer
from rejoinder.web.openapi import errors_of

_READS: Final = [identifies("*"), belongs]
_CHANGES: Final = [identifies("*"), belongs, administrates]


@get("/", guards=_READS, summary="List members", responses=errors_of(401, 403, 404, 429))
async def list_members(
    request: TeamRequest, organization_id: FromPath[UUID]
) -> Response[MemberList]:
    """All of them: there are never many."""
    found = await queries.members(request.database, organization_id)
    return answer(MemberList([member_out(member) for member in found]))


@patch(
    "/{user_id:int}",
    guards=_CHANGES,
    summary="Change a member's level",
    responses=errors_of(400, 401, 403, 404, 415, 429),
)
async def change_member(
    request: TeamRequest,
    organization_id: FromPath[UUID],
    user_id: FromPath[int],
    data: JSONBody[LevelBody],
) -> Response[MemberOut]:
    """Only an owner makes or unmakes owners; the last one stays (`last_owner`)."""
    async with request.work.begin(request.user) as tx:
        await commands.change_level(tx, membership(request), user_id, data.level)
        changed = await _member(tx, organization_id, user_id)
    return answer(member_out(changed))


@delete(
    "/{user_id:int}",
    guards=_CHANGES,
    summary="Remove a member",
    responses=errors_of(400, 401, 403, 404, 429),
)
async def remove_member(
    request: TeamRequest,
    organization_id: FromPath[UUID],  # noqa: ARG001  the guard has read it
    user_id: FromPath[int],
) -> None:
    """Keys and sessions of theirs reach the organization no more; what they did stays readable."""
    async with request.work.begin(request.user) as tx:
        await commands.remove_member(tx, membership(request), user_id)


@post(
    "/{user_id:int}/deactivate",
    guards=_CHANGES,
    status_code=204,
    summary="Deactivate a user",
    responses=errors_of(400, 401, 403, 404, 409, 429),
)
async def deactivate_member(
    request: TeamRequest,
    organization_id: FromPath[UUID],  # noqa: ARG001  the guard has read it
    user_id: FromPath[int],
) -> None:
    """Ends their sessions, keys and streams at once; for who belongs to no other organization."""
    async with request.work.begin(request.user) as tx:
        await commands.deactivate_member(tx, membership(request), user_id)


@get(
    "/team",
    guards=[requires("ticket:read")],
    summary="List the team",
    responses=errors_of(401, 403, 404, 429),
)
async def list_team(request: TeamRequest) -> Response[Team]:
    """Who can be assigned and mentioned: the members and the roles of the organization."""
    project_id = request.caller.project_id
    users = await queries.teammates(request.database, project_id)
    return answer(Team(users, await queries.team_roles(request.database, project_id)))


async def _member(db: Queryable, organization_id: UUID, user_id: int) -> Member:
    found = await queries.member(db, organization_id, user_id)
    if found is None:
        raise NotFound
    return found


router = Router(
    "/api/organizations/{organization_id:uuid}/members",
    route_handlers=[list_members, change_member, remove_member, deactivate_member],
    tags=["organizations"],
)
team_router = Router(
    "/api/projects/{project_id:str}", route_handlers=[list_team], tags=["projects"]
)
