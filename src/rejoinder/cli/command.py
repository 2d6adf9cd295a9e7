"""The shape of an operator's command: the options all share, one answer, one line for an error."""

import asyncio
import inspect
from collections.abc import Callable, Coroutine, Generator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import asyncpg
import typer
from msgspec import Struct

from rejoinder.cli.answer import show
from rejoinder.cli.database import database_url as database_of
from rejoinder.cli.database import require_database
from rejoinder.cli.operators import work_on
from rejoinder.cli.schema import require_schema
from rejoinder.db.pool import connect
from rejoinder.errors import Invalid, RejoinderError
from rejoinder.events.work import Work
from rejoinder.settings import Settings, SettingsError, load

# Takes a Work first, then what its command line gives.
Action = Callable[..., Coroutine[Any, Any, Struct]]

DataDir = Annotated[
    Path | None, typer.Option(help="The server's data folder.", show_default="$REJOINDER_DATA_DIR")
]
DatabaseUrl = Annotated[
    str | None, typer.Option(help="The server's database, if it is not our own.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Answer with one JSON object.")]

# Enough for a transaction and, beside it, a read.
_CONNECTIONS = 2


def command(action: Action) -> Callable[..., None]:
    """`action` as a command: handed a `Work`, its answer shown, its errors put in one line.

    To the options of `action` come --data-dir, --database-url and --json.
    """

    @wraps(action)
    def run(
        *,
        data_dir: DataDir = None,
        database_url: DatabaseUrl = None,
        as_json: AsJson = False,
        **given: object,
    ) -> None:
        with errors_in_one_line():
            settings = load(data_dir=data_dir, database_url=database_url)
            with database_of(settings) as dsn:
                answer = asyncio.run(_act(dsn, settings, lambda work: action(work, **given)))
        show(answer, as_json=as_json)

    return _with_signature(run, action)


async def _act(
    dsn: str, settings: Settings, action: Callable[[Work], Coroutine[Any, Any, Struct]]
) -> Struct:
    await require_database(dsn)
    await require_schema(dsn)
    async with connect(dsn, settings, size=_CONNECTIONS) as database:
        return await action(work_on(database))


def _with_signature(run: Callable[..., None], action: Action) -> Callable[..., None]:
    """`run` as the command line's parser sees it: the action's parameters, then the shared ones."""
    _, *own = inspect.signature(action).parameters.values()
    shared = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=kind, default=default)
        for name, kind, default in (
            ("data_dir", DataDir, None),
            ("database_url", DatabaseUrl, None),
            ("as_json", AsJson, False),
        )
    ]
    named = [each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in own]
    signature = inspect.Signature([*named, *shared])
    vars(run)["__signature__"] = signature
    run.__annotations__ = {name: each.annotation for name, each in signature.parameters.items()}
    return run


@contextmanager
def errors_in_one_line() -> Generator[None]:
    """What went wrong as one line on stderr: status 2 for wrong settings, else 1."""
    try:
        yield
    except SettingsError as error:
        typer.echo(error, err=True)
        raise typer.Exit(2) from None
    except RejoinderError as error:
        place = f"{error.attr}: " if isinstance(error, Invalid) and error.attr else ""
        typer.echo(_one_line(place + error.detail), err=True)
        raise typer.Exit(1) from None
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        typer.echo(_one_line(f"The database answered: {error}"), err=True)
        raise typer.Exit(1) from None


def _one_line(text: str) -> str:
    return " ".join(text.split())
