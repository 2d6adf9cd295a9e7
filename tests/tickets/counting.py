"""How many statements a request costs."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from asyncpg import Connection
from asyncpg.connection import LoggedQuery

from rejoinder.db.pool import Database

_FRAMES = ("BEGIN", "COMMIT", "ROLLBACK")


@asynccontextmanager
async def counting_queries(database: Database) -> AsyncGenerator[list[str]]:
    """The statements that run through this pool meanwhile, BEGIN and COMMIT left out."""
    seen: list[str] = []

    def log(query: LoggedQuery) -> None:
        if not query.query.startswith(_FRAMES):
            seen.append(query.query)

    connections: list[Connection[Any]] = [
        holder._con  # noqa: SLF001  the pool tells nobody of its connections
        for holder in database.pool._holders  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
        if holder._con  # noqa: SLF001
    ]
    for connection in connections:
        connection.add_query_logger(log)
    try:
        yield seen
        await asyncio.sleep(0)  # the driver logs one round of the loop later
    finally:
        for connection in connections:
            connection.remove_query_logger(log)
