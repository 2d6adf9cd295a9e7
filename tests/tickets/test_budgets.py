"""How many statements each hot route may cost."""

from collections.abc import AsyncGenerator
from typing import cast

import httpx
import pytest
from litestar import Litestar
from msgspec.structs import replace

from rejoinder.app.application import application
from rejoinder.db.pool import Database
from rejoinder.events.work import Work
from rejoinder.settings import Settings
from rejoinder.web.edge import Edge
from tests.builders import Desk, a_desk
from tests.conftest import alive
from tests.tickets.counting import counting_queries

VIEWS = "/api/projects/@current/conversations/views"


@pytest.fixture(scope="session")
async def app(settings: Settings) -> AsyncGenerator[Edge]:
    """An application of our own, to look at its pool; nothing in it runs on the side."""
    app = cast("Edge", application(replace(settings, background_jobs=False)))
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
    "path",
    [
        "",
        "?search=hello",
        "?status=new,open&sla=breached",
        "?cursor=",
        "?offset=2",
        "?unread=true",
        "?status=open,new&unread=true&limit=1",
        "?ids=0198a5c0-0000-7000-8000-000000000000",
    ],
)
async def test_a_list_costs_two_and_one_for_what_was_not_shown_before(
    warm: Desk, pool: Database, path: str
) -> None:
    again = f"{path}&again" if path else "?again"

    assert await cost(warm, pool, "GET", path) <= 3
    assert await cost(warm, pool, "GET", again) <= 2


async def test_a_list_by_a_view_costs_one_more(warm: Desk, pool: Database) -> None:
    filters = {"assignee": ["unassigned"], "tags": ["vip"]}
    made = await warm.call("POST", f"{VIEWS}/", {"name": "Mine", "filters": filters})

    assert await cost(warm, pool, "GET", f"?view={made.json()['short_id']}") <= 3


async def test_counting_all_views_costs_at_most_two(warm: Desk, pool: Database) -> None:
    """The views, then all of their counts at once."""
    for status in ("new", "open", "resolved"):
        body = {"name": status, "filters": {"status": [status], "search": "hello"}}
        await warm.call("POST", f"{VIEWS}/", body)

    assert await cost(warm, pool, "GET", f"{VIEWS}/counts/") <= 2


async def test_showing_where_a_search_found_them_costs_one_more(warm: Desk, pool: Database) -> None:
    assert await cost(warm, pool, "GET", "?search=hello&matches=true") == 3


async def test_reading_without_marking_costs_one(warm: Desk, pool: Database) -> None:
    assert await cost(warm, pool, "GET", "1/?mark_read=false") == 1


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


async def test_marking_as_unread_costs_five(warm: Desk, pool: Database) -> None:
    await warm.call("GET", "1/")

    assert await cost(warm, pool, "POST", "1/mark_unread/") == 5


async def test_many_tickets_cost_one_each_and_three_together(warm: Desk, pool: Database) -> None:
    """Lock and counters and events are for all of them at once."""
    listed = (await warm.call("GET")).json()["results"]
    body = {"ids": [ticket["id"] for ticket in listed], "changes": {"status": "open"}}

    assert await cost(warm, pool, "POST", "bulk_update/", body) == len(listed) + 3


async def test_an_unknown_key_costs_one(warm: Desk, pool: Database) -> None:
    async with counting_queries(pool) as statements:
        await warm.call("GET", key="phx_unknown")

    assert len(statements) == 1
