"""`rejoinder upgrade`: the terminal's side of it."""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from msgspec import Struct

from rejoinder.cli.answer import show
from rejoinder.cli.backup.reading import reading
from rejoinder.cli.backup.snapshot import Snapshot, require_data, session
from rejoinder.cli.backup.writing import Writing
from rejoinder.cli.command import AsJson, DatabaseUrl, DataDir, errors_in_one_line
from rejoinder.cli.database import database_url as database_of
from rejoinder.cli.database import require_database
from rejoinder.cli.progress import Tell, telling, tidy_up_when_told_to_end
from rejoinder.cli.schema import schema_of
from rejoinder.cli.upgrade.rehearsal import Rehearsed, rehearse
from rejoinder.cli.upgrade.scratch import scratch_database
from rejoinder.errors import Invalid
from rejoinder.settings import Settings, load


class Rehearsal(Struct, frozen=True):
    migrations: list[Rehearsed]


def upgrade(
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Rehearse it on a copy; status 1 if it fails.")
    ] = False,
    data_dir: DataDir = None,
    database_url: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Rehearse the migrations of this version on a copy of the database, and throw it away.

    Says how long each takes, and which locks it has on which tables until it ends. The upgrade
    itself happens when the new version starts, or with `rejoinder migrate`.
    """
    tidy_up_when_told_to_end()
    with errors_in_one_line(), telling() as tell:
        if not check:
            raise Invalid("Give --check. `rejoinder migrate` applies the migrations.")
        settings = load(data_dir=data_dir, database_url=database_url)
        require_data(settings)
        done = _check(settings, tell)
    show(Rehearsal(done), as_json=as_json)
    if any(each.error for each in done):
        raise typer.Exit(1)


def _check(settings: Settings, tell: Tell) -> list[Rehearsed]:
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    # Beside the data, where there is room for it.
    with TemporaryDirectory(prefix="upgrade-", dir=settings.data_dir) as name:
        folder = Path(name)
        with database_of(settings) as dsn:
            if not asyncio.run(_is_behind(dsn)):
                return []
            asyncio.run(_copy(dsn, settings, folder / "copy.tar", tell))
        with scratch_database(settings, folder / "data") as dsn:
            return asyncio.run(_rehearse(dsn, folder / "copy.tar", tell))


async def _is_behind(dsn: str) -> bool:
    await require_database(dsn)
    return bool((await schema_of(dsn)).missing)


async def _copy(dsn: str, settings: Settings, file: Path, tell: Tell) -> None:
    async with session(dsn) as connected:
        with Writing(file) as writing:
            snapshot = Snapshot(connected, writing, tell, packed=True)
            writing.finish(await snapshot.take(None, settings))


async def _rehearse(dsn: str, file: Path, tell: Tell) -> list[Rehearsed]:
    async with session(dsn) as connected:
        with reading(file) as backup:
            return await rehearse(connected, backup, tell)
