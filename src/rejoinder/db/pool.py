"""The connection pool and the whole database interface: one, one_or_none, many, value, run.

Rows become Structs by position; a test prepares every statement and compares names and types.
"""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, TypeVar

import asyncpg
import msgspec
from asyncpg.pool import PoolConnectionProxy

from rejoinder.db.sql import PLANNED_ANEW, Statement
from rejoinder.errors import Unavailable
from rejoinder.settings import Settings

T = TypeVar("T")
Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]"

if TYPE_CHECKING:  # the driver's class is generic in its stubs only
    _DriverConnection = asyncpg.Connection[asyncpg.Record]
else:
    _DriverConnection = asyncpg.Connection

_LEFT_TO_THE_POOL = 2

encode_json = msgspec.json.Encoder().encode


class Queryable(Protocol):
    """Anything that answers statements: the database itself, or an open transaction."""

    async def one(self, kind: Callable[..., T], statement: Statement, *args: object) -> T:
        """The only row; LookupError when there is none."""
        ...

    async def one_or_none(
        self, kind: Callable[..., T], statement: Statement, *args: object
    ) -> T | None: ...

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

    async def many(self, kind: Callable[..., T], statement: Statement, *args: object) -> list[T]:
        if statement.startswith(PLANNED_ANEW):
            rows = await (await self.connection.prepare(statement, name="")).fetch(*args)
        else:
            rows = await self.connection.fetch(statement, *args)
        return [kind(*row) for row in rows]

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
    """

    def __init__(self, pool: "asyncpg.Pool[asyncpg.Record]", *, wait: float = 1.0) -> None:
        self.pool = pool
        self._wait = wait
        self._waiting = 0
        self._most_at_hand = pool.get_max_size() - _LEFT_TO_THE_POOL
        self._at_hand: list[PoolConnectionProxy[asyncpg.Record]] = []

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
        while self._at_hand:
            connection = self._at_hand.pop()
            if not connection.is_closed():
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
        if sound and room and not connection.is_closed():
            self._at_hand.append(connection)
        else:
            await self.pool.release(connection)

    async def close(self) -> None:
        """Gives the driver's pool its connections back, which it will close."""
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

    async def __aexit__(self, kind: object, *_: object) -> None:
        await self._database.give_back(self._connection, sound=kind is None)


class _Connection(_DriverConnection):
    """Without the reset on release: no request of ours leaves session state behind."""

    def get_reset_query(self) -> str:
        return ""


async def set_codecs(connection: Connection) -> None:
    """JSON columns travel as bytes: decoded only where someone looks inside."""
    await connection.set_type_codec(
        "json", schema="pg_catalog", format="binary", encoder=encode_json, decoder=msgspec.Raw
    )
    await connection.set_type_codec(
        "jsonb",
        schema="pg_catalog",
        format="binary",
        encoder=lambda value: b"\x01" + encode_json(value),
        decoder=lambda data: msgspec.Raw(data[1:]),
    )


@asynccontextmanager
async def connect(
    dsn: str, settings: Settings, *, size: int | None = None
) -> AsyncGenerator[Database]:
    """The database behind `dsn`, open until the block ends."""
    async with asyncpg.create_pool(
        dsn,
        min_size=1,
        max_size=size or settings.pool_size,
        init=set_codecs,
        connection_class=_Connection,
        command_timeout=settings.statement_timeout_ms / 1000 + 1,
        server_settings={
            "application_name": "rejoinder",
            "statement_timeout": str(settings.statement_timeout_ms),
            "lock_timeout": str(settings.lock_timeout_ms),
            "idle_in_transaction_session_timeout": "10000",
            "jit": "off",
            "timezone": "UTC",
        },
    ) as pool:
        database = Database(pool, wait=settings.pool_wait_ms / 1000)
        try:
            yield database
        finally:
            await database.close()
