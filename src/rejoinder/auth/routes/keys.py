"""`/api/personal_api_keys/`: the caller's keys, in the hands of a signed-in browser only."""

from typing import Final
from uuid import UUID

from litestar import Response, Router, delete, get, patch, post
from litestar.params import FromPath, JSONBody
from msgspec import UNSET, structs

from rejoinder.auth import access, commands, queries
from rejoinder.auth.guards import TeamRequest, identifies
from rejoinder.auth.rules import checked_projects
from rejoinder.auth.wire import KeyBody, KeyList, KeyOut, NewKeyOut, PatchKey, key_out
from rejoinder.web.answer import answer
from rejoinder.web.openapi import errors_of

_SIGNED_IN: Final = [identifies(session_only=True)]


@get("/", guards=_SIGNED_IN, summary="List API keys", responses=errors_of(401, 403, 429))
async def list_keys(request: TeamRequest) -> Response[KeyList]:
    """Those in force. What they are was shown when they were made."""
    found = await queries.keys(request.database, request.grant.user_id)
    return answer(KeyList([key_out(key) for key in found]))


@post(
    "/",
    guards=_SIGNED_IN,
    summary="Create an API key",
    responses=errors_of(400, 401, 403, 415, 429),
)
async def create_key(request: TeamRequest, data: JSONBody[KeyBody]) -> Response[NewKeyOut]:
    """Its value is shown this once."""
    user_id = request.grant.user_id
    projects = checked_projects(data.scoped_projects, request.grant)
    async with request.work.begin(request.user) as tx:
        made = await commands.create_key(
            tx, user_id, data.scopes, project_ids=projects, label=data.label
        )
        shown = key_out(await access.locked_key(tx, user_id, made.id))
    return answer(NewKeyOut(**structs.asdict(shown), value=made.key), 201)


@patch(
    "/{key_id:uuid}",
    guards=_SIGNED_IN,
    summary="Change an API key",
    responses=errors_of(400, 401, 403, 404, 415, 429),
)
async def change_key(
    request: TeamRequest, key_id: FromPath[UUID], data: JSONBody[PatchKey]
) -> Response[KeyOut]:
    """What it opens changes at once; the key itself stays."""
    async with request.work.begin(request.user) as tx:
        key = await access.locked_key(tx, request.grant.user_id, key_id)
        projects = (
            key.scoped_projects
            if data.scoped_projects is UNSET
            else checked_projects(data.scoped_projects, request.grant)
        )
        changed = await commands.change_key(
            tx,
            request.grant.user_id,
            key,
            key.label if data.label is UNSET else data.label,
            key.scopes if data.scopes is UNSET else data.scopes,
            projects,
        )
    return answer(key_out(changed))


@delete(
    "/{key_id:uuid}",
    guards=_SIGNED_IN,
    summary="Revoke an API key",
    responses=errors_of(401, 403, 404, 429),
)
async def revoke_key(request: TeamRequest, key_id: FromPath[UUID]) -> None:
    """It opens nothing any more, at once."""
    async with request.work.begin(request.user) as tx:
        await access.locked_key(tx, request.grant.user_id, key_id)
        await commands.revoke_key(tx, key_id)


router = Router(
    "/api/personal_api_keys",
    route_handlers=[list_keys, create_key, change_key, revoke_key],
    tags=["signing in"],
    security=[{"session": []}],
)
