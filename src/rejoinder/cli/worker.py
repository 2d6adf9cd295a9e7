"""`rejoinder worker`: background work in a process of its own, here or on another machine."""

import asyncio
import signal
from typing import Annotated

import msgspec
import structlog
import typer

from rejoinder import worker as background
from rejoinder.cli.command import DatabaseUrl, DataDir, errors_in_one_line
from rejoinder.cli.database import require_database
from rejoinder.cli.schema import require_schema
from rejoinder.db.embedded import EmbeddedPostgres
from rejoinder.errors import Unavailable
from rejoinder.process import end_first_when_memory_is_short
from rejoinder.settings import Settings, load
from rejoinder.web.logs import configure_logging

log = structlog.get_logger(__name__)


def worker(
    *,
    data_dir: DataDir = None,
    database_url: DatabaseUrl = None,
    redis_url: Annotated[str | None, typer.Option(help="The Redis of the servers.")] = None,
    log_format: Annotated[str | None, typer.Option(help="auto, console or json.")] = None,
) -> None:
    """Run background jobs for a server that is started with REJOINDER_BACKGROUND_JOBS=false."""
    options = locals()
    with errors_in_one_line():
        settings = load(**options)
        configure_logging(settings)
        dsn = settings.database_url or _running_server(settings)
        asyncio.run(_work(msgspec.structs.replace(settings, database_url=dsn)))


def _running_server(settings: Settings) -> str:
    dsn = EmbeddedPostgres(settings.data_dir).attach()
    if dsn is None:
        raise Unavailable(
            f"No server runs on {settings.data_dir}. Start one, or give --database-url."
        )
    return dsn


async def _work(settings: Settings) -> None:
    end_first_when_memory_is_short()
    await require_database(settings.database_url)
    await require_schema(settings.database_url)
    stop = asyncio.Event()
    for signum in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(signum, stop.set)
    log.info("worker.started")
    await background.run(settings, stop)
    log.info("worker.stopped")
