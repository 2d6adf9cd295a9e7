"""The project API under `/api/projects/:project_id/`: settings, and the rotation of tokens."""

from collections.abc import Awaitable, Callable
from typing import Final

from litestar import Response, Router, get, patch, post, route
from litestar.params import JSONBody

from rejoinder.auth.guards import TeamRequest, administrates, requires
from rejoinder.errors import Invalid
from rejoinder.events.work import Tx
from rejoinder.organizations import access, commands
from rejoinder.organizations.types import Project
from rejoinder.organizations.wire import PatchProject, ProjectOut, project_out
from rejoinder.web.answer import answer
from rejoinder.web.idempotency import transaction
from rejoinder.web.openapi import errors_of
from rejoinder.web.parameters import IDEMPOTENCY_KEY, reads

_CHANGES: Final = [requires("ticket:write"), administrates]


@get(
    "/",
    guards=[requires("ticket:read")],
    summary="Retrieve a project",
    responses=errors_of(401, 403, 404, 429),
)
async def retrieve_project(request: TeamRequest) -> Response[ProjectOut]:
    """The project with its settings; secrets are shown to owners and admins only."""
    caller = request.caller
    project = await access.project(request.database, caller.project_id)
    return answer(project_out(project, caller.level))


@patch(
    "/",
    guards=_CHANGES,
    summary="Change a project's settings",
    operation_class=reads(IDEMPOTENCY_KEY),
    responses=errors_of(400, 401, 403, 404, 409, 415, 422, 429),
)
async def change_project(
    request: TeamRequest, data: JSONBody[PatchProject]
) -> Response[ProjectOut]:
    """Each given setting replaces the one before; null goes back to its default."""

    async def change(tx: Tx) -> Project:
        try:
            return await commands.change_settings(tx, enabled=data.enabled, settings=data.settings)
        except Invalid as error:
            raise _inside_settings(error) from None

    return await _commit(request, change)


@post(
    "/generate_conversations_public_token",
    guards=_CHANGES,
    status_code=200,
    summary="Rotate the widget's token",
    operation_class=reads(IDEMPOTENCY_KEY),
    responses=errors_of(401, 403, 404, 409, 422, 429),
)
async def generate_public_token(request: TeamRequest) -> Response[ProjectOut]:
    """Another public token. Widgets that send the old one are refused at once."""
    return await _commit(request, commands.rotate_widget_token)


@route(
    "/rotate_secret_token",
    http_method=["POST", "PATCH"],
    guards=_CHANGES,
    status_code=200,
    summary="Rotate the secret token",
    operation_class=reads(IDEMPOTENCY_KEY),
    responses=errors_of(401, 403, 404, 409, 422, 429),
)
async def rotate_secret_token(request: TeamRequest) -> Response[ProjectOut]:
    """Another secret. The one before keeps verifying as the backup until that is deleted."""
    return await _commit(request, commands.rotate_secret)


@route(
    "/delete_secret_token_backup",
    http_method=["POST", "PATCH"],
    guards=_CHANGES,
    status_code=200,
    summary="Delete the former secret token",
    operation_class=reads(IDEMPOTENCY_KEY),
    responses=errors_of(401, 403, 404, 409, 422, 429),
)
async def delete_secret_token_backup(request: TeamRequest) -> Response[ProjectOut]:
    """Ends the overlap of a rotation."""
    return await _commit(request, commands.delete_secret_backup)


async def _commit(
    request: TeamRequest, command: Callable[[Tx], Awaitable[Project]]
) -> Response[ProjectOut]:
    caller = request.caller
    async with transaction(request, request.work, caller.actor) as (tx, respond):
        return await respond(project_out(await command(tx), caller.level))


def _inside_settings(error: Invalid) -> Invalid:
    return Invalid(error.detail, attr=f"conversations_settings__{error.attr}", code=error.code)


router = Router(
    "/api/projects/{project_id:str}",
    route_handlers=[
        retrieve_project,
        change_project,
        generate_public_token,
        rotate_secret_token,
        delete_secret_token_backup,
    ],
    tags=["projects"],
)
