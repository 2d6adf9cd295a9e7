"""The parts of a run, in their order; each adds to the report what it has found."""

import asyncio
import re
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from typing import Final

from msgspec import Struct
from msgspec import field as default

from bench import pgbench, reading, writing
from bench.cases import Case
from bench.effort import Effort
from bench.fanout import fanout
from bench.inbox import inbox
from bench.levers import by_setting, by_statement
from bench.measure import Field, measure
from bench.plans import explain
from bench.processes import memory_mb, tree
from bench.report import Report
from bench.sizes import sizes
from bench.startup import startup
from bench.statements import alone
from bench.targets import everybody, ours
from bench.widgets import widgets
from bench.world import FOLDER, World


class Run(Struct):
    """What all parts share, and the report that they fill."""

    effort: Effort
    report: Report
    only: str = ""
    settings: Mapping[str, str] = {}
    """Of the server that is measured, on top of the usual ones."""
    server: str = ""
    """The DSN of the database server."""
    worlds: dict[int, World] = default(default_factory=dict[int, World])
    say: Callable[[str], None] = print

    @property
    def world(self) -> World:
        """The largest one."""
        return self.worlds[self.effort.plan.tickets]

    def cases(self, world: World) -> list[Case]:
        found = [*reading.cases(world.subject), *writing.cases(world.subject)]
        return [case for case in found if re.search(self.only, case.name)]


def idle(run: Run) -> None:
    run.report.startup = startup(FOLDER, run.effort.idle_seconds)


def requests(run: Run) -> None:
    effort, world = run.effort, run.world
    cases, program = run.cases(world), pgbench.find()
    statements = alone(world.subject)
    run.report.pgbench = program.version if program else ""
    with everybody(world, cases, run.settings) as targets:
        field = Field(targets, program, world.dsn, statements, effort.rounds, effort.seconds)
        rows, failures = measure(cases, field, run.say)
        run.report.python_mb = memory_mb(tree(targets["ours"].server.pid))
        run.report.postgres_mb = memory_mb(tree(targets["ours"].postmaster))
    run.report.rows += rows
    run.report.failures += failures


def by_size(run: Run) -> None:
    effort, worlds = run.effort, dict(sorted(run.worlds.items()))
    cases = {size: run.cases(world) for size, world in worlds.items()}
    with ExitStack() as stack:
        targets = {
            size: stack.enter_context(ours(world, run.settings)) for size, world in worlds.items()
        }
        curves, failures = sizes(cases, targets, effort.size_rounds, effort.size_seconds, run.say)
    run.report.curves += curves
    run.report.failures += failures


def levers(run: Run) -> None:
    effort, world, program = run.effort, run.world, pgbench.find()
    rounds, seconds = effort.rounds, effort.seconds
    gains, failures = by_setting(world, run.cases(world), rounds, seconds, run.say)
    run.report.gains += gains
    run.report.failures += failures
    if program is not None:
        run.report.gains += by_statement(world, program, rounds, seconds, run.say)


def pages(run: Run) -> None:
    effort, world = run.effort, run.world
    with ours(world, run.settings) as target:
        talk = world.subject.talk
        run.report.widgets = widgets(target, talk, effort.widgets, effort.widget_seconds)


def plans(run: Run) -> None:
    run.report.plans = asyncio.run(explain(run.world))


def streams(run: Run) -> None:
    run.report.fanout = fanout(run.server, run.effort.streams)


def browser(run: Run) -> None:
    run.report.inbox = inbox(run.server, run.effort.inbox)


PARTS: Final[Mapping[str, Callable[[Run], None]]] = {
    "idle": idle,
    "requests": requests,
    "sizes": by_size,
    "levers": levers,
    "widgets": pages,
    "plans": plans,
    "streams": streams,
    "inbox": browser,
}
