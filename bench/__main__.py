"""`python -m bench [--quick] [--only TEXT]`: seed if needed, measure, print, keep as JSON."""

import argparse
import asyncio
import re
import sys
from contextlib import ExitStack
from pathlib import Path

from msgspec import Struct
from rich.console import Console

from bench.cases import cases
from bench.driver import rates
from bench.measure import Row, Target, cores, measure
from bench.plans import explain
from bench.processes import postmaster, rejoinder, serving
from bench.report import Report, save, show
from bench.seed import Plan
from bench.startup import startup
from bench.world import World, prepare, tidy
from rejoinder.db.embedded import EmbeddedPostgres

FOLDER = Path(".bench")
_SMALL = Plan(tickets=1_000)


class Effort(Struct, frozen=True):
    plan: Plan
    rounds: int
    seconds: float


FULL = Effort(Plan(tickets=1_000_000), rounds=3, seconds=2.0)
QUICK = Effort(Plan(tickets=50_000), rounds=2, seconds=1.0)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="50,000 tickets, shorter rounds")
    parser.add_argument("--only", metavar="REGEX", default="", help="only the requests so named")
    options = parser.parse_args()
    effort = QUICK if options.quick else FULL
    console = Console(width=None if sys.stdout.isatty() else 170)
    FOLDER.mkdir(exist_ok=True)
    report = _run(effort, options.only, console)
    save(report, FOLDER / ("quick.json" if options.quick else "full.json"))
    show(report, console)


def _run(effort: Effort, only: str, console: Console) -> Report:
    alone = None if only else startup(FOLDER)
    postgres = EmbeddedPostgres(FOLDER, connections=100)
    server = postgres.start()
    try:
        world = asyncio.run(prepare(server, effort.plan))
        small = asyncio.run(prepare(server, _SMALL))
        try:
            rows = _load(effort, world, small, only, console)
        finally:
            asyncio.run(tidy(world))
            asyncio.run(tidy(small))
        driver = {} if only else asyncio.run(rates(world, effort.seconds))
        plans = [] if only else asyncio.run(explain(world))
    finally:
        postgres.stop()
    return Report(effort.plan, cores(), rows, driver, plans, alone)


def _load(effort: Effort, world: World, small: World, only: str, console: Console) -> list[Row]:
    pairs = [
        pair
        for pair in zip(cases(world.subject), cases(small.subject), strict=True)
        if re.search(only, pair[0].name)
    ]
    with ExitStack() as stack, console.status("starting") as status:

        def target(command: list[str], served: World, *, path: str = "/livez") -> Target:
            environment = {
                "REJOINDER_DATABASE_URL": served.dsn,
                "REJOINDER_RATE_LIMITS": "false",
                "REJOINDER_LOG_FORMAT": "json",
            }
            server = serving(command, environment, FOLDER / "server.log", path=path)
            return Target(stack.enter_context(server), postmaster(FOLDER))

        return measure(
            pairs,
            ours=target(rejoinder("serve"), world),
            small=target(rejoinder("serve"), small),
            floor=target([sys.executable, "-m", "bench.floor"], world, path="/constant/"),
            rounds=effort.rounds,
            seconds=effort.seconds,
            say=status.update,
        )


if __name__ == "__main__":
    main()
