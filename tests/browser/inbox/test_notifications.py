"""Being told: the bell, the tab's title and icon, and the browser's own notifications."""

import re
from typing import Any

from playwright.async_api import expect

from tests.browser.inbox.agent import Agent
from tests.browser.inbox.conftest import Desk, Member
from tests.browser.inbox.test_conversation import address

# Nobody looks at the page, and the browser may tell.
_ELSEWHERE = """
const told = [];
window.Notification = class {
  static permission = "granted";
  constructor(title, options) {
    told.push(`${title}: ${options.body}`);
    document.documentElement.dataset.told = told.join();
  }
  close() {}
};
Object.defineProperty(document, "hidden", { get: () => Boolean(window.isElsewhere) });
"""


async def assign(desk: Desk, ticket: dict[str, Any], member: Member) -> None:
    await desk.change(ticket, assignee={"type": "user", "id": member.id})


async def icon(agent: Agent) -> str:
    return await agent.page.locator("link[rel=icon]").get_attribute("href") or ""


async def test_the_bell_counts_and_opening_the_ticket_reads(desk: Desk) -> None:
    ada = await desk.member("Ada Agent")
    ticket = await desk.ticket("Grace Hopper", "It is broken.")
    agent = await desk.agent(ada)
    await expect(agent.button("Notifications")).to_be_visible()
    await expect(agent.page).to_have_title("Rejoinder")
    plain = await icon(agent)
    await assign(desk, ticket, ada)
    await expect(agent.button("Notifications: 1 unread")).to_be_visible()
    await expect(agent.page).to_have_title("(1) Rejoinder")
    assert await icon(agent) != plain
    await agent.press("g", "n")
    dialog = agent.page.get_by_role("dialog", name="Notifications")
    await expect(dialog).to_contain_text("Olga Owner assigned this to you")
    await agent.expect_accessible()
    await dialog.get_by_role("link").click()
    await agent.is_at(rf"/tickets/{ticket['ticket_number']}$")
    await expect(agent.button("Notifications", exact=True)).to_be_visible()
    await expect(agent.page).to_have_title("Grace Hopper #1 · Rejoinder")


async def test_what_one_looks_at_needs_no_notice(desk: Desk) -> None:
    ada = await desk.member("Ada Agent")
    ticket = await desk.ticket("Grace Hopper")
    agent = await desk.agent(ada, path=address(ticket))
    await agent.sees("Grace Hopper asks.")
    async with agent.page.expect_response("**/notifications/read"):
        await assign(desk, ticket, ada)
    await expect(agent.button("Notifications", exact=True)).to_be_visible()


async def test_all_are_read_at_once(desk: Desk) -> None:
    ada = await desk.member("Ada Agent")
    for name in ("Grace", "Edsger"):
        await assign(desk, await desk.ticket(name), ada)
    agent = await desk.agent(ada, dark=True)
    await agent.button("Notifications: 2 unread").click()
    await agent.expect_accessible()
    await agent.button("Mark all as read").click()
    await expect(agent.button("Notifications", exact=True)).to_be_visible()
    await expect(agent.page.locator(".notice[data-fresh]")).to_have_count(0)


async def test_the_browser_tells_who_looks_elsewhere(desk: Desk) -> None:
    ada = await desk.member("Ada Agent")
    tickets = [await desk.ticket(name) for name in ("Grace", "Edsger")]
    agent = await desk.agent(ada, path=None)
    await agent.page.add_init_script(_ELSEWHERE)
    await agent.open()
    await expect(agent.button("Notifications")).to_be_visible()
    await assign(desk, tickets[0], ada)
    await expect(agent.button("Notifications: 1 unread")).to_be_visible()
    await agent.page.evaluate("window.isElsewhere = true")
    await assign(desk, tickets[1], ada)
    html = agent.page.locator("html")
    told = "Olga Owner assigned this to you: #2 Edsger asks."
    await expect(html).to_have_attribute("data-told", told)


async def test_who_wants_no_such_notice_gets_none(desk: Desk) -> None:
    ada = await desk.member("Ada Agent")
    ticket = await desk.ticket("Grace")
    agent = await desk.agent(ada, path=None)
    await agent.page.add_init_script(_ELSEWHERE)
    await agent.open()
    await agent.page.evaluate(
        """async () => {
          const preferences = { notifications: { assigned: { browser: false } } };
          const me = await (await fetch("/api/users/@me/")).json();
          await fetch("/api/users/@me/", {
            method: "PATCH",
            headers: { "Content-Type": "application/json", "X-CSRF-Token": me.csrf_token },
            body: JSON.stringify({ preferences }),
          });
        }"""
    )
    await agent.reload()
    await agent.page.evaluate("window.isElsewhere = true")
    await expect(agent.button("Notifications")).to_be_visible()
    await assign(desk, ticket, ada)
    await expect(agent.button("Notifications: 1 unread")).to_be_visible()
    await expect(agent.page.locator("html")).not_to_have_attribute("data-told", re.compile(""))
