"""The check of Redis or Valkey, where one is set."""

from typing import Any, Final

from redis.asyncio import Redis
from redis.exceptions import RedisError

from rejoinder.cli.doctor.finding import Finding, fail, ok

OLDEST_REDIS: Final = 6


async def check_redis(url: str) -> Finding:
    try:
        version = await _version(url)
    except (RedisError, OSError, ValueError) as error:
        hint = "Start it or unset REJOINDER_REDIS_URL: until then the server works without."
        return fail("redis", f"Does not answer: {str(error).rstrip('.')}.", hint)
    if int(version.partition(".")[0]) < OLDEST_REDIS:
        return fail("redis", f"{version} is too old.", f"Upgrade it to {OLDEST_REDIS} or newer.")
    return ok("redis", f"{version} answers.")


async def _version(url: str) -> str:
    client: Redis = Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2)  # pyright: ignore[reportUnknownMemberType]  untyped there
    try:
        server: dict[str, Any] = await client.info("server")  # pyright: ignore[reportUnknownMemberType]  untyped there
    finally:
        await client.aclose()
    return str(server["redis_version"])
