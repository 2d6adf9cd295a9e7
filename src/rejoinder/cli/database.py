"""The database a command works on: the one given, the running server's, or one started for it."""

from collections.abc import Generator
from contextlib import contextmanager

from rejoinder.db.embedded import EmbeddedPostgres
from rejoinder.settings import Settings


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
