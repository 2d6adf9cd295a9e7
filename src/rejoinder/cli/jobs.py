"""`rejoinder jobs`: the queue from the shell, and what to do about jobs that were given up."""

from typing import Annotated

import typer
from msgspec import Struct

from rejoinder.cli.command import command
from rejoinder.cli.restore.hold import release
from rejoinder.errors import Invalid, NotFound
from rejoinder.events.work import Work
from rejoinder.jobs import queries
from rejoinder.jobs.queries import DeadLetter, Standing

_MOST = 200

JobId = Annotated[int, typer.Argument(help="The job's id.", show_default=False)]
JobName = Annotated[str | None, typer.Option(help="Only jobs of this name.")]


class Standings(Struct, frozen=True):
    jobs: list[Standing]


class DeadLetters(Struct, frozen=True):
    jobs: list[DeadLetter]


class Counted(Struct, frozen=True):
    count: int


async def status(work: Work) -> Standings:
    """Count the jobs of each name: waiting, running, given up."""
    return Standings(await queries.standing(work.database))


async def dead(work: Work, name: JobName = None) -> DeadLetters:
    """List the jobs that were given up, the newest first, with what went wrong."""
    return DeadLetters(await queries.given_up(work.database, name, _MOST))


async def requeue(
    work: Work,
    job: Annotated[int | None, typer.Argument(help="The job's id.", show_default=False)] = None,
    name: JobName = None,
    *,
    everything: Annotated[bool, typer.Option("--all", help="All that were given up.")] = False,
) -> Counted:
    """Run jobs that were given up once more, from the beginning."""
    if job is None and name is None and not everything:
        raise Invalid("Name a job, a --name, or --all.", attr="job")
    count = await queries.requeue(work.database, job, name)
    if job is not None and not count:
        raise NotFound("There is no such job among those that were given up.")
    return Counted(count)


async def discard(work: Work, job: JobId) -> Counted:
    """Throw away a job that was given up."""
    count = await queries.discard(work.database, job)
    if not count:
        raise NotFound("There is no such job among those that were given up.")
    return Counted(count)


app = typer.Typer(name="jobs", help="See and mend the queue of jobs.", no_args_is_help=True)

for action in (status, dead, requeue, discard, release):
    app.command()(command(action))
