"""Personal API keys from the shell."""

from typing import Annotated
from uuid import UUID

import typer
from msgspec import Struct

from rejoinder.auth import commands
from rejoinder.auth.types import User
from rejoinder.cli.admin import queries
from rejoinder.cli.admin.arguments import UserEmail, known_user
from rejoinder.cli.admin.types import KeyRow
from rejoinder.cli.operators import operator
from rejoinder.errors import Invalid
from rejoinder.events.work import Tx, Work
from rejoinder.organizations.queries import is_member


class CreatedKey(Struct, frozen=True):
    id: UUID
    key: str


class RevokedKey(Struct, frozen=True):
    id: UUID


class Keys(Struct, frozen=True):
    keys: list[KeyRow]


async def create_key(
    work: Work,
    user: UserEmail,
    scopes: Annotated[
        str, typer.Option(help="Such as ticket:read,ticket:write or *.", show_default=False)
    ],
    project: Annotated[
        list[int] | None,
        typer.Option(help="Limit the key to this project; repeatable.", show_default="all"),
    ] = None,
    label: Annotated[str, typer.Option(help="What the key is for.", show_default=False)] = "",
) -> CreatedKey:
    """Create a personal API key; this is the only time it is shown."""
    wanted = [scope for part in scopes.split(",") if (scope := part.strip())]
    async with work.begin(operator()) as tx:
        owner = await known_user(tx, user)
        for project_id in project or ():
            await _check_sees(tx, owner, project_id)
        new = await commands.create_key(
            tx, owner.id, wanted, project_ids=project or (), label=label
        )
    return CreatedKey(new.id, new.key)


async def _check_sees(tx: Tx, owner: User, project_id: int) -> None:
    if not await is_member(tx, project_id, owner.id):
        raise Invalid(f"{owner.email} has no project {project_id}.", attr="project")


async def revoke_key(
    work: Work, key: Annotated[UUID, typer.Argument(help="The key's id.", show_default=False)]
) -> RevokedKey:
    """Revoke a personal API key: from now on it opens nothing."""
    async with work.begin(operator()) as tx:
        await commands.revoke_key(tx, key)
    return RevokedKey(key)


async def list_keys(work: Work) -> Keys:
    """List the personal API keys; their secrets are not stored."""
    return Keys(await queries.keys(work.database))
