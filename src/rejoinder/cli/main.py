"""The command line's table of contents."""

from importlib.metadata import version
from typing import Annotated

import typer

from rejoinder.cli.admin.app import app as admin
from rejoinder.cli.backup.command import backup
from rejoinder.cli.demo.command import demo
from rejoinder.cli.doctor.command import doctor
from rejoinder.cli.jobs import app as jobs
from rejoinder.cli.migrate import migrate
from rejoinder.cli.restore.command import restore
from rejoinder.cli.serve import serve
from rejoinder.cli.upgrade.command import upgrade
from rejoinder.cli.worker import worker

app = typer.Typer(
    name="rejoinder",
    help="A self-hosted customer-conversations server.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

app.command()(serve)
app.command()(worker)
app.command()(migrate)
app.command()(demo)
app.command()(doctor)
app.command()(backup)
app.command()(restore)
app.command()(upgrade)
app.add_typer(admin)
app.add_typer(jobs)


def _print_version(wanted: bool) -> None:  # noqa: FBT001  typer calls it so
    if wanted:
        typer.echo(f"rejoinder {version('rejoinder')}")
        raise typer.Exit


@app.callback()
def rejoinder(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """A self-hosted customer-conversations server."""


def main() -> None:
    app()
