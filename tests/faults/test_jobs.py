"""T-K-JOB and T-JOB on a whole server: what works in the background dies, hangs and fails."""

import asyncio
import os
import signal
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager

import asyncpg
import pytest

from tests.faults.conftest import Serve
from tests.faults.figures import Figures
from tests.faults.ordeal import ROUNDS, Ordeal, suffer
from tests.faults.postbox import Postbox, a_postbox
from tests.faults.served import Served
from tests.receiver import Received, reply

pytestmark = pytest.mark.timeout(900)

KILLS = 2 * ROUNDS
_POISON = """
INSERT INTO jobs (name, payload, attempts)
SELECT name, payload::jsonb, 7
FROM unnest(ARRAY['notifications.notify', 'notifications.mail', 'notifications.send']) AS name,
    unnest(ARRAY['{}', '[]', 'null', '{"project_id": "one"}', '{"event_id": -1}']) AS payload
"""
_PARKED = "SELECT count(*) FROM jobs WHERE given_up_at IS NOT NULL AND error IS NOT NULL"
_HANGING = """
SELECT count(*) = 2 FROM jobs WHERE name = 'email.deliver' AND claimed_by IS NOT NULL
"""
_OTHERS_DONE = """
SELECT NOT EXISTS (
    SELECT FROM jobs WHERE id <= $1 AND name <> 'email.deliver'
        AND repeats_every IS NULL AND given_up_at IS NULL
)
"""


@pytest.fixture
async def postbox() -> AsyncGenerator[Postbox]:
    async with a_postbox() as postbox:
        yield postbox


class Worker:
    """A `rejoinder worker` beside the server, started again whenever it has ended."""

    def __init__(self, served: Served) -> None:
        self._served = served
        self._process = served.start_worker()

    def pids(self) -> list[int]:
        return [self._process.pid]

    @asynccontextmanager
    async def kept_running(self) -> AsyncGenerator[None]:
        task = asyncio.create_task(self._keep_running())
        try:
            yield
        finally:
            task.cancel()
            self._process.terminate()
            await asyncio.to_thread(self._process.wait, 20)

    async def _keep_running(self) -> None:
        while True:
            await asyncio.sleep(0.05)
            if self._process.poll() is not None:
                self._process = self._served.start_worker()


class Killer:
    """Kills the process that works, and the one that takes its place, so many times."""

    def __init__(self, workers: Callable[[], Sequence[int]], kills: int = KILLS) -> None:
        self.killed: set[int] = set()
        self._workers = workers
        self._kills = kills
        self._ordeal: Ordeal | None = None

    def strike(self) -> None:
        """Not while nobody works."""
        alive = set(self._workers()) - self.killed
        if self._ordeal and alive and len(self.killed) < self._kills:
            self._ordeal.note("a worker in its jobs")
            pid = alive.pop()
            self.killed.add(pid)
            os.kill(pid, signal.SIGKILL)

    async def watch(self, ordeal: Ordeal) -> None:
        """Lets it happen until it has happened often enough."""
        self._ordeal = ordeal
        while len(self.killed) < self._kills:  # noqa: ASYNC110  whoever is sent something kills
            await asyncio.sleep(0.05)


async def test_a_process_killed_while_its_jobs_run_loses_none(
    serve: Serve, postbox: Postbox
) -> None:
    served = serve(**postbox.settings)

    await kill_in_webhooks_and_mails("T-K-JOB", served, Killer(served.workers), postbox)


async def test_a_worker_elsewhere_killed_while_its_jobs_run_loses_none(
    serve: Serve, postbox: Postbox
) -> None:
    """Nobody notices who is only answered: the server goes on."""
    served = serve(background_jobs="false", **postbox.settings)
    worker = Worker(served)
    async with worker.kept_running():
        figures = await kill_in_webhooks_and_mails(
            "T-K-JOB, a worker elsewhere", served, Killer(worker.pids), postbox
        )

    assert (figures.unanswered, figures.statuses) == (0, {})


async def kill_in_webhooks_and_mails(
    name: str, served: Served, killer: Killer, postbox: Postbox
) -> Figures:
    """They have arrived, which nobody could write down."""

    async def kill_before_some_answers(received: Received) -> bytes:
        if len(killer.killed) < KILLS // 2 and received.json["type"] == "message.sent":
            killer.strike()
        return reply(200)

    async def kill_in_a_mail() -> None:
        if len(killer.killed) >= KILLS // 2:
            killer.strike()

    postbox.before = kill_in_a_mail
    figures = await suffer(
        name, served, killer.watch, answer=kill_before_some_answers, postbox=postbox
    )

    assert len(killer.killed) == KILLS
    assert figures.mails > 0
    # Two jobs of a kind run at once.
    assert figures.mails_twice <= 2 * KILLS
    return figures


async def test_jobs_that_hang_and_fail_do_not_hold_up_the_others(
    serve: Serve, postbox: Postbox
) -> None:
    served = serve(**postbox.settings)
    released = asyncio.Event()
    postbox.before = released.wait

    async def poison(_: Ordeal) -> None:
        connection: asyncpg.Connection[asyncpg.Record] = await asyncpg.connect(served.dsn)
        planted = int((await connection.execute(_POISON)).split()[-1])
        await until(connection, _HANGING)
        last = await connection.fetchval("SELECT max(id) FROM jobs")
        await until(connection, _OTHERS_DONE, last)
        assert await connection.fetchval(_HANGING)
        assert await connection.fetchval(_PARKED) == planted
        await connection.execute("DELETE FROM jobs WHERE given_up_at IS NOT NULL")
        await connection.close()
        released.set()

    figures = await suffer("T-JOB", served, poison, postbox=postbox)

    assert figures.mails > 0
    assert figures.mails_twice == 0


async def until(connection: "asyncpg.Connection[asyncpg.Record]", asked: str, *args: int) -> None:
    while not await connection.fetchval(asked, *args):  # noqa: ASYNC110  rows in the database
        await asyncio.sleep(0.05)
