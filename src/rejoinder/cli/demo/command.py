"""`rejoinder demo`: the terminal's side of it."""

import asyncio
import time
from typing import Annotated

import typer
from msgspec import Struct
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from rejoinder.cli.answer import show
from rejoinder.cli.bootstrap import first_start
from rejoinder.cli.command import AsJson, DatabaseUrl, DataDir, errors_in_one_line
from rejoinder.cli.database import database_url as database_of
from rejoinder.cli.database import require_database
from rejoinder.cli.demo.plan import Plan
from rejoinder.cli.demo.seed import seed
from rejoinder.cli.schema import require_schema
from rejoinder.clock import now
from rejoinder.settings import Settings, load


class Filled(Struct, frozen=True):
    project_ids: list[int]
    tickets: int
    seconds: float


def demo(
    *,
    tickets: Annotated[int, typer.Option(min=1, help="How many tickets.")] = 1_000,
    project: Annotated[
        int | None, typer.Option(help="The project to fill.", show_default="the first")
    ] = None,
    projects: Annotated[
        int, typer.Option(min=1, help="Projects: that one gets half, new ones share the rest.")
    ] = 1,
    messages_per_ticket: Annotated[int, typer.Option(min=1, max=100, help="On average.")] = 6,
    seed: Annotated[int, typer.Option(help="The same seed gives the same conversations.")] = 7,
    data_dir: DataDir = None,
    database_url: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Fill a project with believable tickets, spread over the last 90 days."""
    plan = Plan(
        tickets=tickets,
        until=now(),
        project_id=project,
        projects=projects,
        messages_per_ticket=messages_per_ticket,
        seed=seed,
    )
    with errors_in_one_line():
        settings = load(data_dir=data_dir, database_url=database_url)
        with database_of(settings) as dsn:
            filled = asyncio.run(_fill(dsn, settings, plan))
    show(filled, as_json=as_json)


async def _fill(dsn: str, settings: Settings, plan: Plan) -> Filled:
    began = time.monotonic()
    await require_database(dsn)
    await require_schema(dsn)
    console = Console(stderr=True)
    welcome = await first_start(dsn, settings)
    if welcome:
        console.print(welcome, markup=False, highlight=False, soft_wrap=True)
    with _bar(console) as bar:
        task = bar.add_task("beginning", total=plan.tickets)
        project_ids = await seed(
            dsn, plan, lambda doing, more: bar.update(task, description=doing, advance=more)
        )
    return Filled(project_ids, plan.tickets, round(time.monotonic() - began, 1))


def _bar(console: Console) -> Progress:
    """Beside the answer, and only where somebody watches."""
    return Progress(
        TextColumn("[progress.description]{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        disable=not console.is_terminal,
    )
