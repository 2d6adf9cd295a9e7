"""Redis is never needed: killed, frozen, wiped, full or slow, nobody notices but the operator."""

from collections.abc import AsyncGenerator, Callable, Iterator

import pytest
from msgspec.structs import replace

from rejoinder.settings import Settings
from tests.cache.valkey import Valkey
from tests.faults.waits.proxy import Proxy, to_socket
from tests.faults.waits.report import only_long, report
from tests.faults.waits.situation import FINE, Situation, a_situation
from tests.notifications.team import a_teammate, assign

_MANY = 200
# Less than the slow one takes for a single answer.
_LONGEST_S = 1.9


@pytest.fixture
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Valkey]:
    with Valkey(tmp_path_factory.mktemp("v")) as server:
        yield server


@pytest.fixture
async def way_to_redis(valkey: Valkey) -> AsyncGenerator[Proxy]:
    async with Proxy(to_socket(valkey.url.removeprefix("unix://"))).running() as proxy:
        yield proxy


@pytest.fixture
async def with_redis(
    dsn: str, settings: Settings, way_to_redis: Proxy
) -> AsyncGenerator[Situation]:
    """A desk whose server counts and caches in Redis, and runs jobs."""
    chosen = replace(
        settings,
        database_url=dsn,
        redis_url=f"redis://127.0.0.1:{way_to_redis.port}",
        background_jobs=True,
        rate_limits=True,
        limit_api_burst=f"{_MANY}/minute",
        limit_login="1000/hour",
        limit_login_address="1000/hour",
        limit_widget_write="1000/minute",
    )
    async with a_situation(chosen, chosen) as situation:
        yield situation


@pytest.fixture(
    params=[
        "kill",
        "freeze",
        "fill",
        "slow down",
        *(pytest.param(name, marks=only_long) for name in ("wipe", "cut", "refuse")),
    ]
)
def fault(
    request: pytest.FixtureRequest, valkey: Valkey, way_to_redis: Proxy
) -> Callable[[], object]:
    faults: dict[str, Callable[[], object]] = {
        "kill": valkey.kill,
        "freeze": valkey.freeze,
        "wipe": lambda: valkey.say("FLUSHALL"),
        "fill": lambda: valkey.say("CONFIG", "SET", "maxmemory", "1"),
        "slow down": lambda: setattr(way_to_redis, "delay", 2.0),
        "cut": way_to_redis.cut,
        "refuse": way_to_redis.refuse,
    }
    return faults[request.param]


async def test_nobody_notices_that_redis_fails(
    with_redis: Situation, fault: Callable[[], object], request: pytest.FixtureRequest
) -> None:
    fault()

    answers = await with_redis.ask_all(times=1) + await with_redis.ask_all(times=1)

    report(f"Redis: {request.node.callspec.id}", answers)
    assert {answer.status for answer in answers} <= FINE
    assert max(answer.seconds for answer in answers) < _LONGEST_S


async def test_sessions_jobs_and_limits_live_on_without_redis(
    with_redis: Situation, valkey: Valkey
) -> None:
    desk = with_redis.desk
    ben = await a_teammate(desk)
    valkey.kill()

    await assign(desk, with_redis.ticket, ben.user)

    assert await ben.kinds() == ["assigned"]
    assert (await with_redis.member.call("GET", "/api/users/@me/")).status_code == 200
    assert await _asked_until_throttled(with_redis) <= _MANY


async def _asked_until_throttled(situation: Situation) -> int:
    """How often one may ask with Redis away: as often as one process allows by itself."""
    for number in range(_MANY + 1):
        if (await situation.desk.call("GET", "unread_count/")).status_code == 429:
            return number
    return _MANY + 1
