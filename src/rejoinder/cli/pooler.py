"""Whether what stands between us and the database, if anything does, lets a session be one."""

from typing import Final

import asyncpg

from rejoinder.db.pool import Connection

_TIMES: Final = 3
_SHARED: Final = (
    asyncpg.DuplicatePreparedStatementError,
    asyncpg.InvalidSQLStatementNameError,
    asyncpg.ProtocolViolationError,
)
"""What statements meet that were prepared in the session of somebody else."""


async def shares_sessions(connection: Connection, dsn: str) -> bool:
    """Whether statements of one connection run in whichever session of PostgreSQL is free.

    So it is behind a pooler in transaction or statement mode, where nobody hears what they listen
    for, and neither prepared statements nor locks stay with whoever made them.
    """
    try:
        if await _session_of(connection) == connection.get_server_pid():
            return False  # nothing is in between
        other = await asyncpg.connect(dsn, timeout=10)
        try:
            seen = [
                (await _session_of(connection), await _session_of(other)) for _ in range(_TIMES)
            ]
        finally:
            other.terminate()
    except _SHARED:
        return True
    ours, theirs = seen[0]
    return ours == theirs or seen != [(ours, theirs)] * _TIMES


async def _session_of(connection: Connection) -> int:
    return int(await connection.fetchval("SELECT pg_backend_pid()"))
