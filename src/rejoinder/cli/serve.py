"""`rejoinder serve`: the database, the schema, the first start's secrets, then the HTTP workers."""

import asyncio
import os
import resource
import signal
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import msgspec
import structlog
import typer

from rejoinder.cli.address import free_address
from rejoinder.cli.bootstrap import first_start
from rejoinder.cli.database import require_database
from rejoinder.cli.workers import serve_until_stopped
from rejoinder.db.embedded import EmbeddedPostgres
from rejoinder.db.migrate import migrate
from rejoinder.errors import RejoinderError
from rejoinder.notifications.mailer import Mailer
from rejoinder.settings import PREFIX, Settings, SettingsError, load
from rejoinder.web.logs import configure_logging

log = structlog.get_logger(__name__)

APPLICATION = "rejoinder.app.application:create"

_OPEN_FILES = 65_536


def serve(
    *,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; 0 takes a free one.")] = None,
    data_dir: Annotated[Path | None, typer.Option(help="Where our own PostgreSQL lives.")] = None,
    database_url: Annotated[
        str | None, typer.Option(help="A PostgreSQL of yours (15 or newer) instead.")
    ] = None,
    redis_url: Annotated[str | None, typer.Option(help="Redis or Valkey, not required.")] = None,
    public_url: Annotated[str | None, typer.Option(help="How people reach this server.")] = None,
    workers: Annotated[int | None, typer.Option(help="Processes that answer requests.")] = None,
    log_format: Annotated[str | None, typer.Option(help="auto, console or json.")] = None,
) -> None:
    """Start the server, with a PostgreSQL of its own unless --database-url names one.

    Each option can be given as REJOINDER_<OPTION> in the environment, too.
    """
    options = locals()
    try:
        settings = load(**options)
        Mailer(settings)  # half-configured, it would fail in each worker instead of here
    except SettingsError as error:
        typer.echo(error, err=True)
        raise typer.Exit(2) from None
    try:
        run(settings)
    except RejoinderError as error:
        typer.echo(error.detail, err=True)
        raise typer.Exit(1) from None


def run(settings: Settings, application: str = APPLICATION) -> None:
    """Serve until told to stop; whatever was started here has ended afterwards."""
    signal.signal(signal.SIGTERM, _leave)
    configure_logging(settings)
    _allow_many_files()
    address, port = free_address(settings.host, settings.port)
    settings = msgspec.structs.replace(settings, port=port)
    with _database(settings) as dsn:
        settings = msgspec.structs.replace(settings, database_url=dsn)
        welcome = asyncio.run(_prepare(settings))
        if welcome:
            typer.echo(welcome)
        _hand_to_workers(settings)
        serve_until_stopped(settings, address, application)


@contextmanager
def _database(settings: Settings) -> Generator[str]:
    if settings.database_url:
        yield settings.database_url
        return
    connections = settings.workers * (settings.pool_size + 5) + 20
    embedded = EmbeddedPostgres(settings.data_dir, connections=max(60, connections))
    try:
        yield embedded.start()
    finally:
        embedded.stop()


async def _prepare(settings: Settings) -> str | None:
    await require_database(settings.database_url)
    applied = await migrate(settings.database_url)
    if applied:
        log.info("schema.migrated", applied=applied)
    return await first_start(settings.database_url, settings)


def _hand_to_workers(settings: Settings) -> None:
    """Workers read the environment as anybody does, and find there what was decided here."""
    values = {
        "HOST": settings.host,
        "PORT": str(settings.port),
        "DATA_DIR": str(settings.data_dir.absolute()),
        "DATABASE_URL": settings.database_url,
        "REDIS_URL": settings.redis_url,
        "PUBLIC_URL": settings.public_url,
        "WORKERS": str(settings.workers),
        "LOG_FORMAT": settings.log_format,
    }
    os.environ.update({PREFIX + name: value for name, value in values.items()})


def _allow_many_files() -> None:
    """Each open page of the inbox is a socket; the usual soft limit of 1,024 is too low."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _OPEN_FILES if hard == resource.RLIM_INFINITY else min(hard, _OPEN_FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _leave(_signum: int, _frame: object) -> NoReturn:
    raise SystemExit(0)
