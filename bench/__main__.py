"""`python -m bench [--quick] [--only REGEX] [--parts …] [--set NAME=VALUE]`.

Seeds if needed, measures, prints, and keeps the figures as JSON and as a drawing in `.bench/`.
"""

import argparse
import asyncio
import os
import sys
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager

from rich.console import Console

from bench.effort import FULL, QUICK
from bench.measure import cores, reported
from bench.parts import PARTS, Run
from bench.processes import open_many_files
from bench.report import Report, draw, save, show
from bench.world import FOLDER, database, prepare, tidy
from rejoinder.settings import PREFIX

# These need the seeded databases of the run.
_SEEDED = ("requests", "sizes", "levers", "widgets", "plans")


def main() -> None:
    options = _options()
    effort = QUICK if options.quick else FULL
    settings = {f"{PREFIX}{name.upper()}": value for name, value in options.set}
    report = Report(effort.plan, cores(), settings, os.getloadavg()[0])
    run = Run(effort, report, options.only, settings)
    usual = [part for part in PARTS if part not in effort.without]
    parts = options.parts or (["requests"] if options.only else usual)
    console = Console(width=None if sys.stdout.isatty() else 170)
    FOLDER.mkdir(exist_ok=True)
    open_many_files()
    name = effort.name if parts == usual else "part"
    with console.status("starting") as status:
        run.say = status.update
        for part in _parts(run, parts):
            with _timed(report, part):
                PARTS[part](run)
            save(report, FOLDER / f"{name}.json")
    draw(report, FOLDER / f"{name}.svg")
    show(report, console)
    if report.failures:
        sys.exit(1)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="50,000 tickets, shorter rounds")
    parser.add_argument("--only", metavar="REGEX", default="", help="only the requests so named")
    parser.add_argument("--parts", nargs="+", choices=PARTS, help="only these; all, unless --only")
    parser.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", type=_setting,
        help="a setting of our server, such as coalesce_reads=false",
    )  # fmt: skip
    return parser.parse_args()


def _setting(text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    return name, value


def _parts(run: Run, parts: Sequence[str]) -> Generator[str]:
    """The parts, each with the database server that it needs: the idle one is measured alone."""
    if "idle" in parts:
        yield "idle"
    others = [part for part in PARTS if part in parts and part != "idle"]
    if not others:
        return
    with database() as run.server:
        with _seeded(run, others):
            yield from (part for part in others if part in _SEEDED)
        yield from (part for part in others if part not in _SEEDED)


@contextmanager
def _seeded(run: Run, parts: Sequence[str]) -> Generator[None]:
    """With the databases that these parts need, which are afterwards as they were before."""
    effort = run.effort
    plans = [effort.plan] if set(parts) & set(_SEEDED) else []
    plans += effort.sizes if "sizes" in parts else []
    for plan in plans:
        with _timed(run.report, f"{plan.tickets:,} tickets"):
            run.worlds[plan.tickets] = asyncio.run(prepare(run.server, plan))
    try:
        yield
    finally:
        for size, world in run.worlds.items():
            with _timed(run.report, f"tidying {size:,} tickets"):
                asyncio.run(tidy(world))


@contextmanager
def _timed(report: Report, part: str) -> Generator[None]:
    """How long the part takes stands in the report, also when it fails."""
    began = time.perf_counter()
    with reported(report.failures, part):
        yield
    report.seconds[part] = time.perf_counter() - began


if __name__ == "__main__":
    main()
