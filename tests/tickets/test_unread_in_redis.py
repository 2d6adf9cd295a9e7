"""The unread count with Redis beside PostgreSQL: what is kept there, and what its loss changes."""

from collections.abc import AsyncGenerator, Iterator

import httpx
import msgspec
import pytest

from rejoinder.events.work import Work
from rejoinder.settings import Settings
from tests.builders import Desk, a_desk
from tests.cache.valkey import Valkey
from tests.conftest import a_client
from tests.eventually import eventually


@pytest.fixture(scope="module")
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Valkey]:
    with Valkey(tmp_path_factory.mktemp("v")) as server:
        yield server


@pytest.fixture
async def client(settings: Settings, valkey: Valkey) -> AsyncGenerator[httpx.AsyncClient]:
    """The application with Redis, as one of several processes has it."""
    with_redis = msgspec.structs.replace(settings, redis_url=valkey.url, workers=2)
    async with a_client(with_redis) as client:
        yield client


@pytest.fixture
async def desk(work: Work, client: httpx.AsyncClient) -> Desk:
    return await a_desk(work, client)


async def test_one_key_a_project_holds_the_count_for_thirty_seconds(
    desk: Desk, valkey: Valkey
) -> None:
    await desk.a_ticket(message="Hello")
    key = f"rejoinder:unread:{desk.project.id}"

    async def kept() -> str:
        # Each call may be given up on a busy machine; the next one fills.
        assert await desk.unread() == 1
        return valkey.say("GET", key).partition("\r\n")[2].strip()

    await eventually(kept, "1")
    assert 0 < int(valkey.say("TTL", key).lstrip(":")) <= 30


async def test_every_change_is_seen_at_once(desk: Desk) -> None:
    counts: list[int] = []
    for change in ("create", "read", "resolve"):
        match change:
            case "create":
                await desk.a_ticket(message="Hello")
                await desk.a_ticket(message="Hello")
            case "read":
                await desk.call("GET", "1/")
            case _:
                await desk.call("PATCH", "2/", {"status": "resolved"})
        counts.append(await desk.unread())

    assert counts == [2, 1, 0]


async def test_a_frozen_redis_changes_no_answer(desk: Desk, valkey: Valkey) -> None:
    await desk.a_ticket(message="Hello")
    await desk.unread()
    valkey.freeze()
    try:
        await desk.a_ticket(message="Hello again")

        assert await desk.unread() == 2
    finally:
        valkey.thaw()
