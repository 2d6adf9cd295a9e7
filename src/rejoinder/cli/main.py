"""The command line's table of contents."""

import typer

from rejoinder.cli.admin.app import app as admin
from rejoinder.cli.demo.command import demo
from rejoinder.cli.doctor.command import doctor
from rejoinder.cli.jobs import app as jobs
from rejoinder.cli.migrate import migrate
from rejoinder.cli.serve import serve
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
app.add_typer(admin)
app.add_typer(jobs)


def main() -> None:
    app()
