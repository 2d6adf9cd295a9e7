"""Pending migrations, each timed and asked for its locks, on a database that nobody needs."""

import time

import asyncpg
from msgspec import Struct

from rejoinder.cli.backup import queries as catalog
from rejoinder.cli.backup.reading import Backup
from rejoinder.cli.progress import Tell
from rejoinder.cli.restore.load import load_rows, load_schema
from rejoinder.cli.upgrade import queries
from rejoinder.db import migrate
from rejoinder.db.pool import Session


class Rehearsed(Struct, frozen=True):
    """What a migration did to the tables that were there: how long, and behind which locks."""

    migration: str
    seconds: float
    locks: str
    error: str = ""


async def rehearse(session: Session, backup: Backup, tell: Tell) -> list[Rehearsed]:
    """Each migration that the backup lacks, up to the first that fails."""
    async with session.connection.transaction():
        await load_schema(session, backup.manifest)
        await load_rows(session, backup, tell)
    done: list[Rehearsed] = []
    for name in migrate.available():
        if name not in backup.manifest.schema:
            tell(f"applying {name}")
            done.append(await _apply(session, name))
            if done[-1].error:
                break
    return done


async def _apply(session: Session, name: str) -> Rehearsed:
    tables = [shape.name for shape in await catalog.tables(session)]
    began = time.monotonic()
    try:
        async with session.connection.transaction():
            await migrate.apply(session.connection, name)
            taken = time.monotonic() - began
            found = await queries.locks(session, tables)
    except asyncpg.PostgresError as error:
        return Rehearsed(name, round(time.monotonic() - began, 3), "", str(error))
    text = ", ".join(f"{lock.name} {lock.mode}" for lock in found if lock.name != "migrations")
    return Rehearsed(name, round(taken, 3), text)
