"""I10: files and their rows are one. I11: the database's own pages and indexes are sound."""

from hashlib import sha256
from pathlib import Path
from typing import Final

import asyncpg

from tests.faults.checker.case import Case

_ROWS: Final = """
SELECT a.id::text, a.object_key, a.size, a.sha256, m.id IS NOT NULL AND m.deleted_at IS NULL AS used
FROM attachments a LEFT JOIN messages m ON m.project_id = a.project_id AND m.id = a.message_id
"""
_GARBAGE: Final = "SELECT object_key FROM attachment_garbage"
_CHECKSUMS: Final = "SELECT data_page_checksum_version > 0 FROM pg_control_init()"
_INDEXES: Final = """
SELECT c.oid, c.relname FROM pg_index i
JOIN pg_class c ON c.oid = i.indexrelid
JOIN pg_am a ON a.oid = c.relam AND a.amname = 'btree'
WHERE i.indisvalid AND c.relnamespace = 'public'::regnamespace AND c.relkind = 'i'
"""
_TABLES: Final = """
SELECT oid, relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
"""


async def files_owned(case: Case) -> list[str]:
    """I10, after what removes unused files once a day was run."""
    folder = Path(case.world.files)
    lying = _files_in(folder)
    problems: list[str] = []
    for id_, key, size, digest, used in await case.db.fetch(_ROWS):
        path = folder / key
        if not used:
            problems.append(f"attachment {id_}: in no message")
        if key not in lying:
            problems.append(f"attachment {id_}: without its file")
        elif path.stat().st_size != size or sha256(path.read_bytes()).digest() != digest:
            problems.append(f"attachment {id_}: with another file")
        lying.discard(key)
    problems += [f"{key}: still to be removed" for (key,) in await case.db.fetch(_GARBAGE)]
    return problems + [f"{key}: without a row" for key in sorted(lying)]


def _files_in(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


async def database_sound(case: Case) -> list[str]:
    """I11: what `pg_amcheck --heapallindexed` looks at; it leaves nothing behind."""
    problems: list[str] = []
    if case.world.checksums and not await case.db.fetchval(_CHECKSUMS):
        problems.append("checksums are off")
    transaction = case.db.transaction()
    await transaction.start()
    try:
        await case.db.execute("CREATE EXTENSION IF NOT EXISTS amcheck")
        problems += await _unsound_indexes(case)
        for oid, name in await case.db.fetch(_TABLES):
            found = await case.db.fetch("SELECT msg FROM verify_heapam($1::oid::regclass)", oid)
            problems += [f"{name}: {message}" for (message,) in found]
    finally:
        await transaction.rollback()
    return problems


async def _unsound_indexes(case: Case) -> list[str]:
    problems: list[str] = []
    for oid, name in await case.db.fetch(_INDEXES):
        try:
            async with case.db.transaction():
                await case.db.execute("SELECT bt_index_check($1::oid::regclass, true)", oid)
        except asyncpg.PostgresError as error:
            problems.append(f"{name}: {error}")
    return problems
