"""Persons from the shell."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
import typer
from msgspec import Struct

from rejoinder.cli.operators import operator
from rejoinder.errors import Invalid, NotFound
from rejoinder.events.work import Work
from rejoinder.organizations.queries import project as find
from rejoinder.people import commands


class UpsertedPerson(Struct, frozen=True):
    id: UUID


async def upsert_person(
    work: Work,
    project: Annotated[int, typer.Option(help="The project's id.", show_default=False)],
    distinct_id: Annotated[
        str, typer.Option(help="An id that the person is known by.", show_default=False)
    ],
    properties: Annotated[
        str, typer.Option(metavar="JSON", help='Such as {"email": "ada@example.org"}.')
    ] = "{}",
) -> UpsertedPerson:
    """Create the person with this distinct id, or merge properties into it."""
    given = _object(properties)
    async with work.begin(operator(project)) as tx:
        if await find(tx, project) is None:
            raise NotFound("There is no such project.")
        person = await commands.upsert(tx, [distinct_id], given)
    return UpsertedPerson(person.id)


def _object(text: str) -> dict[str, Any]:
    try:
        return msgspec.json.decode(text, type=dict[str, Any])
    except msgspec.MsgspecError as error:
        raise Invalid(f"Give a JSON object: {error}.", attr="properties") from None
