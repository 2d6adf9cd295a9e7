"""Roles and their members from the shell."""

from typing import Annotated
from uuid import UUID

import typer
from msgspec import Struct

from rejoinder.cli.admin import queries
from rejoinder.cli.admin.arguments import Name, OrganizationId, UserEmail, known_user
from rejoinder.cli.admin.types import RoleRow
from rejoinder.cli.operators import operator
from rejoinder.events.work import Work
from rejoinder.organizations import commands


class CreatedRole(Struct, frozen=True):
    id: UUID


class RoleMember(Struct, frozen=True):
    role_id: UUID
    user_id: int


class Roles(Struct, frozen=True):
    roles: list[RoleRow]


async def create_role(work: Work, organization: OrganizationId, name: Name) -> CreatedRole:
    """Create a role, to which tickets can be assigned."""
    async with work.begin(operator()) as tx:
        role = await commands.create_role(tx, organization, name)
    return CreatedRole(role.id)


async def add_role_member(
    work: Work,
    role: Annotated[UUID, typer.Option(help="The role's id.", show_default=False)],
    user: UserEmail,
) -> RoleMember:
    """Let a user of the role's organization belong to the role."""
    async with work.begin(operator()) as tx:
        member = await known_user(tx, user)
        await commands.add_role_member(tx, role, member.id)
    return RoleMember(role, member.id)


async def list_roles(work: Work) -> Roles:
    """List the roles and who belongs to them."""
    return Roles(await queries.roles(work.database))
