"""`rejoinder migrate`: brings the schema up to date, or only says what is missing."""

import asyncio
from typing import Annotated

import typer
from msgspec import Struct

from rejoinder.cli.answer import show
from rejoinder.cli.command import AsJson, DatabaseUrl, DataDir, errors_in_one_line
from rejoinder.cli.database import database_url as database_of
from rejoinder.cli.database import require_database
from rejoinder.cli.schema import schema_of
from rejoinder.db import migrate as migrations
from rejoinder.settings import load


class Migrated(Struct, frozen=True):
    """`applied` are those of this run, `missing` those the database still lacks."""

    applied: list[str]
    missing: list[str]
    present: list[str]


def migrate(
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; status 1 if behind.")
    ] = False,
    data_dir: DataDir = None,
    database_url: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Bring the database's schema up to date."""
    with (
        errors_in_one_line(),
        database_of(load(data_dir=data_dir, database_url=database_url)) as dsn,
    ):
        outcome = asyncio.run(_migrate(dsn, check=check))
    show(outcome, as_json=as_json)
    if outcome.missing:
        raise typer.Exit(1)


async def _migrate(dsn: str, *, check: bool) -> Migrated:
    await require_database(dsn)
    applied = [] if check else await migrations.migrate(dsn)
    schema = await schema_of(dsn)
    return Migrated(applied, schema.missing, schema.applied)
