"""The connection pool and the whole database interface: one, one_or_none, many, value, run.

Rows become Structs by position; a test prepares every statement and compares names and types.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from functools import partial
from typing import Any, Final, Protocol, TypeVar

import asyncpg
import structlog
from asyncpg.pool import PoolConnectionProxy

from rejoinder.db.coalesce import Coalescer, Row
from rejoinder.db.connection import (
    DATABASE_AWAY,
    SESSION,
    TIDYING_S,
    Connection,
    PooledConnection,
    end,
    is_open,
    opened,
)
from rejoinder.db.sql import PLANNED_ANEW, Statement
from rejoinder.errors import Unavailable
from rejoinder.settings import Settings

log = structlog.get_logger(__name__)

T = TypeVar("T")
_LEFT_TO_THE_POOL = 2
_CONNECT_S: Final = 5.0
_GRACE_S: Final = 0.5  # after its own limit, PostgreSQL is taken for gone
_RETRY_S: Final = 0.2


class Queryable(Protocol):
    """Anything that answers statements: the database itself, or an open transaction."""

    async def one(self, kind: Callable[..., T], statement: Statement, *args: object) -> T:
        """The only row; LookupError when there is none."""
        ...

    async def one_or_none(
        self, kind: Callable[..., T], statement: Statement, *args: object
    ) -> T | None: ...

    async def point(self, kind: Callable[..., T], statement: Statement, *key: object) -> T | None:
        """As `one_or_none`, for a row by its key: reads at the same time may share a statement."""
        ...

    async def many(
        self, kind: Callable[..., T], statement: Statement, *args: object
    ) -> list[T]: ...

    async def value(self, statement: Statement, *args: object) -> Any:
        """The first column of the first row, or None."""
        ...

    async def run(self, statement: Statement, *args: object) -> int:
        """Runs it; returns how many rows it touched."""
        ...


class Session:
    """The five verbs on one connection."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    async def one(self, kind: Callable[..., T], statement: Statement, *args: object) -> T:
        row = await self.connection.fetchrow(statement, *args)
        if row is None:
            raise LookupError(f"no row for {kind}")
        return kind(*row)

    async def one_or_none(
        self, kind: Callable[..., T], statement: Statement, *args: object
    ) -> T | None:
        row = await self.connection.fetchrow(statement, *args)
        return None if row is None else kind(*row)

    async def point(self, kind: Callable[..., T], statement: Statement, *key: object) -> T | None:
        return await self.one_or_none(kind, statement, *key)

    async def many(self, kind: Callable[..., T], statement: Statement, *args: object) -> list[T]:
        if statement.startswith(PLANNED_ANEW):
            rows = await (await self.connection.prepare(statement, name="")).fetch(*args)
        else:
            rows = await self.connection.fetch(statement, *args)
        return [kind(*row) for row in rows]

    async def each(
        self, kind: Callable[..., T], statement: Statement, rows: Sequence[Sequence[object]]
    ) -> list[T]:
        """The one row that the statement answers for each row of arguments, in one go."""
        found = await self.connection.fetchmany(statement, rows)
        return [kind(*row) for row in found]

    async def value(self, statement: Statement, *args: object) -> Any:
        if statement.startswith(PLANNED_ANEW):
            return await (await self.connection.prepare(statement, name="")).fetchval(*args)
        return await self.connection.fetchval(statement, *args)

    async def run(self, statement: Statement, *args: object) -> int:
        status = await self.connection.execute(statement, *args)
        count = status.rpartition(" ")[2]
        return int(count) if count.isdigit() else 0


class Database:
    """The pool; each verb borrows a connection for one statement.

    A connection that comes back sound stays at hand unless somebody waits for one: giving it to the
    driver's pool and asking for it again costs as much as the statement in between. A few are left
    to the pool, for whoever asks it directly.

    PostgreSQL answers within its own limit, if only to say that a statement took too long. When it
    does not, nobody else waits for it until it has answered a new connection.
    """

    def __init__(
        self, pool: "asyncpg.Pool[asyncpg.Record]", *, wait: float = 1.0, coalesce: bool = True
    ) -> None:
        self.pool = pool
        self._coalesce = coalesce
        self._points = Coalescer(self._rows)
        self._wait = wait
        self._waiting = 0
        self._closed = False
        self._silence: asyncio.Task[None] | None = None
        self._most_at_hand = pool.get_max_size() - _LEFT_TO_THE_POOL
        self._at_hand: list[PoolConnectionProxy[asyncpg.Record]] = []

    async def _rows(self, statement: Statement, args: Sequence[object]) -> Sequence[Row]:
        async with self.session() as session:
            return await session.connection.fetch(statement, *args)

    def session(self) -> "_Borrowed":
        """A connection outside any transaction, for an `async with`.

        Raises:
            Unavailable: none became free within the wait.
        """
        return _Borrowed(self)

    def idle(self) -> int:
        """How many connections nobody is using."""
        return self.pool.get_idle_size() + len(self._at_hand)

    async def borrow(self) -> "PoolConnectionProxy[asyncpg.Record]":
        if self._silence is not None:
            raise Unavailable("The database does not answer. Try again shortly.")
        while self._at_hand:
            connection = self._at_hand.pop()
            if is_open(connection):
                return connection
            await self.pool.release(connection)
        self._waiting += 1
        try:
            return await self.pool.acquire(timeout=self._wait)
        except TimeoutError:
            raise Unavailable("The database is busy. Try again shortly.") from None
        finally:
            self._waiting -= 1

    async def give_back(
        self, connection: "PoolConnectionProxy[asyncpg.Record]", *, sound: bool
    ) -> None:
        room = len(self._at_hand) < self._most_at_hand and not self._waiting
        if sound and room and not self._closed and is_open(connection):
            self._at_hand.append(connection)
        else:
            # What cannot be put in order in time is ended by the driver.
            with suppress(*DATABASE_AWAY):
                await self.pool.release(connection, timeout=TIDYING_S)

    async def lose(self, connection: "PoolConnectionProxy[asyncpg.Record]") -> None:
        """It did not answer in time; those that lie idle may be no better."""
        end(connection)
        while self._at_hand:
            end(self._at_hand.pop())
        while self.pool.get_idle_size():
            end(await self.pool.acquire())
        if self._silence is None and not self._closed:
            log.warning("database.silent")
            self._silence = asyncio.create_task(self._wait_for_an_answer())

    async def _wait_for_an_answer(self) -> None:
        try:
            while True:
                with suppress(*DATABASE_AWAY):
                    connection = await self.pool.acquire(timeout=self._wait)
                    await self.give_back(connection, sound=True)
                    log.info("database.answers")
                    return
                await asyncio.sleep(_RETRY_S)
        finally:
            self._silence = None

    async def close(self) -> None:
        """Keeps none any more: the driver's pool has them all back, which will close them."""
        self._closed = True
        if self._silence is not None:
            self._silence.cancel()
        while self._at_hand:
            await self.pool.release(self._at_hand.pop())

    async def one(self, kind: Callable[..., T], statement: Statement, *args: object) -> T:
        async with self.session() as session:
            return await session.one(kind, statement, *args)

    async def one_or_none(
        self, kind: Callable[..., T], statement: Statement, *args: object
    ) -> T | None:
        async with self.session() as session:
            return await session.one_or_none(kind, statement, *args)

    async def point(self, kind: Callable[..., T], statement: Statement, *key: object) -> T | None:
        if not self._coalesce:
            return await self.one_or_none(kind, statement, *key)
        row = await self._points.row(statement, key)
        return None if row is None else kind(*row)

    async def many(self, kind: Callable[..., T], statement: Statement, *args: object) -> list[T]:
        async with self.session() as session:
            return await session.many(kind, statement, *args)

    async def value(self, statement: Statement, *args: object) -> Any:
        async with self.session() as session:
            return await session.value(statement, *args)

    async def run(self, statement: Statement, *args: object) -> int:
        async with self.session() as session:
            return await session.run(statement, *args)


class _Borrowed:
    """A connection for the time of a block; one that saw an error goes back to be looked after."""

    __slots__ = ("_connection", "_database")

    def __init__(self, database: Database) -> None:
        self._database = database

    async def __aenter__(self) -> Session:
        self._connection = await self._database.borrow()
        return Session(self._connection)

    async def __aexit__(self, kind: object, error: object, _: object) -> None:
        if isinstance(error, TimeoutError):
            await self._database.lose(self._connection)
        else:
            await self._database.give_back(self._connection, sound=kind is None)


def connect(
    dsn: str, settings: Settings, *, size: int | None = None
) -> AbstractAsyncContextManager[Database]:
    """The database behind `dsn`, open until the block ends; for what somebody waits for."""
    return _connect(dsn, settings, "rejoinder", size, settings.statement_timeout_ms)


def connect_for_jobs(
    dsn: str, settings: Settings, *, size: int
) -> AbstractAsyncContextManager[Database]:
    """The same with more patience, and out of the way of requests."""
    return _connect(dsn, settings, "rejoinder jobs", size, settings.job_statement_timeout_ms)


@asynccontextmanager
async def _connect(
    dsn: str, settings: Settings, name: str, size: int | None, patience_ms: int
) -> AsyncGenerator[Database]:
    session = SESSION | {
        "statement_timeout": str(patience_ms),
        "lock_timeout": str(settings.lock_timeout_ms),
    }
    async with asyncpg.create_pool(
        dsn,
        min_size=1,
        max_size=size or settings.pool_size,
        connect=partial(opened, session=session),
        connection_class=PooledConnection,
        timeout=_CONNECT_S,
        command_timeout=patience_ms / 1000 + _GRACE_S,
        server_settings={"application_name": name},
    ) as pool:
        wait = settings.pool_wait_ms / 1000
        database = Database(pool, wait=wait, coalesce=settings.coalesce_reads)
        try:
            yield database
        finally:
            await database.close()
            with suppress(TimeoutError):
                async with asyncio.timeout(TIDYING_S):
                    await pool.close()
