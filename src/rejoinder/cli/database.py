"""The database a command works on: the one given, the running server's, or one started for it."""

from collections.abc import Generator
from contextlib import contextmanager
from urllib.parse import urlsplit

import asyncpg

from rejoinder.cli.pooler import shares_sessions
from rejoinder.db.embedded import EmbeddedPostgres
from rejoinder.errors import Unavailable
from rejoinder.settings import Settings

OLDEST_POSTGRESQL = 15

_SHARED = (
    "is a pooler whose clients share sessions. Set its pool_mode to session,"
    " or give the address of PostgreSQL itself."
)


@contextmanager
def database_url(settings: Settings) -> Generator[str]:
    """The DSN to use for the time of a command, whether or not a server runs beside it."""
    if settings.database_url:
        yield settings.database_url
        return
    embedded = EmbeddedPostgres(settings.data_dir)
    running = embedded.attach()
    if running is not None:
        yield running
        return
    started = embedded.start(announce=False)
    try:
        yield started
    finally:
        embedded.stop()


async def require_database(dsn: str) -> None:
    """Raise Unavailable, in words for the operator, unless a PostgreSQL that we can use answers."""
    try:
        connection = await asyncpg.connect(dsn, timeout=10)
        try:
            version = connection.get_server_version()
            is_shared = await shares_sessions(connection, dsn)
        finally:
            connection.terminate()
    except (OSError, TimeoutError, ValueError, asyncpg.PostgresError) as error:
        raise Unavailable(f"The database {_public(dsn)} cannot be used: {error}") from None
    if is_shared:
        raise Unavailable(f"{_public(dsn)} {_SHARED}")
    if version.major < OLDEST_POSTGRESQL:
        raise Unavailable(
            f"{_public(dsn)} is PostgreSQL {version.major}; {OLDEST_POSTGRESQL} is the oldest."
        )


def _public(dsn: str) -> str:
    """The database's address without its credentials."""
    parts = urlsplit(dsn)
    return f"{parts.netloc.rpartition('@')[2]}{parts.path}"
