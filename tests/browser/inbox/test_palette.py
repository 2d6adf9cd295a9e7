"""The palette and the keys: everything by a few letters, and nothing by accident."""

import re

from playwright.async_api import Locator, expect

from tests.browser.inbox.agent import Agent
from tests.browser.inbox.conftest import Desk
from tests.browser.inbox.test_conversation import address, said


def palette(agent: Agent) -> Locator:
    return agent.page.get_by_role("dialog", name="Search and commands")


async def ask(agent: Agent, text: str) -> None:
    await agent.press("Mod+k")
    await expect(palette(agent).get_by_role("combobox")).to_be_focused()
    await agent.page.keyboard.type(text)


async def test_a_command_is_found_and_run(desk: Desk) -> None:
    ticket = await desk.ticket("Ada Lovelace")
    agent = await desk.agent(path=address(ticket))
    await expect(said(agent)).to_have_count(1)
    await ask(agent, "resol")
    await expect(palette(agent).get_by_role("option").first).to_contain_text("Resolve")
    await agent.expect_accessible()
    async with agent.page.expect_response(lambda answer: answer.request.method == "PATCH"):
        await agent.press("Enter")
    await expect(palette(agent)).to_have_count(0)
    assert (await desk.read(ticket))["status"] == "resolved"
    await ask(agent, "priority")
    await agent.press("Enter")
    await expect(agent.page.get_by_role("listbox", name="Priority")).to_be_visible()


async def test_tickets_are_found_by_number_name_and_text(desk: Desk) -> None:
    ada = await desk.ticket("Ada Lovelace", "The refund has not arrived.", status="resolved")
    grace = await desk.ticket("Grace Hopper")
    agent = await desk.agent()
    await agent.sees_rows("Grace Hopper")
    await ask(agent, f"#{ada['ticket_number']}")
    await expect(palette(agent).get_by_role("option").first).to_contain_text("Ada Lovelace")
    await agent.press("Enter")
    await agent.is_at(rf"/tickets/{ada['ticket_number']}$")
    await ask(agent, "grace")
    await expect(palette(agent).get_by_role("option").first).to_contain_text("Grace Hopper")
    await agent.press("Enter")
    await agent.is_at(rf"/tickets/{grace['ticket_number']}$")
    await ask(agent, "refund")
    await expect(palette(agent).get_by_role("option").first).to_contain_text("Ada Lovelace")


async def test_recent_tickets_come_first(desk: Desk) -> None:
    ada, grace = await desk.ticket("Ada Lovelace"), await desk.ticket("Grace Hopper")
    agent = await desk.agent(path=address(ada))
    await expect(said(agent)).to_have_text(["Ada Lovelace asks."])
    await agent.row("Grace Hopper").get_by_role("link").click()
    await expect(said(agent)).to_have_text(["Grace Hopper asks."])
    await agent.reload()
    await expect(said(agent)).to_have_text(["Grace Hopper asks."])
    await agent.press("Mod+k")
    await expect(palette(agent).get_by_role("option").first).to_contain_text("Ada Lovelace")
    await agent.press("Enter")
    await agent.is_at(rf"/tickets/{ada['ticket_number']}$")
    assert grace["id"] != ada["id"]


async def test_views_and_people_are_found(desk: Desk) -> None:
    body = {"distinct_id": "ada", "properties": {"name": "Ada Lovelace"}}
    person = await desk.call("POST", "persons/", body)
    view = {"name": "Enterprise", "visibility": "shared", "filters": {"priority": ["high"]}}
    saved = await desk.call("POST", "conversations/views/", view)
    agent = await desk.agent()
    await agent.sees("Enterprise")
    await ask(agent, "enterp")
    await agent.press("Enter")
    await agent.is_at(rf"view={saved['short_id']}")
    await ask(agent, "lovelace")
    await expect(palette(agent).get_by_role("option")).to_have_count(1)
    await agent.press("Enter")
    await agent.is_at(rf"/persons/{person['id']}$")


async def test_arrows_walk_around_and_nothing_found_is_said(desk: Desk) -> None:
    agent = await desk.agent()
    await agent.press("Mod+k")
    options = palette(agent).get_by_role("option")
    await expect(options.first).to_have_attribute("aria-selected", "true")
    await agent.press("ArrowUp")
    await expect(options.last).to_have_attribute("aria-selected", "true")
    await agent.press("ArrowDown")
    await expect(options.first).to_have_attribute("aria-selected", "true")
    await agent.page.keyboard.type("zzzzz")
    await agent.sees("Nothing found")
    await agent.press("Escape")
    await expect(palette(agent)).to_have_count(0)


async def test_the_palette_opens_while_one_writes_and_gives_the_focus_back(desk: Desk) -> None:
    agent = await desk.agent()
    await agent.press("/")
    await agent.page.keyboard.type("re")
    await agent.press("Mod+k")
    await expect(palette(agent)).to_be_visible()
    await agent.press("Escape")
    await expect(agent.page.get_by_label("Search tickets")).to_be_focused()


async def test_the_shortcuts_are_those_of_the_registry(desk: Desk) -> None:
    agent = await desk.agent()
    await agent.press("?")
    help_page = agent.page.get_by_role("dialog", name="Keyboard shortcuts")
    for text in (
        "Next ticket",
        "Resolve",
        "Search and commands",
        re.compile("Go to view 1.8"),
        "Snooze",
    ):
        await expect(help_page.get_by_text(text, exact=isinstance(text, str))).to_be_visible()
    await agent.expect_accessible()
    await agent.press("e", "g", "p")
    await agent.is_at("/tickets$")
    await agent.press("Escape")
    await expect(help_page).to_have_count(0)


async def test_one_key_after_the_other(desk: Desk) -> None:
    agent = await desk.agent()
    await expect(agent.page.get_by_role("heading", name="Open", exact=True)).to_be_visible()
    await agent.press("g", "p")
    await agent.is_at("/persons$")
    await agent.press("g", "i")
    await agent.is_at("/tickets$")


async def test_what_a_viewer_may_not_do_is_not_offered(desk: Desk) -> None:
    ticket = await desk.ticket("Ada Lovelace")
    viewer = await desk.member("Vera Viewer", "viewer")
    agent = await desk.agent(viewer, path=address(ticket))
    await expect(said(agent)).to_have_count(1)
    await agent.press("Mod+k")
    await expect(palette(agent).get_by_role("option", name="Copy link")).to_be_visible()
    for name in ("Resolve", "Assign", "Delete ticket", "New conversation"):
        await expect(palette(agent).get_by_role("option", name=name, exact=True)).to_have_count(0)


async def test_on_a_phone_the_palette_has_room(desk: Desk) -> None:
    await desk.ticket("Ada Lovelace")
    agent = await desk.agent(width=390, height=844, dark=True)
    await agent.button("Search and commands").click()
    await expect(palette(agent).get_by_role("combobox")).to_be_focused()
    await agent.expect_accessible()
    box = await palette(agent).bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
