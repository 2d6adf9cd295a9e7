"""Who answers: the organization's users and roles, with a few invented ones where it has none."""

from typing import Final
from uuid import UUID

from msgspec import Struct

from rejoinder.auth.commands import create_user
from rejoinder.auth.queries import user_by_email
from rejoinder.cli.demo import queries
from rejoinder.cli.demo.customers import Names, mailbox
from rejoinder.cli.operators import operator
from rejoinder.cli.passwords import generated_password
from rejoinder.errors import NotFound
from rejoinder.events.work import Tx, Work
from rejoinder.organizations.commands import add_member, create_project, create_role
from rejoinder.organizations.queries import project as find

_AGENTS: Final = 5
_HOST: Final = "team.example.com"


class Team(Struct, frozen=True):
    """To whom tickets can be assigned."""

    user_ids: list[int]
    role_ids: list[UUID]


async def assemble(
    work: Work, project_id: int | None, projects: int, names: Names
) -> tuple[list[int], Team]:
    """The projects to fill, the first of them given or found, the others new; and their team.

    Raises:
        NotFound: there is no such project, or none at all.
    """
    async with work.begin(operator()) as tx:
        first = project_id or await queries.first_project(tx)
        project = None if first is None else await find(tx, first)
        if project is None:
            raise NotFound("There is no such project.")
        others = [
            await create_project(tx, project.organization_id, f"Demo {number}")
            for number in range(2, projects + 1)
        ]
        team = await _team(tx, project.organization_id, names)
    return [project.id, *(other.id for other in others)], team


async def _team(tx: Tx, organization_id: UUID, names: Names) -> Team:
    if len(await queries.members(tx, organization_id)) < _AGENTS:
        await _hire(tx, organization_id, names)
    if not await queries.roles(tx, organization_id):
        for name in names.roles:
            await create_role(tx, organization_id, name)
    return Team(
        await queries.members(tx, organization_id), await queries.roles(tx, organization_id)
    )


async def _hire(tx: Tx, organization_id: UUID, names: Names) -> None:
    """Agents whose passwords nobody knows: an administrator can set one."""
    for first, last in list(zip(names.first, names.last, strict=False))[:_AGENTS]:
        email = f"{mailbox(first)}.{mailbox(last)}@{_HOST}"
        user = await user_by_email(tx, email) or await create_user(
            tx, email, generated_password(), first_name=first, last_name=last
        )
        await add_member(tx, organization_id, user.id, "agent")
