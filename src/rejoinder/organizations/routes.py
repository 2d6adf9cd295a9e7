"""Organizations and projects: their names and settings, and the rotation of tokens."""

from collections.abc import Awaitable, Callable
from typing import Final
from uuid import UUID

from litestar import Response, Router, get, patch, post, route
from litestar.params import FromPath, JSONBody
from msgspec import UNSET

from rejoinder.auth.guards import TeamRequest, administrates, identifies, requires
from rejoinder.auth.rules import allows
from rejoinder.auth.types import ADMINISTRATORS
from rejoinder.db.pool import Queryable
from rejoinder.errors import Invalid
from rejoinder.events.work import Tx
from rejoinder.organizations import access, commands, guards, queries
from rejoinder.organizations.types import Project
from rejoinder.organizations.wire import (
    NewProjectBody,
    OrganizationBody,
    OrganizationOut,
    PatchProject,
    ProjectName,
    ProjectOut,
    project_out,
)
from rejoinder.web.answer import answer
from rejoinder.web.idempotency import transaction
from rejoinder.web.openapi import errors_of
from rejoinder.web.parameters import IDEMPOTENCY_KEY, reads

_CHANGES: Final = [requires("ticket:write"), administrates]
_ADMINS: Final = [identifies("*"), guards.belongs, guards.administrates]


@get(
    "/",
    guards=[requires("ticket:read")],
    summary="Retrieve a project",
    responses=errors_of(401, 403, 404, 429),
)
async def retrieve_project(request: TeamRequest) -> Response[ProjectOut]:
    """The project with its settings; secrets are shown to owners and admins only.

    Not by a key that only reads: a secret opens more than that.
    """
    caller = request.caller
    project = await access.project(request.database, caller.project_id)
    writes = allows(request.grant.scopes, "ticket:write")
    return answer(project_out(project, trusted=writes and caller.level in ADMINISTRATORS))


@patch(
    "/",
    guards=_CHANGES,
    summary="Change a project",
    operation_class=reads(IDEMPOTENCY_KEY),
    responses=errors_of(400, 401, 403, 404, 409, 415, 422, 429),
)
async def change_project(
    request: TeamRequest, data: JSONBody[PatchProject]
) -> Response[ProjectOut]:
    """Its name and settings. Each given one replaces the one before; null unsets a setting."""

    async def change(tx: Tx) -> Project:
        if data.name is not UNSET:
            await commands.rename_project(tx, data.name)
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
        return await respond(project_out(await command(tx), trusted=True))


def _inside_settings(error: Invalid) -> Invalid:
    return Invalid(error.detail, attr=f"conversations_settings__{error.attr}", code=error.code)


@get(
    "/",
    guards=[identifies("*"), guards.belongs],
    summary="Retrieve an organization",
    responses=errors_of(401, 403, 404, 429),
)
async def retrieve_organization(
    request: TeamRequest, organization_id: FromPath[UUID]
) -> Response[OrganizationOut]:
    """The organization and its projects."""
    return answer(await _organization(request, request.database, organization_id))


@patch(
    "/",
    guards=_ADMINS,
    summary="Rename an organization",
    responses=errors_of(400, 401, 403, 404, 415, 429),
)
async def rename_organization(
    request: TeamRequest, organization_id: FromPath[UUID], data: JSONBody[OrganizationBody]
) -> Response[OrganizationOut]:
    """Members see the new name at once."""
    async with request.work.begin(request.user) as tx:
        await commands.rename_organization(tx, organization_id, data.name)
        return answer(await _organization(request, tx, organization_id))


@post(
    "/projects",
    guards=_ADMINS,
    summary="Create a project",
    operation_class=reads(IDEMPOTENCY_KEY),
    responses=errors_of(400, 401, 403, 404, 409, 415, 422, 429),
)
async def create_project(
    request: TeamRequest, organization_id: FromPath[UUID], data: JSONBody[NewProjectBody]
) -> Response[ProjectOut]:
    """A project with tokens of its own, ready to receive tickets."""
    async with transaction(request, request.work, request.user) as (tx, respond):
        project = await commands.create_project(tx, organization_id, data.name)
        return await respond(project_out(project, trusted=True), 201)


async def _organization(
    request: TeamRequest, db: Queryable, organization_id: UUID
) -> OrganizationOut:
    found = await access.organization(db, organization_id)
    projects = await queries.projects_of_organization(db, organization_id)
    return OrganizationOut(
        id=found.id,
        name=found.name,
        level=guards.membership(request).level,
        created_at=found.created_at,
        projects=[ProjectName(project.id, project.name) for project in projects],
    )


organization_router = Router(
    "/api/organizations/{organization_id:uuid}",
    route_handlers=[retrieve_organization, rename_organization, create_project],
    tags=["organizations"],
)
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
