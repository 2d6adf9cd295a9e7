"""How often one may ask."""

import asyncio
import time
from collections.abc import AsyncGenerator, Iterator

import pytest

from rejoinder.errors import Throttled
from rejoinder.settings import Settings, SettingsError
from rejoinder.web.limits import MAX_KEYS, Memory, RateLimits
from tests.cache.valkey import Valkey


@pytest.fixture(scope="module")
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Valkey]:
    with Valkey(tmp_path_factory.mktemp("v")) as server:
        yield server


@pytest.fixture(params=["memory", "redis"])
async def limits(request: pytest.FixtureRequest) -> AsyncGenerator[RateLimits]:
    url = ""
    if request.param == "redis":
        server: Valkey = request.getfixturevalue("valkey")
        server.say("FLUSHALL")
        url = server.url
    limits = RateLimits(
        Settings(
            redis_url=url,
            limit_api_burst="2/minute",
            limit_api_sustained="3/hour",
            limit_widget_redeem="1/second",
        )
    )
    yield limits
    await limits.close()


async def refused(limits: RateLimits, bucket: str, key: str) -> int:
    """How long the caller is told to wait; 0 when it may go on."""
    try:
        await limits.hit(bucket, key)
    except Throttled as error:
        return error.retry_after
    return 0


async def test_who_asks_too_often_must_wait(limits: RateLimits) -> None:
    waits = [await refused(limits, "api", "1") for _ in range(3)]

    assert waits[:2] == [0, 0]
    assert 1 <= waits[2] <= 60


async def test_callers_and_buckets_do_not_share_a_count(limits: RateLimits) -> None:
    waits = [await refused(limits, "api", key) for key in ("1", "1", "2", "2")]
    redeem = await refused(limits, "widget_redeem", "1")

    assert waits == [0, 0, 0, 0]
    assert redeem == 0


async def test_a_new_window_begins_from_nothing(limits: RateLimits) -> None:
    first = [await refused(limits, "widget_redeem", "1") for _ in range(2)]
    await asyncio.sleep(1.05)
    again = await refused(limits, "widget_redeem", "1")

    assert (first, again) == ([0, 1], 0)


async def test_limits_can_be_switched_off() -> None:
    limits = RateLimits(Settings(rate_limits=False, limit_api_burst="1/day"))

    assert [await refused(limits, "api", "1") for _ in range(5)] == [0] * 5


@pytest.mark.parametrize("rate", ["", "fast", "5/fortnight", "-1/minute"])
def test_a_limit_that_cannot_be_read_stops_the_start(rate: str) -> None:
    with pytest.raises(SettingsError, match="REJOINDER_LIMIT_WIDGET_REDEEM"):
        RateLimits(Settings(limit_widget_redeem=rate))


def test_memory_stays_within_its_bound() -> None:
    memory = Memory()
    (item,) = RateLimits(Settings()).buckets["widget_redeem"]
    for number in range(MAX_KEYS + 10):
        memory.hit(item, "widget_redeem", str(number))

    assert len(memory) == MAX_KEYS


async def test_a_frozen_redis_delays_one_request_and_limits_go_on(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with Valkey(tmp_path_factory.mktemp("v")) as server:
        limits = RateLimits(Settings(redis_url=server.url, limit_api_burst="2/minute"))
        await limits.hit("api", "0")
        server.freeze()
        begin = time.monotonic()
        waits = [await refused(limits, "api", "1") for _ in range(3)]
        took = time.monotonic() - begin
        server.thaw()
        await limits.close()

    assert waits[:2] == [0, 0]
    assert waits[2] > 0
    assert took < 0.25


async def test_a_redis_that_is_gone_is_no_fault() -> None:
    limits = RateLimits(Settings(redis_url="redis://127.0.0.1:1", limit_api_burst="1/minute"))

    assert await refused(limits, "api", "1") == 0
    assert await refused(limits, "api", "1") > 0
    await limits.close()


async def test_processes_share_their_count_in_redis(valkey: Valkey) -> None:
    valkey.say("FLUSHALL")
    settings = Settings(redis_url=valkey.url, limit_api_burst="2/minute")
    one, other = RateLimits(settings), RateLimits(settings)

    waits = [await refused(limits, "api", "1") for limits in (one, other, one)]

    assert waits[:2] == [0, 0]
    assert waits[2] > 0
    await one.close()
    await other.close()
