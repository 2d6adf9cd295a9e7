"""The list: what it shows, how one moves in it, and that nothing moves under a hand."""

import asyncio

from playwright.async_api import Route, expect

from tests.browser.inbox.agent import Agent
from tests.browser.inbox.conftest import Desk


async def test_the_list_shows_what_is_open_and_opens_a_ticket(desk: Desk) -> None:
    ticket = await desk.ticket("Ada Lovelace", "Where is my order?", priority="high", tags=["vip"])
    await desk.ticket("Long Gone", status="resolved")
    agent = await desk.agent()
    await agent.sees_rows("Ada Lovelace")
    await agent.sees("Where is my order?", "vip", f"#{ticket['ticket_number']}")
    await agent.expect_accessible()
    await agent.row("Ada Lovelace").get_by_role("link").click()
    await agent.is_at(rf"/tickets/{ticket['ticket_number']}$")


async def test_keys_move_and_open(desk: Desk) -> None:
    for name in ("Third", "Second", "First"):
        ticket = await desk.ticket(name)
    agent = await desk.agent()
    await agent.sees_rows("First", "Second", "Third")
    await agent.press("j", "j", "j", "k")
    await expect(agent.row("Second").get_by_role("link")).to_be_focused()
    await agent.press("k", "Enter")
    await agent.is_at(rf"/tickets/{ticket['ticket_number']}$")


async def test_rows_stay_where_they_are_while_somebody_is_at_them(desk: Desk) -> None:
    older = await desk.ticket("Older")
    await desk.ticket("Newer")
    agent = await desk.agent()
    await agent.sees_rows("Newer", "Older")
    await agent.row("Newer").hover()
    await desk.change(older, priority="critical")
    await desk.ticket("Newest")
    await agent.sees("2 new or changed")
    await agent.sees_rows("Newer", "Older")
    await expect(agent.row("Older").get_by_role("img", name="Critical")).to_be_visible()
    await agent.button("2 new or changed").click()
    await agent.sees_rows("Newest", "Older", "Newer")


async def test_what_comes_in_is_shown_when_nobody_is_at_the_list(desk: Desk) -> None:
    await desk.ticket("First")
    agent = await desk.agent()
    await agent.sees_rows("First")
    await desk.ticket("Second")
    await agent.sees_rows("Second", "First")


async def test_more_rows_come_as_one_scrolls(desk: Desk) -> None:
    for number in range(70):
        await desk.ticket(f"Customer {number}")
    agent = await desk.agent()
    await expect(agent.page.get_by_role("row")).to_have_count(50)
    await agent.row("Customer 20").scroll_into_view_if_needed()
    await expect(agent.page.get_by_role("row")).to_have_count(70)


async def test_the_search_marks_what_it_found(desk: Desk) -> None:
    await desk.ticket("Ada", "The refund has not arrived.")
    await desk.ticket("Grace", "Thank you!")
    agent = await desk.agent()
    await agent.sees_rows("Grace", "Ada")
    await agent.press("/")
    await agent.page.keyboard.type("REFUND")
    await agent.sees_rows("Ada")
    await expect(agent.page.locator("mark")).to_have_text(["refund"])
    await agent.is_at(r"search=REFUND")
    await agent.expect_accessible()
    await agent.page.keyboard.type(" nowhere")
    await agent.sees("Nothing found for “REFUND nowhere”.")
    await agent.press("Escape")
    await agent.sees_rows("Grace", "Ada")


async def test_a_search_in_a_view_can_be_widened(desk: Desk) -> None:
    await desk.ticket("Ada", "The refund has not arrived.", status="resolved")
    agent = await desk.agent(path="tickets?view=open&search=refund")
    await agent.button("Search all tickets").click()
    await agent.sees_rows("Ada")


async def test_a_list_seen_before_is_there_before_the_server_answers(desk: Desk) -> None:
    await desk.ticket("Ada Lovelace")
    agent = await desk.agent()
    await agent.sees_rows("Ada Lovelace")
    held = await _hold(agent)
    await agent.reload()
    await agent.sees_rows("Ada Lovelace")
    assert held, "the server had answered already"
    for route in held:
        await route.continue_()
    await agent.page.unroute_all(behavior="wait")


async def test_a_list_that_fails_says_so_and_can_be_asked_for_again(desk: Desk) -> None:
    await desk.ticket("Ada Lovelace")
    agent = await desk.agent(path=None)
    refused = asyncio.Semaphore(0)

    async def refuse(route: Route) -> None:
        await route.abort()
        refused.release()

    await agent.page.route("**/conversations/tickets?**", refuse)
    await agent.open()
    async with asyncio.timeout(15):
        await refused.acquire()  # as the page opens
        await refused.acquire()  # as the log is heard
    await agent.sees("No connection to the server.")
    await agent.page.unroute_all()
    await agent.button("Try again").click()
    await agent.sees_rows("Ada Lovelace")


async def test_a_phone_shows_one_pane_at_a_time(desk: Desk) -> None:
    await desk.ticket("Ada Lovelace")
    agent = await desk.agent(width=390, height=844)
    await agent.sees_rows("Ada Lovelace")
    await agent.expect_accessible()
    await agent.row("Ada Lovelace").get_by_role("link").click()
    await expect(agent.page.locator(".pane-list")).to_have_count(0)
    await agent.button("Back to the list").click()
    await agent.button("Show views").click()
    await agent.page.get_by_role("link", name="Resolved").click()
    await agent.is_at("view=resolved")
    await agent.sees("Nothing here")


async def _hold(agent: Agent) -> list[Route]:
    """From now on the list is not answered; the requests that wait."""
    held: list[Route] = []
    await agent.page.route("**/conversations/tickets?**", lambda route: _keep(held, route))
    return held


def _keep(held: list[Route], route: Route) -> None:
    held.append(route)
