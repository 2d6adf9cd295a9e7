"""Users from the shell."""

from typing import Annotated

import typer
from msgspec import Struct

from rejoinder.auth.commands import create_user as create
from rejoinder.auth.types import Level
from rejoinder.cli.admin import queries
from rejoinder.cli.admin.arguments import OrganizationId
from rejoinder.cli.admin.types import UserRow
from rejoinder.cli.operators import operator
from rejoinder.cli.passwords import generated_password
from rejoinder.events.work import Work
from rejoinder.organizations.commands import add_member


class CreatedUser(Struct, frozen=True):
    id: int
    email: str
    password: str


class Users(Struct, frozen=True):
    users: list[UserRow]


async def create_user(
    work: Work,
    organization: OrganizationId,
    email: Annotated[str, typer.Option(help="The address to sign in with.", show_default=False)],
    password: Annotated[
        str | None, typer.Option(help="The password.", show_default="a generated one")
    ] = None,
    role: Annotated[Level, typer.Option(help="What the user may do.")] = "agent",
) -> CreatedUser:
    """Create a user of an organization."""
    chosen = password or generated_password()
    async with work.begin(operator()) as tx:
        user = await create(tx, email, chosen)
        await add_member(tx, organization, user.id, role)
    return CreatedUser(user.id, user.email, chosen)


async def list_users(work: Work) -> Users:
    """List the users, once for each organization they belong to."""
    return Users(await queries.users(work.database))
