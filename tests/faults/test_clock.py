"""T-CLOCK: a server whose clock is wrong keeps order and lifetimes by that of the database."""

import asyncio
import shutil
import subprocess
from collections.abc import AsyncGenerator
from pathlib import Path

import asyncpg
import httpx
import pytest

from rejoinder.cli.bootstrap import OWNER
from rejoinder.db.embedded import EmbeddedPostgres
from tests.faults.ordeal import LONG, PAUSE_S, Ordeal, suffer
from tests.faults.served import Served

pytestmark = [
    pytest.mark.timeout(900),
    pytest.mark.skipif(shutil.which("cc") is None, reason="no C compiler for a wrong clock"),
]

HOUR, DAY = 3_600, 86_400
SKEWS = (-HOUR, 300, -300, 30 * DAY) if LONG else (-HOUR, 30 * DAY)
SOURCE = Path(__file__).with_name("skewed_clock.c")
_TIMES = (
    "SELECT max(at) <= now() AND min(at) > now() - interval '30 minutes' FROM ("
    " SELECT created_at AS at FROM messages UNION ALL SELECT created_at FROM tickets"
    " UNION ALL SELECT at FROM events UNION ALL SELECT created_at FROM attachments"
    " UNION ALL SELECT created_at FROM jobs) AS times"
)


@pytest.fixture
async def dsn(tmp_path: Path) -> AsyncGenerator[str]:
    """A PostgreSQL whose clock is right."""
    postgres = EmbeddedPostgres(tmp_path / "outside", connections=100)
    yield await asyncio.to_thread(postgres.start)
    await asyncio.to_thread(postgres.stop)


@pytest.fixture
def served(dsn: str, tmp_path: Path) -> Served:
    library = tmp_path / "skewed_clock.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-o", library, SOURCE, "-ldl"], check=True)
    served = Served(tmp_path, database_url=dsn)
    served.variables["LD_PRELOAD"] = str(library)
    return served


async def signed_in(served: Served) -> httpx.Cookies:
    """The owner's, in a browser."""
    async with httpx.AsyncClient(base_url=served.url, headers={"Origin": served.url}) as browser:
        body = {"email": OWNER, "password": served.password}
        assert (await browser.post("/api/login/", json=body)).status_code == 200
        return browser.cookies


async def test_a_wrong_clock_moves_no_time_that_is_kept(served: Served, dsn: str) -> None:
    first, *others = SKEWS
    served.variables["SKEW_SECONDS"] = str(first)
    served.start()
    cookies = await signed_in(served)

    async def change_the_clock(ordeal: Ordeal) -> None:
        for skew in others:
            await asyncio.sleep(PAUSE_S)
            ordeal.note(f"the clock is {skew:+} s off")
            served.variables["SKEW_SECONDS"] = str(skew)
            await asyncio.to_thread(served.stop)
            await asyncio.to_thread(served.start)

    try:
        await suffer("T-CLOCK", served, change_the_clock)
        connection: asyncpg.Connection[asyncpg.Record] = await asyncpg.connect(dsn)
        assert await connection.fetchval(_TIMES)
        await connection.close()
        # To a clock that is a month ahead the session would have ended.
        async with httpx.AsyncClient(base_url=served.url, cookies=cookies) as browser:
            assert (await browser.get("/api/users/@me/")).status_code == 200
    finally:
        await asyncio.to_thread(served.stop)
