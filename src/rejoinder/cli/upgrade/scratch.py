"""Where a copy of the database may be made and thrown away."""

import asyncio
import secrets
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg

from rejoinder.db.embedded import EmbeddedPostgres
from rejoinder.settings import Settings


@contextmanager
def scratch_database(settings: Settings, folder: Path) -> Generator[str]:
    """A PostgreSQL of its own in `folder`, or a database beside the operator's, on their server."""
    if settings.database_url:
        with _beside(settings.database_url) as dsn:
            yield dsn
        return
    embedded = EmbeddedPostgres(folder)
    try:
        yield embedded.start(announce=False)
    finally:
        embedded.stop()


@contextmanager
def _beside(dsn: str) -> Generator[str]:
    name = f"rejoinder_check_{secrets.token_hex(4)}"
    asyncio.run(_execute(dsn, f"CREATE DATABASE {name} TEMPLATE template0"))
    try:
        yield urlsplit(dsn)._replace(path=f"/{name}").geturl()
    finally:
        asyncio.run(_execute(dsn, f"DROP DATABASE {name} WITH (FORCE)"))


async def _execute(dsn: str, statement: str) -> None:
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
