"""Ticket numbers while everything goes wrong: 1 to n, each once (T-NUM)."""

import asyncio
import os
import random
from collections import Counter
from pathlib import Path
from time import monotonic

import asyncpg
import httpx
import pytest

from rejoinder.db.pool import connect
from rejoinder.events.work import Work
from rejoinder.settings import Settings
from tests.builders import Desk, a_desk
from tests.conftest import a_client

LONG = os.environ.get("REJOINDER_TEST_LONG") == "1"
SECONDS = 30.0 if LONG else 3.0
WRITERS = 16
KILL = """
SELECT count(pg_terminate_backend(pid)) FROM (
    SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'
    ORDER BY random() LIMIT 1
) AS one
"""
REFUSED = {"message": "no", "assignee": {"type": "user", "id": 2**40}}


@pytest.mark.timeout(180)
async def test_sixteen_writers_with_rollbacks_and_kills_leave_no_gap(
    dsn: str, tmp_path: Path
) -> None:
    settings = Settings(
        database_url=dsn, data_dir=tmp_path, rate_limits=False, background_jobs=False
    )
    async with connect(dsn, settings) as database, a_client(settings) as client:
        desks = [await a_desk(Work(database), client) for _ in range(2)]
        until = monotonic() + SECONDS
        writers = [written(desk, until) for desk in desks for _ in range(WRITERS)]
        *found, _ = await asyncio.gather(*writers, kills(dsn, until))

    statuses = sum(found, Counter[int]())
    print(f"{statuses[201] / SECONDS / 2:.0f} tickets a second in each project; {dict(statuses)}")  # noqa: T201  the figure
    numbers = await numbers_of(dsn)
    assert statuses.keys() <= {201, 400, 503}
    assert statuses[201] > 0
    assert len(numbers) == len(desks)
    for each in numbers.values():
        assert sorted(each) == list(range(1, len(each) + 1))
    # Of a connection that was killed nobody knows whether it had written.
    assert sum(map(len, numbers.values())) >= statuses[201]


async def written(desk: Desk, until: float) -> Counter[int]:
    """What a writer is answered: some of it is refused, and some it does not wait for."""
    statuses: Counter[int] = Counter()
    while monotonic() < until:
        body = random.choice(({"message": "yes"}, {"message": "yes"}, REFUSED))
        asking = asyncio.create_task(answer_to(desk, body))
        await asyncio.wait({asking}, timeout=random.choice((0.002, 5, 5, 5)))
        if asking.cancel():
            await asyncio.wait({asking})
        else:
            statuses[asking.result()] += 1
    return statuses


async def answer_to(desk: Desk, body: object) -> int:
    try:
        return (await desk.call("POST", json=body)).status_code
    except httpx.TransportError:
        return 503


async def kills(dsn: str, until: float) -> Counter[int]:
    connection = await asyncpg.connect(dsn)
    while monotonic() < until:
        await asyncio.sleep(0.1)
        await connection.execute(KILL)
    await connection.close()
    return Counter()


async def numbers_of(dsn: str) -> dict[int, list[int]]:
    connection = await asyncpg.connect(dsn)
    rows = await connection.fetch("SELECT project_id, ticket_number FROM tickets")
    await connection.close()
    found: dict[int, list[int]] = {}
    for project, number in rows:
        found.setdefault(project, []).append(number)
    return found
