"""`rejoinder backup`: the terminal's side of it."""

import asyncio
import time
from pathlib import Path
from typing import Annotated

import typer
from msgspec import Struct

from rejoinder.cli.answer import show
from rejoinder.cli.backup.manifest import FILES
from rejoinder.cli.backup.snapshot import Snapshot, require_data, session
from rejoinder.cli.backup.writing import Writing
from rejoinder.cli.command import AsJson, DatabaseUrl, DataDir, errors_in_one_line
from rejoinder.cli.database import database_url as database_of
from rejoinder.cli.database import require_database
from rejoinder.cli.progress import Tell, telling, tidy_up_when_told_to_end
from rejoinder.messages.attachments.files import Files
from rejoinder.settings import Settings, load


class BackedUp(Struct, frozen=True):
    """What the file holds."""

    file: str
    bytes: int
    tables: int
    rows: int
    files: int
    missing_files: int
    seconds: float


def backup(
    file: Annotated[Path, typer.Argument(help="The file to write; it must not exist yet.")],
    *,
    files: Annotated[bool, typer.Option(help="With the attachments.")] = True,
    packed: Annotated[bool, typer.Option(help="With gzip over the tables.")] = True,
    data_dir: DataDir = None,
    database_url: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Write the database, the attachments and the secret key to one file, while the server runs."""
    tidy_up_when_told_to_end()
    with errors_in_one_line(), telling() as tell:
        settings = load(data_dir=data_dir, database_url=database_url)
        require_data(settings)
        with database_of(settings) as dsn:
            store = Files(settings) if files else None
            done = asyncio.run(_back_up(dsn, settings, file, store, tell, packed=packed))
    show(done, as_json=as_json)
    if done.missing_files:
        typer.echo("Some attachments are not in the file store any more.", err=True)


async def _back_up(
    dsn: str, settings: Settings, file: Path, files: Files | None, tell: Tell, *, packed: bool
) -> BackedUp:
    began = time.monotonic()
    await require_database(dsn)
    async with session(dsn) as connected:
        with Writing(file) as writing:
            snapshot = Snapshot(connected, writing, tell, packed=packed)
            manifest = await snapshot.take(files, settings)
            size = writing.finish(manifest)
    return BackedUp(
        file=str(file),
        bytes=size,
        tables=len(manifest.tables),
        rows=manifest.rows,
        files=sum(part.name.startswith(FILES) for part in manifest.parts),
        missing_files=len(manifest.missing_files),
        seconds=round(time.monotonic() - began, 1),
    )
