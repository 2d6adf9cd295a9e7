"""What a request sends to the database: its statements, as the driver sees them."""

import asyncio
from collections.abc import AsyncGenerator, Generator, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import Any, NamedTuple, cast

from asyncpg import Connection
from asyncpg.connection import LoggedQuery
from asyncpg.prepared_stmt import PreparedStatement

from rejoinder.db.pool import Database

_FRAMES = ("BEGIN", "COMMIT", "ROLLBACK")
_EXECUTE = "_PreparedStatement__bind_execute"


class Sent(NamedTuple):
    """One statement, with its arguments."""

    text: str
    args: tuple[Any, ...]


@asynccontextmanager
async def counting_queries(database: Database) -> AsyncGenerator[list[Sent]]:
    """What runs through this pool meanwhile, BEGIN and COMMIT left out."""
    seen: list[Sent] = []

    def log(query: LoggedQuery) -> None:
        if not query.query.startswith(_FRAMES):
            seen.append(Sent(query.query, _args_of(query)))

    connections: list[Connection[Any]] = [
        holder._con  # noqa: SLF001  the pool tells nobody of its connections
        for holder in database.pool._holders  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
        if holder._con  # noqa: SLF001
    ]
    for connection in connections:
        connection.add_query_logger(log)
    try:
        with _prepared_by_hand(seen, connections):
            yield seen
            await asyncio.sleep(0)  # the driver logs one round of the loop later
    finally:
        for connection in connections:
            connection.remove_query_logger(log)


def _args_of(query: LoggedQuery) -> tuple[Any, ...]:
    """Those of the first, where a statement runs for many rows of arguments."""
    given: Any = query.args or ()
    return tuple(cast("list[Any]", given)[0]) if isinstance(given, list) else given


@contextmanager
def _prepared_by_hand(seen: list[Sent], connections: Sequence[object]) -> Generator[None]:
    """The driver logs everything but a statement that somebody has prepared."""
    plain = getattr(PreparedStatement, _EXECUTE)

    async def noted(statement: Any, args: tuple[Any, ...], *rest: Any) -> Any:
        if statement._connection in connections:  # noqa: SLF001  theirs
            seen.append(Sent(statement.get_query(), args))
        return await plain(statement, args, *rest)

    setattr(PreparedStatement, _EXECUTE, noted)
    try:
        yield
    finally:
        setattr(PreparedStatement, _EXECUTE, plain)
