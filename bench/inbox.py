"""`python -m bench.inbox [--quick]`: how long an agent looks at nothing, in a real browser."""

import argparse
import asyncio
import math
import shutil
import statistics
import sys
from typing import Final

import asyncpg
import msgspec
from msgspec import Struct
from playwright.async_api import Browser, async_playwright
from rich.console import Console

from bench.browsing import EMAIL, PASSWORD, Seat, Took, seated
from bench.effort import FULL, QUICK
from bench.effort import Inbox as Effort
from bench.goals import Verdict, at_most
from bench.processes import rejoinder, serving
from bench.tables import Shown, mark
from bench.world import FOLDER, World, database, prepare, tidy
from rejoinder.auth.passwords import hashed
from rejoinder.web.pages import FOLDER as BUILT

SLOW_MS: Final = 300
_GOAL_MS: Final = 50.0
_VIEWS: Final = ["open", "unassigned", "resolved", "unread", "all"]


class Waited(Struct, frozen=True):
    """Milliseconds until something was painted, over all rounds; `worked` has none for a load."""

    median: float
    least: float
    most: float
    worked: float | None
    goal: float | None

    @property
    def is_met(self) -> bool:
        return self.goal is None or self.median <= self.goal


class Inbox(Struct, frozen=True):
    """The inbox of a project with so many tickets; kB of script are gzip, for the first page."""

    tickets: int
    script_kb: float
    waited: dict[str, Waited]

    def verdicts(self) -> list[Verdict]:
        return [
            at_most(f"the inbox: {name}", "ms", each.goal, each.median)
            for name, each in self.waited.items()
            if each.goal is not None
        ]


class Times:
    """What took how long."""

    def __init__(self) -> None:
        self.of: dict[str, list[Took]] = {}

    def note(self, name: str, took: Took) -> None:
        self.of.setdefault(name, []).append(took)


async def visit(seat: Seat, times: Times, tickets: int) -> None:
    """A first visit, and what is quicker afterwards."""
    await arrive(seat, times, "cold cache")
    await seat.settle()
    shown = (await seat.numbers())[3 : 3 + 2 * tickets : 2]
    for number in shown:
        times.note("open a ticket never seen", await seat.open(number))
    for number in shown:
        times.note("open it again", await seat.open(number))
    for again in ("switch to a view never seen", "switch to it again"):
        for view in _VIEWS:
            times.note(again, await seat.switch(view))
    await seat.settle()
    await arrive(seat, times, "warm cache")
    await seat.settle()
    await seat.delay(SLOW_MS)
    for number in shown:
        times.note(f"open one seen before the reload, {SLOW_MS} ms away", await seat.open(number))
    for number in shown:
        times.note(f"open it again, {SLOW_MS} ms away", await seat.open(number))
    await seat.settle()
    for view in _VIEWS:
        times.note(f"switch to a view seen before, {SLOW_MS} ms away", await seat.switch(view))
    await seat.settle()
    await arrive(seat, times, f"warm cache, {SLOW_MS} ms away")


async def arrive(seat: Seat, times: Times, how: str) -> None:
    first, listed = await seat.load()
    times.note(f"first paint, {how}", first)
    times.note(f"list of 50 to work with, {how}", listed)


async def measure(world: World, url: str, chromium: str, effort: Effort) -> Times:
    await let_in(world)
    times = Times()
    async with (
        async_playwright() as playwright,
        await playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        ) as browser,
    ):
        await warm_up(browser, url)
        for _ in range(effort.rounds):
            async with seated(browser, url) as seat:
                await visit(seat, times, effort.tickets)
    return times


async def warm_up(browser: Browser, url: str) -> None:
    """The server's first answers and the browser's first page are nobody's."""
    async with seated(browser, url) as seat:
        await seat.load()


async def let_in(world: World) -> None:
    connection = await asyncpg.connect(world.dsn)
    try:
        statement = "UPDATE users SET password_hash = $2 WHERE email = $1"
        await connection.execute(statement, EMAIL, hashed(PASSWORD))
    finally:
        await connection.close()


def script_bytes(name: str = "index.html", seen: set[str] | None = None) -> int:
    """What the page and what it imports at once weigh, as sent."""
    manifest = msgspec.json.decode((BUILT / "manifest.json").read_bytes())
    seen = set() if seen is None else seen
    if name in seen:
        return 0
    seen.add(name)
    own = (BUILT / f"{manifest[name]['file']}.gz").stat().st_size
    return own + sum(script_bytes(each, seen) for each in manifest[name].get("imports", []))


def summed_up(times: Times, effort: Effort) -> Inbox:
    waited = {name: _waited(name, found) for name, found in times.of.items()}
    return Inbox(effort.plan.tickets_of_the_largest, script_bytes() / 1024, waited)


def _waited(name: str, found: list[Took]) -> Waited:
    passed = [each.passed for each in found]
    worked = statistics.median(each.worked for each in found)
    goal = _GOAL_MS if name.startswith("open") and "never" not in name else None
    return Waited(
        statistics.median(passed),
        min(passed),
        max(passed),
        None if math.isnan(worked) else worked,
        goal,
    )


def table(found: Inbox) -> Shown:
    title = (
        f"The inbox with {found.tickets:,} tickets,"
        f" {found.script_kb:.1f} kB of script for the first page (gzip)"
    )
    head = "ms until painted", "median", "least", "most", "of it work", "goal"
    shown = Shown("inbox", title, *head)
    for name, each in found.waited.items():
        figures = f"{each.median:,.0f}", f"{each.least:,.0f}", f"{each.most:,.0f}"
        work = "" if each.worked is None else f"{each.worked:,.0f}"
        goal = "" if each.goal is None else f"{each.goal:.0f} {mark(ok=each.is_met)}"
        shown.row(name, *figures, work, goal)
    return shown


def inbox(server: str, effort: Effort) -> Inbox | None:
    """With the database server at this DSN; None where there is no browser."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        return None
    world = asyncio.run(prepare(server, effort.plan))
    environment = {"REJOINDER_DATABASE_URL": world.dsn, "REJOINDER_RATE_LIMITS": "false"}
    try:
        with serving(rejoinder("serve"), environment, FOLDER / "inbox.log") as ours:
            times = asyncio.run(measure(world, f"http://127.0.0.1:{ours.port}", chromium, effort))
    finally:
        asyncio.run(tidy(world))
    return summed_up(times, effort)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.inbox", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="1,000 tickets, fewer rounds")
    effort = QUICK if parser.parse_args().quick else FULL
    with database() as server:
        found = inbox(server, effort.inbox)
    if found is None:
        print("Without chromium on this machine the inbox is not measured.")
        return
    Console(width=None if sys.stdout.isatty() else 120).print(table(found))


if __name__ == "__main__":
    main()
