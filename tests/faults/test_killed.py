"""T-K-APP and T-K-PG: whatever is killed, nothing acknowledged is lost and nothing hangs."""

import asyncio
import os
import signal
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from rejoinder.db.embedded import EmbeddedPostgres
from tests.faults.conftest import Serve
from tests.faults.ordeal import PAUSE_S, ROUNDS, Nemesis, Ordeal, suffer
from tests.pooler import a_pooler
from tests.processes import kill_postgres

pytestmark = pytest.mark.timeout(900)


@pytest.fixture
async def outside(tmp_path: Path) -> AsyncGenerator[EmbeddedPostgres]:
    """A PostgreSQL that the server neither starts nor watches."""
    postgres = EmbeddedPostgres(tmp_path / "outside", connections=100)
    yield postgres
    await asyncio.to_thread(postgres.stop)


async def test_killed_workers_and_a_killed_server_lose_nothing(serve: Serve) -> None:
    served = serve(workers="2")

    async def kill(ordeal: Ordeal) -> None:
        for _ in range(ROUNDS):
            await asyncio.sleep(PAUSE_S)
            ordeal.note("a worker")
            os.kill(served.workers()[0], signal.SIGKILL)
            await asyncio.sleep(PAUSE_S)
            ordeal.note("the server")
            served.kill()
            await asyncio.to_thread(served.start)

    await suffer("T-K-APP", served, kill)


async def test_a_killed_postmaster_loses_nothing(serve: Serve) -> None:
    served = serve()

    async def kill_postmaster(ordeal: Ordeal) -> None:
        for signum in (signal.SIGKILL, signal.SIGQUIT) * ROUNDS:
            await asyncio.sleep(PAUSE_S)
            ordeal.note(signum.name)
            served.signal_postmaster(signum)
            await ordeal.until_ready()

    await suffer("T-K-PG, the embedded one", served, kill_postmaster)


async def test_an_external_postgresql_that_comes_and_goes_loses_nothing(
    serve: Serve, outside: EmbeddedPostgres, tmp_path: Path
) -> None:
    dsn = await asyncio.to_thread(outside.start)
    served = serve(database_url=dsn)
    await suffer("T-K-PG, an external one", served, coming_and_going(outside, dsn, tmp_path))


async def test_an_external_postgresql_behind_a_pooler_loses_nothing(
    serve: Serve, outside: EmbeddedPostgres, tmp_path: Path
) -> None:
    dsn = await asyncio.to_thread(outside.start)
    async with a_pooler(dsn, "session") as behind:
        served = serve(database_url=behind)
        await suffer("T-K-PG, behind PgBouncer", served, coming_and_going(outside, dsn, tmp_path))


def coming_and_going(outside: EmbeddedPostgres, dsn: str, folder: Path) -> Nemesis:
    async def restart(ordeal: Ordeal) -> None:
        for _ in range(ROUNDS):
            await asyncio.sleep(PAUSE_S)
            ordeal.note("stopped")
            await asyncio.to_thread(outside.stop)
            await asyncio.sleep(1)
            assert await asyncio.to_thread(outside.start) == dsn
            await asyncio.sleep(PAUSE_S)
            ordeal.note("SIGKILL")
            kill_postgres(folder / "outside")

    return restart
