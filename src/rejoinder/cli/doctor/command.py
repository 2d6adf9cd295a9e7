"""The doctor's round, and the table it leaves."""

import asyncio

import asyncpg
import typer
from msgspec import Struct
from rich.console import Console
from rich.table import Table

from rejoinder.cli.answer import show
from rejoinder.cli.command import AsJson, DatabaseUrl, DataDir, errors_in_one_line
from rejoinder.cli.database import database_url as database_of
from rejoinder.cli.database import require_database
from rejoinder.cli.doctor.database import (
    check_clock,
    check_counters,
    check_extensions,
    check_migrations,
    check_version,
)
from rejoinder.cli.doctor.finding import Finding, State, fail
from rejoinder.cli.doctor.machine import check_client, check_disk, check_settings
from rejoinder.cli.doctor.mail import check_mail
from rejoinder.cli.doctor.shared_cache import check_redis
from rejoinder.cli.schema import schema_of
from rejoinder.db.connection import set_codecs
from rejoinder.db.pool import Session
from rejoinder.errors import RejoinderError
from rejoinder.settings import Settings, load

_STYLES: dict[State, str] = {"ok": "green", "warn": "yellow", "fail": "bold red"}


class Diagnosis(Struct, frozen=True):
    healthy: bool
    checks: list[Finding]


def doctor(
    *, data_dir: DataDir = None, database_url: DatabaseUrl = None, as_json: AsJson = False
) -> None:
    """Check database, schema, disk, clock, counters, mail, Redis; status 1 if something fails."""
    with errors_in_one_line():
        settings = load(data_dir=data_dir, database_url=database_url)
    findings = [
        check_settings(settings),
        check_client(),
        check_disk(settings.data_dir),
        *_of_database(settings),
    ]
    if settings.redis_url:
        findings.append(asyncio.run(check_redis(settings.redis_url)))
    healthy = all(finding.state != "fail" for finding in findings)
    if as_json:
        show(Diagnosis(healthy, findings), as_json=True)
    else:
        _print(findings)
    if not healthy:
        raise typer.Exit(1)


def _of_database(settings: Settings) -> list[Finding]:
    """What there is to say about the database; without one, only why."""
    try:
        with database_of(settings) as dsn:
            return asyncio.run(_examine(dsn, settings))
    except (RejoinderError, OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        hint = "See REJOINDER_DATABASE_URL, or postgres.log in the data folder."
        return [fail("database", " ".join(str(error).split()), hint)]


async def _examine(dsn: str, settings: Settings) -> list[Finding]:
    await require_database(dsn)
    schema = await schema_of(dsn)
    connection = await asyncpg.connect(dsn)
    try:
        await set_codecs(connection)
        session = Session(connection)
        version = connection.get_settings().server_version
        findings = [
            check_version(connection.get_server_version().major, version.split()[0]),
            await check_extensions(session),
            check_migrations(schema),
            await check_clock(session),
        ]
        if not schema.missing:
            findings += [await check_counters(session), await check_mail(session, settings)]
        return findings
    finally:
        await connection.close()


def _print(findings: list[Finding]) -> None:
    table = Table(box=None, show_header=False, pad_edge=False)
    for finding in findings:
        text = f"{finding.detail}\n{finding.hint}" if finding.hint else finding.detail
        style = _STYLES[finding.state]
        table.add_row(f"[{style}]{finding.state}[/]", finding.check, text)
    Console().print(table)
