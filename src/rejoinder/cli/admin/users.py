"""Users from the shell."""

from typing import Annotated

import typer
from msgspec import Struct

from rejoinder.auth import commands
from rejoinder.auth.passwords import checked, hashed
from rejoinder.auth.types import Level
from rejoinder.cli.admin import queries
from rejoinder.cli.admin.arguments import OrganizationId, UserEmail, known_user
from rejoinder.cli.admin.types import UserRow
from rejoinder.cli.operators import operator
from rejoinder.cli.passwords import generated_password
from rejoinder.events.work import Work
from rejoinder.organizations.commands import add_member
from rejoinder.organizations.members import commands as members


class CreatedUser(Struct, frozen=True):
    id: int
    email: str
    password: str


class NewPassword(Struct, frozen=True):
    id: int
    password: str


class ChangedUser(Struct, frozen=True):
    id: int
    is_active: bool


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
        user = await commands.create_user(tx, email, chosen)
        await add_member(tx, organization, user.id, role)
    return CreatedUser(user.id, user.email, chosen)


async def set_password(
    work: Work,
    user: UserEmail,
    password: Annotated[
        str | None, typer.Option(help="The password.", show_default="a generated one")
    ] = None,
) -> NewPassword:
    """Give a user another password; every browser of theirs is signed out."""
    chosen = password or generated_password()
    password_hash = hashed(checked(chosen))
    async with work.begin(operator()) as tx:
        found = await known_user(tx, user)
        await commands.change_password(tx, found.id, password_hash, by="operator")
    return NewPassword(found.id, chosen)


async def deactivate_user(work: Work, user: UserEmail) -> ChangedUser:
    """Let nobody in as this user: sessions, keys and streams end at once."""
    async with work.begin(operator()) as tx:
        found = await known_user(tx, user)
        await members.deactivate(tx, found.id)
    return ChangedUser(found.id, is_active=False)


async def activate_user(work: Work, user: UserEmail) -> ChangedUser:
    """Let a user in again who was deactivated; their keys have to be made anew."""
    async with work.begin(operator()) as tx:
        found = await known_user(tx, user)
        await commands.activate_user(tx, found.id)
    return ChangedUser(found.id, is_active=True)


async def list_users(work: Work) -> Users:
    """List the users, once for each organization they belong to."""
    return Users(await queries.users(work.database))
