"""`rejoinder restore`: the terminal's side of it."""

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Annotated

import typer
from msgspec import Struct

from rejoinder.auth.secret_key import keep_secret
from rejoinder.cli.answer import show
from rejoinder.cli.backup.manifest import FILES, SECRET
from rejoinder.cli.backup.reading import Backup, reading
from rejoinder.cli.backup.snapshot import session
from rejoinder.cli.command import AsJson, DatabaseUrl, DataDir, errors_in_one_line
from rejoinder.cli.database import database_url as database_of
from rejoinder.cli.database import require_database
from rejoinder.cli.progress import Tell, telling, tidy_up_when_told_to_end
from rejoinder.cli.restore.hold import Held, hold
from rejoinder.cli.restore.load import (
    continue_log,
    load_newer_schema,
    load_rows,
    load_schema,
    require_empty,
    require_known_schema,
)
from rejoinder.db.pool import Session
from rejoinder.messages.attachments.files import Files
from rejoinder.settings import Settings, load


class Restored(Struct, frozen=True):
    """What the place holds now, and what waits for `rejoinder jobs release`."""

    created_at: str
    rows: int
    files: int
    migrated: list[str]
    ended_sessions: int
    held_jobs: int
    held_webhooks: int
    seconds: float


def restore(
    file: Annotated[Path, typer.Argument(help="What `rejoinder backup` wrote.")],
    *,
    data_dir: DataDir = None,
    database_url: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Put a backup into an empty data folder or database; nothing is ever replaced.

    Everybody signs in again. Mails, webhooks and jobs wait for `rejoinder jobs release`.
    """
    tidy_up_when_told_to_end()
    with errors_in_one_line(), telling() as tell, reading(file) as backup:
        settings = load(data_dir=data_dir, database_url=database_url)
        require_known_schema(backup.manifest)
        backup.check(tell)
        with database_of(settings) as dsn:
            done = asyncio.run(_restore(dsn, settings, backup, tell))
    show(done, as_json=as_json)


async def _restore(dsn: str, settings: Settings, backup: Backup, tell: Tell) -> Restored:
    began = time.monotonic()
    await require_database(dsn)
    async with session(dsn) as connected:
        await require_empty(connected)
        _keep_secret(settings, backup)
        files = await _keep_files(Files(settings), backup, tell)
        migrated, held = await restore_database(connected, backup, tell)
        tell("tidying up")
        await connected.connection.execute("VACUUM")
    return Restored(
        created_at=backup.manifest.created_at.isoformat(),
        rows=backup.manifest.rows,
        files=files,
        migrated=migrated,
        ended_sessions=held.sessions,
        held_jobs=held.jobs,
        held_webhooks=held.webhooks,
        seconds=round(time.monotonic() - began, 1),
    )


async def restore_database(session: Session, backup: Backup, tell: Tell) -> tuple[list[str], Held]:
    """The migrations that were added, and what waits. All in one transaction."""
    async with session.connection.transaction():
        await load_schema(session, backup.manifest)
        await load_rows(session, backup, tell)
        migrated = await load_newer_schema(session, backup.manifest)
        held = await hold(session)
        await continue_log(session)
    return migrated, held


def _keep_secret(settings: Settings, backup: Backup) -> None:
    """The key of the data folder that was backed up, unless the operator gives one."""
    if not settings.secret_key and backup.has(SECRET):
        keep_secret(settings, b"".join(backup.pieces(SECRET)).decode())


async def _keep_files(files: Files, backup: Backup, tell: Tell) -> int:
    """How many there are."""
    for name in backup.manifest.files:
        tell(f"writing {name}")
        await files.write(name.removeprefix(FILES), _as_it_comes(backup, name))
    return len(backup.manifest.files)


async def _as_it_comes(backup: Backup, name: str) -> AsyncIterator[bytes]:
    for piece in backup.pieces(name):
        yield piece
