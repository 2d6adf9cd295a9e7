"""A backup's tables into an empty database, in one transaction: all of it or nothing."""

from typing import Final

from rejoinder.cli.backup import queries as catalog
from rejoinder.cli.backup.manifest import Manifest
from rejoinder.cli.backup.reading import Backup, BackupUnusable
from rejoinder.cli.bulk.indexes import built_afterwards
from rejoinder.cli.progress import Tell
from rejoinder.cli.restore import queries
from rejoinder.db import migrate
from rejoinder.db.pool import Session
from rejoinder.errors import Conflict

# Whoever follows the log elsewhere may have read further than the backup goes: what happens from
# now on lies behind that, too, unless there were more transactions than this in between.
_GAP: Final = 2**32

# Numbers, and nothing from outside, go into these.
_POSITIONS: Final = """
CREATE OR REPLACE FUNCTION log_position() RETURNS xid8 LANGUAGE sql STABLE AS $$
    SELECT (pg_current_xact_id()::text::numeric + {offset:d})::text::xid8
$$;
CREATE OR REPLACE FUNCTION log_horizon() RETURNS xid8 LANGUAGE sql STABLE AS $$
    SELECT (pg_snapshot_xmin(pg_current_snapshot())::text::numeric + {offset:d})::text::xid8
$$;
"""


async def require_empty(session: Session) -> None:
    """Raises Conflict where there is anything already."""
    if found := await catalog.tables(session):
        raise Conflict(
            f"The database is not empty: it has {found[0].name}. "
            "Restore into a new data folder or database, and keep this one until all is well."
        )


def require_known_schema(manifest: Manifest) -> None:
    """Raises BackupUnusable for one of a version after ours."""
    if unknown := [name for name in manifest.schema if name not in migrate.available()]:
        raise BackupUnusable(
            f"The backup was made by Rejoinder {manifest.version}, which is newer: this version "
            f"does not know {unknown[0]}."
        )


async def load_schema(session: Session, manifest: Manifest) -> None:
    """The tables as they were when the backup was made, empty."""
    await migrate.begin(session.connection)
    for name in manifest.schema:
        await migrate.apply(session.connection, name)
    known = {shape.name: set(shape.columns) for shape in await catalog.tables(session)}
    for table in manifest.tables:
        if table.name not in known or not set(table.columns) <= known[table.name]:
            raise BackupUnusable(f"The backup's table {table.name} is not one of Rejoinder's.")


async def load_rows(session: Session, backup: Backup, tell: Tell) -> None:
    """Into the tables, whose triggers have done their work before the backup was made."""
    tables = backup.manifest.tables
    names = [table.name for table in tables]
    run = session.connection.execute
    async with built_afterwards(session, names, lambda doing, _: tell(doing)):
        for name in names:
            await run(f'ALTER TABLE "{name}" DISABLE TRIGGER USER')
        await run(f"TRUNCATE {_quoted(names)}")
        for table in tables:
            tell(f"writing {table.name}")
            with backup.opened(table.part) as rows:
                status = await session.connection.copy_to_table(
                    table.name, columns=table.columns, source=rows
                )
            if status != f"COPY {table.rows}":
                raise BackupUnusable(f"Of {table.rows} rows of {table.name}: {status}.")
        for name in names:
            await run(f'ALTER TABLE "{name}" ENABLE TRIGGER USER')
    for sequence in backup.manifest.sequences:
        await queries.set_sequence(session, sequence.name, sequence.last_value)


async def load_newer_schema(session: Session, manifest: Manifest) -> list[str]:
    """The migrations that came after the backup."""
    missing = [name for name in migrate.available() if name not in manifest.schema]
    for name in missing:
        await migrate.apply(session.connection, name)
    return missing


async def continue_log(session: Session) -> None:
    """What happens from now on stands behind everything that was kept, whoever counted it."""
    positions = await queries.last_position(session)
    offset = max(0, positions.kept + _GAP - positions.present)
    await session.connection.execute(_POSITIONS.format(offset=offset))


def _quoted(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
