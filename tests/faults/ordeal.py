"""A load on a server, a fault in the middle of it, and what the checker says afterwards."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from tests.faults.figures import Figures, figures
from tests.faults.history import Fault, History, Recorder, Sighting
from tests.faults.line import a_crowd
from tests.faults.load import Load
from tests.faults.postbox import Postbox
from tests.faults.readers import LogListener, Pager, Poller, Reader, TicketListener
from tests.faults.recovery import settle, sweep_now
from tests.faults.served import Served
from tests.faults.teammates import Teammate
from tests.faults.visitors import Customer
from tests.faults.world import World, a_world
from tests.receiver import Behaviour, Received, Receiver, reply

LONG: Final = os.environ.get("REJOINDER_TEST_LONG") == "1"
"""Whether there is time."""
ROUNDS: Final = 3 if LONG else 1
"""How often each fault happens."""
PAUSE_S: Final = 4.0 if LONG else 2.0
"""How long there is peace before each."""

_LOAD_S: Final = 20.0 if LONG else 5.0

# No wait of ours lasts so long: who waits longer hangs.
_HANGS_S: Final = 10.0
_ROOT: Final = Path(__file__).parents[2]
_TEAMMATES: Final = 3
# For readers to come back after the last fault, and see what was said last.
_TO_CATCH_UP: Final = 25.0


class Ordeal:
    """A load that runs: what a fault may do to its server, and to its receiver of webhooks."""

    def __init__(self, served: Served, sink: Receiver, load: Load) -> None:
        self.served = served
        self.sink = sink
        self.load = load

    def note(self, fault: str) -> None:
        """The fault happens now."""
        self.load.record(Fault(name=fault, at=time.monotonic()))

    async def until_ready(self) -> None:
        async with asyncio.timeout(60):
            while not await asyncio.to_thread(self.served.is_ready):  # noqa: ASYNC110  another process
                await asyncio.sleep(0.05)


Nemesis = Callable[[Ordeal], Awaitable[None]]


async def nothing(_: Ordeal) -> None:
    """What a load without a fault suffers."""


async def endure(
    served: Served,
    nemesis: Nemesis = nothing,
    *,
    seconds: float,
    answer: Behaviour | None = None,
    postbox: Postbox | None = None,
) -> History:
    """The history of so many seconds of load, complete when everything has settled.

    `answer` is what webhooks are answered with; `postbox` is where the server's mail goes.
    """
    async with _a_load(served, answer) as ordeal:
        if postbox:
            postbox.record = ordeal.load.record
        team, visitors, readers = _people(ordeal.load)
        following = [asyncio.create_task(reader.run()) for reader in readers]
        writing = [asyncio.create_task(writer.run()) for writer in (*team, *visitors)]
        await asyncio.gather(nemesis(ordeal), asyncio.sleep(seconds))
        await ordeal.until_ready()
        ordeal.load.over.set()
        await asyncio.gather(*writing)
        await asyncio.gather(*(visitor.say_last_words() for visitor in visitors))
        ordeal.load.marked.set()
        await asyncio.wait(following, timeout=_TO_CATCH_UP)
        for task in following:
            task.cancel()
        await asyncio.gather(*following, return_exceptions=True)
        await settle(served.dsn)
        await sweep_now(served)
        return ordeal.load.record


@asynccontextmanager
async def _a_load(served: Served, answer: Behaviour | None) -> AsyncGenerator[Ordeal]:
    async with Receiver().listening() as sink:
        world = await a_world(served, sink.port)
        world.save(served.folder)
        record = Recorder(served.folder / "history.jsonl")
        sink.behaviour = _written_down(record, answer)
        try:
            async with a_crowd(world.url) as http:
                yield Ordeal(served, sink, Load(world, http, record))
        finally:
            record.close()


def _written_down(record: Recorder, answer: Behaviour | None) -> Behaviour:
    async def receive(received: Received) -> bytes:
        record(
            Sighting(
                reader=f"hook {received.target}",
                how="hook",
                project=int(received.target.strip("/")),
                text=received.body.decode(),
                event_id=received.id,
            )
        )
        return await answer(received) if answer else reply(200)

    return receive


def _people(load: Load) -> tuple[list[Teammate], list[Customer], list[Reader]]:
    """For each project three teammates and its visitors, and somebody who reads in each way."""
    team: list[Teammate] = []
    visitors: list[Customer] = []
    readers: list[Reader] = []
    world: World = load.world
    for place in world.places:
        number = place.project
        team += [Teammate(load, place, f"team{number}n{n}") for n in range(_TEAMMATES)]
        here = [
            Customer(load, place, visitor, f"visitor{number}n{n}")
            for n, visitor in enumerate(place.visitors)
        ]
        visitors += here
        readers += [Poller(load, customer, f"poll of {customer.name}") for customer in here]
        readers += [
            Pager(load, place, f"pages of {number}", world.key),
            LogListener(load, place, f"stream of {number}", world.key),
            TicketListener(load, here[0], f"stream of {here[0].name}"),
        ]
    return team, visitors, readers


def check(folder: Path) -> Sequence[str]:
    """What the checker, a program of its own, finds wrong."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.checker", folder],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    assert (done.returncode == 1) == bool(done.stdout), done.stderr
    return done.stdout.splitlines()


async def suffer(
    name: str,
    served: Served,
    nemesis: Nemesis,
    *,
    answer: Behaviour | None = None,
    postbox: Postbox | None = None,
) -> Figures:
    """The figures of the ordeal, kept for the report.

    The checker has found nothing; who got an error was told when to try again, and nobody hung.
    """
    history = await endure(served, nemesis, seconds=_LOAD_S, answer=answer, postbox=postbox)
    found = await asyncio.to_thread(check, served.folder)
    counted = figures(name, history).kept()
    assert found == []
    assert set(counted.statuses) <= {503}
    assert counted.without_retry_after == 0
    assert counted.longest < _HANGS_S
    return counted
