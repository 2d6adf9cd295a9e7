"""The driver's connections: opened with our codecs, and never waited for at the end.

Whoever leaves a connection behind, because no answer came or because of an error, waits for it only
briefly: what cannot be put in order by then is ended, and PostgreSQL undoes what was not committed.
"""

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

import asyncpg
import msgspec
from asyncpg.pool import PoolConnectionProxy
from asyncpg.transaction import Transaction

from rejoinder.errors import Unavailable

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]"

if TYPE_CHECKING:  # the driver's class is generic in its stubs only
    _DriverConnection = asyncpg.Connection[asyncpg.Record]
else:
    _DriverConnection = asyncpg.Connection

SESSION: Final = {
    "idle_in_transaction_session_timeout": "10000",
    # PostgreSQL notices within a minute, too, that we are gone.
    "tcp_keepalives_idle": "30",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
    "jit": "off",
    "timezone": "UTC",
}
"""What holds in every session of ours."""

TIDYING_S: Final = 1.0
"""How long somebody waits for what has to be put in order behind them."""

DATABASE_AWAY: Final = (
    OSError,
    Unavailable,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # what the driver makes of a connection cut at the wrong moment
)
"""What a statement raises while there is no database, or none that has time."""

_SET: Final = """
SELECT set_config(name, value, false) FROM unnest($1::text[], $2::text[]) AS setting (name, value)
"""

encode_json = msgspec.json.Encoder().encode


class PooledConnection(_DriverConnection):
    """Without the reset on release: no request of ours leaves session state behind."""

    def get_reset_query(self) -> str:
        return ""

    def transaction(self, **options: Any) -> Transaction:
        usual: dict[str, Any] = {"isolation": None, "readonly": False, "deferrable": False}
        return _Transaction(self, **usual | options)


class _Transaction(Transaction):
    """One that fails says why it failed, and is undone without waiting for long."""

    async def __aexit__(self, extype: object, ex: object, tb: object) -> None:
        if extype is None:
            await super().__aexit__(None, None, None)
        elif isinstance(ex, TimeoutError):
            self._connection.terminate()
        else:
            await self._undo(extype, ex, tb)

    async def _undo(self, extype: object, ex: object, tb: object) -> None:
        try:
            async with asyncio.timeout(TIDYING_S):
                await super().__aexit__(extype, ex, tb)
        except DATABASE_AWAY:
            self._connection.terminate()


async def opened(*args: Any, session: Mapping[str, str], **options: Any) -> PooledConnection:
    """A new connection, ready for use; one that does not get ready in time is left at once."""
    connection = cast("PooledConnection", await asyncpg.connect(*args, **options))
    try:
        await set_session(connection, session)
        await set_codecs(connection)
    except BaseException:
        connection.terminate()
        raise
    return connection


def is_open(connection: Connection) -> bool:
    try:
        return not connection.is_closed()
    except asyncpg.InterfaceError:  # it was lost, and the driver's pool has taken it back
        return False


def end(connection: Connection) -> None:
    """Hangs up, without a word to the other side."""
    if is_open(connection):
        connection.terminate()


async def set_session(connection: Connection, session: Mapping[str, str]) -> None:
    """Settings for as long as the connection lasts.

    Not sent with the greeting: a pooler refuses there what it does not know, or drops it.
    """
    await connection.execute(_SET, list(session), list(session.values()))


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
