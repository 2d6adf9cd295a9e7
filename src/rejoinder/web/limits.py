"""How often one may ask. `await limits.hit("api", key)` counts, or raises Throttled.

Each setting `limit_<bucket>`, `limit_<bucket>_burst` or `limit_<bucket>_sustained` is a limit of
that bucket, written like `480/minute`. Counted in this process, or in Redis when there is one;
while Redis fails, in this process again. Fixed windows: at worst twice the figure at a boundary.
"""

import asyncio
from collections import defaultdict
from math import ceil
from time import monotonic, time
from typing import Any, Final

import structlog
from limits import RateLimitItem, parse_many
from limits.aio.storage import RedisStorage
from limits.aio.strategies import FixedWindowRateLimiter
from redis.asyncio import BlockingConnectionPool
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from rejoinder.cache.breaker import Breaker
from rejoinder.errors import Throttled
from rejoinder.settings import PREFIX, Settings, SettingsError

log = structlog.stdlib.get_logger("rejoinder.limits")

MAX_KEYS: Final = 100_000
_PATIENCE_S: Final = 0.1


class RateLimits:
    """All buckets of this installation."""

    def __init__(self, settings: Settings) -> None:
        """Reads the limits.

        Raises:
            SettingsError: one cannot be read; names the variable.
        """
        self.buckets = _buckets(settings)
        self._enabled = settings.rate_limits
        self._memory = Memory()
        self._redis = Redis(settings.redis_url) if settings.redis_url else None

    async def hit(self, bucket: str, key: str) -> None:
        """Counts one request of `key`.

        Raises:
            Throttled: one of the bucket's limits is reached.
        """
        if not self._enabled:
            return
        for item in self.buckets[bucket]:
            if wait := await self._count(item, bucket, key):
                raise Throttled(max(1, ceil(wait)))

    def hit_here(self, bucket: str, key: str) -> None:
        """As `hit`, but counted in this process alone: for what costs less than asking Redis."""
        if not self._enabled:
            return
        for item in self.buckets[bucket]:
            if wait := self._memory.hit(item, bucket, key):
                raise Throttled(max(1, ceil(wait)))

    async def close(self) -> None:
        if self._redis is not None:
            await self._redis.close()

    async def _count(self, item: RateLimitItem, bucket: str, key: str) -> float:
        if self._redis is not None:
            wait = await self._redis.hit(item, bucket, key)
            if wait is not None:
                return wait
        return self._memory.hit(item, bucket, key)


class Memory:
    """Counters in this process. Over MAX_KEYS the oldest windows are forgotten."""

    def __init__(self) -> None:
        self._windows: dict[tuple[RateLimitItem, str, str], list[float]] = {}

    def __len__(self) -> int:
        return len(self._windows)

    def hit(self, item: RateLimitItem, bucket: str, key: str) -> float:
        """Counts one: 0, or how many seconds a full window still lasts."""
        now = monotonic()
        name = (item, bucket, key)
        window = self._windows.get(name)
        if window is None or window[1] <= now:
            self._windows.pop(name, None)
            if len(self._windows) >= MAX_KEYS:
                del self._windows[next(iter(self._windows))]
            window = self._windows[name] = [0, now + item.get_expiry()]
        window[0] += 1
        return window[1] - now if window[0] > item.amount else 0


class Redis:
    """Counters shared by all processes. After a failure Redis is left alone for a while."""

    def __init__(self, url: str) -> None:
        self._pool: Any = BlockingConnectionPool.from_url(  # pyright: ignore[reportUnknownMemberType]  untyped
            url,
            max_connections=20,
            timeout=_PATIENCE_S,
            socket_timeout=_PATIENCE_S,
            socket_connect_timeout=_PATIENCE_S,
            retry=Retry(NoBackoff(), 0),
        )
        storage = RedisStorage(
            "redis://",
            implementation="redispy",
            key_prefix="rejoinder:limits",
            connection_pool=self._pool,
        )
        self._limiter = FixedWindowRateLimiter(storage)
        self._breaker = Breaker()

    async def hit(self, item: RateLimitItem, bucket: str, key: str) -> float | None:
        """As `Memory.hit`; None when Redis does not answer."""
        if not self._breaker.admits():
            return None
        try:
            async with asyncio.timeout(_PATIENCE_S):
                wait = await self._wait(item, bucket, key)
        except (RedisError, OSError) as error:
            if not self._breaker.tripped:
                log.warning("redis lost, counting in memory", kind=type(error).__name__)
            self._breaker.trip()
            return None
        self._breaker.reset()
        return wait

    async def close(self) -> None:
        await self._pool.aclose()

    async def _wait(self, item: RateLimitItem, bucket: str, key: str) -> float:
        if await self._limiter.hit(item, bucket, key):
            return 0
        window = await self._limiter.get_window_stats(item, bucket, key)
        # Never 0: a window that ends right now was full all the same.
        return max(window.reset_time - time(), 1)


def _buckets(settings: Settings) -> dict[str, tuple[RateLimitItem, ...]]:
    found: defaultdict[str, list[RateLimitItem]] = defaultdict(list)
    for field in Settings.__struct_fields__:
        if not field.startswith("limit_"):
            continue
        name = field.removeprefix("limit_").removesuffix("_burst").removesuffix("_sustained")
        try:
            found[name] += parse_many(getattr(settings, field))
        except ValueError:
            example = "Write it like 480/minute."
            raise SettingsError(f"{PREFIX}{field.upper()}: not a rate. {example}") from None
    return {name: tuple(items) for name, items in found.items()}
