"""Projects and their settings from the shell."""

from typing import Annotated
from uuid import UUID

import typer
from msgspec import Raw, Struct

from rejoinder.cli.admin import queries
from rejoinder.cli.admin.arguments import Name, OrganizationId, ProjectId
from rejoinder.cli.admin.assignments import parse
from rejoinder.cli.admin.types import ProjectRow
from rejoinder.cli.operators import operator
from rejoinder.errors import NotFound
from rejoinder.events.work import Work
from rejoinder.organizations import commands
from rejoinder.organizations.queries import project as find
from rejoinder.organizations.types import Project


class CreatedProject(Struct, frozen=True):
    id: int
    api_token: str
    widget_public_token: str
    secret_api_token: str


class ShownProject(Struct, frozen=True):
    id: int
    api_token: str
    widget_public_token: str
    secret_api_token: str
    name: str
    organization_id: UUID
    conversations_enabled: bool
    settings: Raw


class Projects(Struct, frozen=True):
    projects: list[ProjectRow]


async def create_project(work: Work, organization: OrganizationId, name: Name) -> CreatedProject:
    """Create a project, with tokens of its own."""
    async with work.begin(operator()) as tx:
        new = await commands.create_project(tx, organization, name)
    return CreatedProject(new.id, new.api_token, new.widget_public_token, new.secret_api_token)


async def show_project(work: Work, project: ProjectId) -> ShownProject:
    """Show a project's tokens and settings."""
    found = await find(work.database, project)
    if found is None:
        raise NotFound("There is no such project.")
    return _shown(found)


async def set_project(
    work: Work,
    project: ProjectId,
    assignments: Annotated[
        list[str],
        typer.Argument(
            metavar="NAME=VALUE...",
            help='Such as widget_enabled=true or widget_domains=["a.com"].',
            show_default=False,
        ),
    ],
) -> ShownProject:
    """Change settings of a project."""
    wanted = parse(assignments)
    async with work.begin(operator(project)) as tx:
        return _shown(
            await commands.change_settings(tx, enabled=wanted.enabled, settings=wanted.settings)
        )


async def adopt_token(
    work: Work,
    project: ProjectId,
    token: Annotated[str, typer.Argument(help="Such as phc_...", show_default=False)],
) -> ShownProject:
    """Give a project the public token that a site's pages have already."""
    async with work.begin(operator(project)) as tx:
        return _shown(await commands.adopt_token(tx, token))


async def list_projects(work: Work) -> Projects:
    """List the projects, without their tokens."""
    return Projects(await queries.projects(work.database))


def _shown(project: Project) -> ShownProject:
    return ShownProject(
        id=project.id,
        api_token=project.api_token,
        widget_public_token=project.widget_public_token,
        secret_api_token=project.secret_api_token,
        name=project.name,
        organization_id=project.organization_id,
        conversations_enabled=project.conversations_enabled,
        settings=project.conversations_settings,
    )
