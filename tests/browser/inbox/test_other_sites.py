"""T-CSRF, T-CORS and T-CSP in a browser: a page of another origin, while somebody is signed in."""

from pathlib import Path
from typing import Any, Final

import pytest
from playwright.async_api import Request, Route

from tests.browser.inbox.conftest import Desk

_ATTACK: Final = Path(__file__).with_name("attacker.js").read_text(encoding="utf-8")
_COOKIE: Final = "rejoinder_session="
_PAGE: Final = "<!doctype html><title>Free ponies</title><body>"


@pytest.mark.parametrize(
    ("site", "is_same_site"),
    [("http://thief.localhost", False), ("http://127.0.0.1:9", True)],
    ids=["another site", "another port"],
)
async def test_a_page_of_another_origin_reads_changes_and_opens_nothing(
    desk: Desk, site: str, *, is_same_site: bool
) -> None:
    """A port makes no site: that page's requests come with the cookie."""
    ticket = await desk.ticket("Ada Lovelace")
    agent = await desk.agent()
    before = await state(desk, ticket)
    asked: list[Request] = []
    context = agent.page.context
    context.on("request", lambda request: asked.append(request))  # noqa: PLW0108  the library marks what it calls
    await context.route(f"{site}/**", there)
    page = await context.new_page()
    await page.goto(f"{site}/")

    where = {"server": desk.server.url, "project": desk.project["id"]}
    got = await page.evaluate(_ATTACK, where | {"ticket": ticket["ticket_number"]})

    assert got == []
    assert await state(desk, ticket) == before
    sent = [await headers(each) for each in asked if each.url.startswith(desk.server.url)]
    forged = [each for each in sent if each.get("origin") == site]
    assert len(forged) > 50
    assert any(_COOKIE in each.get("cookie", "") for each in forged) is is_same_site
    await context.unroute(f"{site}/**", there)
    await agent.open()
    await agent.sees("Ada Lovelace")


async def there(route: Route) -> None:
    await route.fulfill(body=_PAGE, content_type="text/html")


async def headers(request: Request) -> dict[str, str]:
    return await request.all_headers()


async def state(desk: Desk, ticket: dict[str, Any]) -> dict[str, Any]:
    """The ticket, what its thread and the project's log say, and the keys that there are."""
    events = f"/api/projects/{desk.project['id']}/events/"
    return {
        "ticket": await desk.read(ticket),
        "thread": await desk.call("GET", f"conversations/tickets/{ticket['id']}/messages/"),
        "events": (await desk.client.get(events, params={"limit": 100})).json(),
    }
