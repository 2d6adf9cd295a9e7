"""The command line's table of contents."""

import typer

from rejoinder.cli.serve import serve

app = typer.Typer(
    name="rejoinder",
    help="A self-hosted customer-conversations server.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

app.callback()(lambda: None)  # keeps `serve` a subcommand while it is alone
app.command()(serve)


def main() -> None:
    app()
