"""Values kept in Redis or Valkey, for all processes: optional at every single call."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from math import inf
from time import monotonic
from typing import Any, Final, Protocol, TypeVar, cast

import msgspec
import structlog
from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError, ResponseError

from rejoinder.cache.breaker import Breaker

log = structlog.get_logger(__name__)

T = TypeVar("T")

# A read asks at most twice (find, fill), so Redis delays it by at most 100 ms.
_PATIENCE: Final = 0.05
_LIFETIME_MS: Final = 30_000
_SURELY_DEAD: Final = _LIFETIME_MS / 1000 + 1

_LEASE: Final = b"lease "  # no JSON begins like this

# Answers the value, or puts the reader's lease in its place.
_FIND: Final = """
local held = redis.call('GET', KEYS[1])
if held then return held end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return ARGV[1]
"""

# KEEPTTL: a value dies 30 seconds after its reader began, no matter when this is executed.
_FILL: Final = """
if redis.call('GET', KEYS[1]) == ARGV[1] then
    redis.call('SET', KEYS[1], ARGV[2], 'KEEPTTL')
end
return 1
"""

_encode = msgspec.json.Encoder().encode


class _Client(Protocol):
    """The little we ask of the library, whose own types are too loose to check."""

    def execute_command(self, *command: str | bytes | int) -> Awaitable[Any]: ...

    def aclose(self) -> Awaitable[None]: ...


class SharedStore:
    """One key each in Redis. Whatever fails there, the value is read where it truly stands.

    A drop deletes the value or the leases of those who are reading it, so none of them can put
    back what is older. After a drop that failed, this process trusts nothing that Redis holds
    until all of it has died.
    """

    def __init__(self, url: str, *, clock: Callable[[], float] = monotonic) -> None:
        self._client = _connect(url)
        self._clock = clock
        self._breaker = Breaker(clock)
        self._trusted_from = -inf

    async def get(self, key: str, kind: type[T], load: Callable[[], Awaitable[T]]) -> T:
        if self._clock() < self._trusted_from:
            return await load()
        lease = _LEASE + secrets.token_bytes(8)
        found = await self._ask("EVAL", _FIND, 1, key, lease, _LIFETIME_MS)
        if found is not None and not found.startswith(_LEASE):
            try:
                return msgspec.json.decode(found, type=kind)
            except msgspec.DecodeError:
                log.warning("cache.unreadable", key=key)
        value = await load()
        if found == lease:
            await self._ask("EVAL", _FILL, 1, key, lease, _encode(value))
        return value

    async def drop(self, key: str) -> None:
        if await self._ask("DEL", key) is None:
            self._trusted_from = self._clock() + _SURELY_DEAD

    async def clear(self) -> None:
        """Nothing: whoever made a change that we did not hear of dropped its keys here."""

    async def close(self) -> None:
        await self._client.aclose()

    async def _ask(self, *command: str | bytes | int) -> Any:
        """Redis' answer, or None when there was none in time."""
        if not self._breaker.admits():
            return None
        try:
            async with asyncio.timeout(_PATIENCE):
                answer = await self._client.execute_command(*command)
        except ResponseError as error:
            # It is there, but full perhaps: what is in it can still be read and deleted.
            log.debug("cache.refused", reason=str(error))
            answer = None
        except (RedisError, OSError) as error:
            self._fail(error)
            return None
        self._breaker.reset()
        return answer

    def _fail(self, error: Exception) -> None:
        if not self._breaker.tripped:
            log.warning("cache.lost", error=type(error).__name__)
        self._breaker.trip()


def _connect(url: str) -> _Client:
    pool = BlockingConnectionPool.from_url(  # pyright: ignore[reportUnknownMemberType]  untyped **kwargs
        url,
        protocol=2,
        max_connections=20,
        timeout=_PATIENCE,
        socket_timeout=_PATIENCE,
        socket_connect_timeout=_PATIENCE,
        retry=Retry(NoBackoff(), 0),
    )
    return cast("_Client", Redis.from_pool(pool))
