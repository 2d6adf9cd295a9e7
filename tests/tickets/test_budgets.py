"""How many statements each hot route may cost."""

from collections.abc import AsyncGenerator
from typing import cast

import httpx
import pytest
from litestar import Litestar

from rejoinder.app import application
from rejoinder.db.pool import Database
from rejoinder.events.work import Work
from rejoinder.settings import Settings
from rejoinder.web.edge import Edge
from tests.builders import Desk, a_desk
from tests.conftest import alive
from tests.tickets.counting import counting_queries


@pytest.fixture(scope="session")
async def app(settings: Settings) -> AsyncGenerator[Edge]:
    """An application of our own, to look at its pool."""
    app = cast("Edge", application(settings))
    async with alive(cast("Litestar", app.app)):
        yield app


@pytest.fixture
def pool(app: Edge) -> Database:
    return cast("Litestar", app.app).state["database"]


@pytest.fixture
async def warm(app: Edge, work: Work) -> AsyncGenerator[Desk]:
    """A desk with tickets whose key is known and whose statements are prepared."""
    transport = httpx.ASGITransport(app=app)  # type: ignore[arg-type]  # two names for one protocol
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
        desk = await a_desk(work, client)
        await desk.call("POST", desk.persons, {"distinct_id": "cleo"})
        for _ in range(5):
            await desk.a_ticket(distinct_id="cleo", message="Hello?")
        yield desk


async def cost(desk: Desk, pool: Database, method: str, path: str, body: object = None) -> int:
    async with counting_queries(pool) as statements:
        response = await desk.call(method, path, body)
    assert response.is_success, response.text
    return len(statements)


@pytest.mark.parametrize(
    "path", ["", "?search=hello", "?status=new,open&sla=breached", "?cursor=", "?offset=2"]
)
async def test_a_list_costs_at_most_two(warm: Desk, pool: Database, path: str) -> None:
    assert await cost(warm, pool, "GET", path) <= 2


async def test_reading_costs_one_and_marking_as_read_two_more(warm: Desk, pool: Database) -> None:
    assert await cost(warm, pool, "GET", "1/") == 3
    assert await cost(warm, pool, "GET", "1/") == 1


async def test_the_unread_count_costs_at_most_one(warm: Desk, pool: Database) -> None:
    assert await cost(warm, pool, "GET", "unread_count/") <= 1
    assert await cost(warm, pool, "GET", "unread_count/") <= 1


async def test_creating_costs_two(warm: Desk, pool: Database) -> None:
    assert await cost(warm, pool, "POST", "", {"status": "open"}) == 2


async def test_one_change_costs_five(warm: Desk, pool: Database) -> None:
    """Lock, change, counters, what the ticket looks like now, event."""
    assert await cost(warm, pool, "PATCH", "1/", {"status": "open"}) == 5


async def test_an_unknown_key_costs_one(warm: Desk, pool: Database) -> None:
    async with counting_queries(pool) as statements:
        await warm.call("GET", key="phx_unknown")

    assert len(statements) == 1
