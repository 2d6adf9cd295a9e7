"""The statements alone: how many a second this driver and this PostgreSQL do, without HTTP."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from itertools import cycle
from uuid import UUID

from bench.cases import PROJECT
from bench.floor import page_of
from bench.world import World
from rejoinder.db.pool import Connection, connect
from rejoinder.settings import Settings
from rejoinder.tickets import queries

_CALLERS = 12
_WARM = 5

Once = Callable[[Connection], Awaitable[object]]


async def rates(world: World, seconds: float) -> dict[str, float]:
    """Statements a second, by what they serve."""
    ids = cycle([UUID(ticket_id) for ticket_id in world.subject.ticket_ids])
    page, args = page_of("")[0]
    wanted: dict[str, Once] = {
        "list 100": lambda c: c.fetch(page, *args),
        "retrieve": lambda c: c.fetchrow(queries.sql.view_by_id, PROJECT, next(ids)),
        "unread count": lambda c: c.fetchval(queries.sql.unread_count, PROJECT),
    }
    async with connect(world.dsn, Settings(pool_size=_CALLERS)) as database:
        connections = [await database.pool.acquire() for _ in range(_CALLERS)]
        try:
            return {name: await _rate(once, connections, seconds) for name, once in wanted.items()}
        finally:
            for connection in connections:
                await database.pool.release(connection)


async def _rate(once: Once, connections: Sequence[Connection], seconds: float) -> float:
    for connection in connections:
        for _ in range(_WARM):
            await once(connection)
    done = 0
    began = time.perf_counter()

    async def work(connection: Connection) -> None:
        nonlocal done
        while time.perf_counter() - began < seconds:
            await once(connection)
            done += 1

    await asyncio.gather(*(work(connection) for connection in connections))
    return done / (time.perf_counter() - began)
