"""What one does with an open ticket, by key and by button, and the way back from each."""

from typing import Any

from playwright.async_api import Locator, Route, expect

from tests.browser.inbox.agent import Agent
from tests.browser.inbox.conftest import Desk
from tests.browser.inbox.test_conversation import address, said


def actions(agent: Agent) -> Locator:
    return agent.page.get_by_role("toolbar", name="Actions", exact=True)


async def opened(desk: Desk, ticket: dict[str, Any], **how: Any) -> Agent:
    """Somebody who looks at the ticket."""
    agent = await desk.agent(path=address(ticket), **how)
    await expect(said(agent)).not_to_have_count(0)
    return agent


async def choose(agent: Agent, key: str, text: str) -> None:
    """Opens a menu by its key and picks by typing."""
    await agent.press(key)
    await expect(agent.page.get_by_role("combobox")).to_be_focused()
    await agent.page.keyboard.type(text)
    await expect(agent.page.get_by_role("option").first).to_contain_text(text, ignore_case=True)
    await agent.press("Enter")


async def test_keys_set_everything_and_it_shows_at_once(desk: Desk) -> None:
    ticket = await desk.ticket("Ada Lovelace")
    agent = await opened(desk, ticket)
    await choose(agent, "s", "Pending")
    await choose(agent, "p", "High")
    await choose(agent, "a", "Me")
    await expect(agent.button("Status: Pending")).to_be_visible()
    await expect(agent.button("Priority: High")).to_be_visible()
    await expect(agent.button("Assign: Olga Owner")).to_be_visible()
    await agent.expect_accessible()
    found = await desk.read(ticket)
    assert (found["status"], found["priority"]) == ("pending", "high")
    assert found["assignee"]["id"] == desk.owner.id


async def test_tags_are_made_by_typing_and_taken_off(desk: Desk) -> None:
    await desk.ticket("Grace", tags=["billing"])
    ticket = await desk.ticket("Ada Lovelace", tags=["vip"])
    agent = await opened(desk, ticket)
    await agent.press("t")
    await agent.pick("billing")
    await agent.page.keyboard.type("Churn Risk")
    await agent.press("Enter")
    await agent.pick("vip")
    await expect(agent.page.get_by_role("option", selected=True)).to_have_count(2)
    await agent.expect_accessible()
    await agent.press("Escape")
    await expect(agent.button("Tags: billing, churn risk")).to_be_visible()
    await expect(agent.button("Tags: billing, churn risk")).to_be_focused()
    async with agent.page.expect_response(lambda answer: answer.request.method == "PATCH"):
        await agent.button("Remove the tag billing").click()
    assert (await desk.read(ticket))["tags"] == ["churn risk"]


async def test_a_ticket_is_resolved_by_one_key_and_brought_back(desk: Desk) -> None:
    ticket = await desk.ticket("Ada Lovelace", status="pending")
    agent = await opened(desk, ticket)
    await agent.press("e")
    await agent.sees(f"#{ticket['ticket_number']} resolved")
    await expect(agent.button("Reopen")).to_be_visible()
    await agent.sees_rows()
    async with agent.page.expect_response(lambda answer: answer.request.method == "PATCH"):
        await agent.button("Undo").click()
    assert (await desk.read(ticket))["status"] == "pending"
    await agent.press("e")
    await expect(agent.button("Reopen")).to_be_visible()
    await agent.press("e")
    await expect(agent.button("Status: Open")).to_be_visible()


async def test_a_snoozed_ticket_says_until_when_and_is_woken(desk: Desk) -> None:
    ticket = await desk.ticket("Ada Lovelace")
    agent = await opened(desk, ticket)
    await choose(agent, "z", "Tomorrow")
    banner = agent.page.locator(".ticket-banner")
    await expect(banner).to_contain_text("Snoozed until")
    await agent.expect_accessible()
    async with agent.page.expect_response(lambda answer: answer.request.method == "PATCH"):
        await banner.get_by_role("button", name="Wake it up now").click()
    await expect(banner).to_have_count(0)
    assert (await desk.read(ticket))["snoozed_until"] is None


async def test_an_own_time_to_snooze_is_typed(desk: Desk) -> None:
    ticket = await desk.ticket("Ada Lovelace")
    agent = await opened(desk, ticket)
    await choose(agent, "z", "Pick a time")
    field = agent.page.get_by_label("Until")
    await expect(field).to_be_focused()
    await field.fill("2031-03-01T08:30")
    async with agent.page.expect_response(lambda answer: answer.request.method == "PATCH"):
        await agent.page.get_by_role("dialog").get_by_role("button", name="Snooze").click()
    assert (await desk.read(ticket))["snoozed_until"].startswith("2031-03-01")


async def test_a_ticket_left_unread_is_unread(desk: Desk) -> None:
    ticket = await desk.ticket("Ada Lovelace")
    agent = await opened(desk, ticket)
    await agent.press("u")
    await agent.is_at(r"/tickets$")
    await expect(agent.row("Ada Lovelace")).to_contain_text("1 unread message")
    assert (await desk.read(ticket))["unread_team_count"] == 1


async def test_the_link_is_copied(desk: Desk) -> None:
    ticket = await desk.ticket("Ada Lovelace")
    agent = await opened(desk, ticket)
    await agent.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await agent.press("l")
    await agent.sees("Link copied")
    copied = await agent.page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{agent.url}/projects/{agent.project}/tickets/{ticket['ticket_number']}"


async def test_a_deleted_ticket_comes_back(desk: Desk) -> None:
    await desk.ticket("Grace")
    ticket = await desk.ticket("Ada Lovelace")
    agent = await opened(desk, ticket)
    await agent.press("#")
    await agent.is_at(r"/tickets$")
    await agent.sees_rows("Grace")
    await agent.sees(f"#{ticket['ticket_number']} deleted")
    await agent.button("Undo").click()
    await agent.is_at(rf"/tickets/{ticket['ticket_number']}$")
    await agent.sees_rows("Ada Lovelace", "Grace")


async def test_tickets_are_merged_and_parted_again(desk: Desk) -> None:
    into = await desk.ticket("Grace Hopper", "It is broken.")
    ticket = await desk.ticket("Ada Lovelace", "It is broken, too.")
    agent = await opened(desk, ticket)
    await agent.press("m")
    dialog = agent.page.get_by_role("dialog")
    await expect(dialog.get_by_label("Which ticket?")).to_be_focused()
    await agent.page.keyboard.type(f"#{into['ticket_number']}")
    await dialog.get_by_role("button", name="Grace Hopper").click()
    await agent.sees("No message moves: each customer goes on seeing only their own conversation.")
    await agent.expect_accessible()
    await expect(agent.button(f"Merge into #{into['ticket_number']}")).to_be_focused()
    await agent.press("Enter")
    banner = agent.page.locator(".ticket-banner")
    await expect(banner).to_contain_text(f"Merged into #{into['ticket_number']}")
    assert (await desk.read(ticket))["merged_into"] == into["id"]
    await banner.get_by_role("link").click()
    await agent.is_at(rf"/tickets/{into['ticket_number']}$")
    await agent.sees("Merged into this one")
    await agent.page.go_back()
    await banner.get_by_role("button", name="Undo the merge").click()
    await expect(banner).to_have_count(0)
    assert (await desk.read(ticket))["merged_into"] is None


async def test_messages_are_split_off(desk: Desk) -> None:
    ticket = await desk.ticket("Ada Lovelace", "My parcel is late.")
    await desk.call("POST", f"conversations/{address(ticket)}/notes/", {"message": "And a refund."})
    agent = await opened(desk, ticket)
    await expect(said(agent)).to_have_count(2)
    await agent.press("Shift+M")
    bar = agent.page.get_by_role("toolbar", name="Split messages off")
    await expect(bar.get_by_role("button", name="Split off")).to_be_disabled()
    await said(agent).last.get_by_role("checkbox").check()
    await expect(bar).to_contain_text("1 message")
    await agent.expect_accessible()
    await bar.get_by_role("button", name="Split off").click()
    await expect(said(agent)).to_have_count(1)
    await agent.button("Open", exact=True).click()
    await agent.is_at(rf"/tickets/{ticket['ticket_number'] + 1}$")
    await expect(said(agent)).to_have_text(["And a refund."])


async def test_splitting_is_given_up_by_escape(desk: Desk) -> None:
    agent = await opened(desk, await desk.ticket("Ada Lovelace"))
    await agent.press("Shift+M")
    await expect(said(agent).get_by_role("checkbox")).to_have_count(1)
    await agent.press("Escape")
    await expect(said(agent).get_by_role("checkbox")).to_have_count(0)
    await expect(actions(agent)).to_be_visible()


async def test_what_the_server_refuses_is_taken_back(desk: Desk) -> None:
    ticket = await desk.ticket("Ada Lovelace")
    agent = await opened(desk, ticket)

    async def refuse(route: Route) -> None:
        if route.request.method != "PATCH":
            return await route.fallback()
        body = {"type": "validation_error", "code": "invalid", "detail": "Not today.", "attr": None}
        return await route.fulfill(status=400, json=body)

    await agent.page.route("**/conversations/tickets/**", refuse)
    await choose(agent, "p", "Critical")
    await agent.sees("Not today.")
    await expect(agent.button("Priority: No priority")).to_be_visible()


async def test_a_viewer_sees_how_it_stands_and_changes_nothing(desk: Desk) -> None:
    ticket = await desk.ticket("Ada Lovelace", priority="high")
    viewer = await desk.member("Vera Viewer", "viewer")
    agent = await opened(desk, ticket, member=viewer)
    await expect(agent.button("Copy link")).to_be_visible()
    await expect(actions(agent)).to_have_count(0)
    for key in ("e", "s", "#", "u", "m"):
        await agent.press(key)
    await agent.press("?")
    await expect(agent.page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    assert (await desk.read(ticket))["status"] == "new"


async def test_on_a_phone_what_has_no_room_is_under_more(desk: Desk) -> None:
    ticket = await desk.ticket("Ada Lovelace")
    agent = await opened(desk, ticket, width=390, height=844)
    await expect(agent.button("Tags")).to_be_hidden()
    await agent.button("More").click()
    await agent.pick("Priority")
    await agent.pick("High")
    await expect(agent.page.get_by_role("listbox")).to_have_count(0)
    await agent.button("More").click()
    await agent.expect_accessible()
    assert (await desk.read(ticket))["priority"] == "high"


async def test_no_key_acts_while_somebody_writes_or_a_dialog_is_open(desk: Desk) -> None:
    ticket = await desk.ticket("Ada Lovelace")
    agent = await opened(desk, ticket)
    await agent.press("/")
    await agent.page.keyboard.type("es#u")
    await agent.is_at("search=es")
    await agent.press("Escape", "Escape")
    await agent.press("m")
    await expect(agent.page.get_by_role("dialog")).to_be_visible()
    await agent.press("Tab", "Tab", "e", "u", "#", "c")
    await expect(agent.page.get_by_role("dialog")).to_have_count(1)
    await agent.press("Escape")
    await expect(agent.page.get_by_role("dialog")).to_have_count(0)
    found = await desk.read(ticket)
    assert (found["status"], found["unread_team_count"]) == ("new", 0)
