"""The conversation: what was said and done, as it comes in, and nothing that jumps."""

import re
from typing import Any

from playwright.async_api import Locator, expect

from tests.browser.inbox.agent import Agent
from tests.browser.inbox.conftest import Desk
from tests.browser.inbox.customer import a_customer


def address(ticket: dict[str, Any]) -> str:
    return f"tickets/{ticket['ticket_number']}"


def said(agent: Agent) -> Locator:
    """The messages, the oldest first."""
    return agent.page.locator(".said-message")


async def test_messages_notes_and_changes_are_told_apart(desk: Desk) -> None:
    ticket = await desk.ticket("Ada Lovelace", "Where is my order? See www.shop.example.")
    await desk.call("POST", f"conversations/{address(ticket)}/reply/", {"message": "On its way."})
    note = {"message": "She is a friend of the house."}
    await desk.call("POST", f"conversations/{address(ticket)}/notes/", note)
    await desk.change(ticket, priority="high")
    await desk.change(ticket, tags=["vip"])
    agent = await desk.agent(path=address(ticket))
    await expect(said(agent)).to_have_count(3)
    await expect(agent.page.get_by_role("heading", name="Ada Lovelace").first).to_be_visible()
    await expect(agent.page.get_by_role("link", name="www.shop.example")).to_have_attribute(
        "rel", "noopener noreferrer"
    )
    await expect(agent.page.locator(".said.note")).to_contain_text("Private note")
    await agent.sees("Today", "2 changes")
    await agent.page.get_by_text("2 changes").click()
    await agent.sees("Olga Owner set the priority to High", "Olga Owner added the tag vip")
    await agent.expect_accessible()


async def test_rich_text_is_shown_and_nothing_dangerous_of_it(desk: Desk) -> None:
    ticket = await desk.ticket("Ada Lovelace")
    marked = [{"type": "text", "text": "bold", "marks": [{"type": "bold"}]}]
    items = [{"type": "listItem", "content": [{"type": "paragraph", "content": marked}]}]
    picture = {"type": "image", "attrs": {"src": "https://elsewhere.example/spy.png"}}
    document = {"type": "doc", "content": [{"type": "bulletList", "content": items}, picture]}
    reply = {"message": "- bold", "rich_content": document}
    await desk.call("POST", f"conversations/{address(ticket)}/reply/", reply)
    agent = await desk.agent(path=address(ticket))
    await expect(agent.page.locator(".rich li strong")).to_have_text("bold")
    await expect(agent.page.locator(".rich img")).to_have_count(0)
    await expect(agent.page.get_by_role("link", name="spy.png")).to_be_visible()


async def test_what_comes_in_is_shown_read_and_counted(desk: Desk) -> None:
    customer = await a_customer(desk, "Ada Lovelace", "Hello?")
    agent = await desk.agent(path=address(customer.ticket))
    await expect(said(agent)).to_have_count(1)
    reads = re.compile(rf"/tickets/{customer.ticket['id']}/?$")
    async with agent.page.expect_response(reads) as read:
        await customer.says("Is anybody there?")
        await agent.sees("Is anybody there?")
    await expect(agent.page.get_by_role("status").filter(has_text="Ada Lovelace")).to_contain_text(
        "Is anybody there?"
    )
    assert (await (await read.value).json())["unread_team_count"] == 0


async def test_what_is_unread_begins_at_a_line(desk: Desk) -> None:
    customer = await a_customer(desk, "Ada Lovelace", "First.")
    await desk.call("GET", f"conversations/{address(customer.ticket)}/")
    await customer.says("Second.")
    await customer.says("Third.")
    agent = await desk.agent(path=address(customer.ticket))
    line = agent.page.locator(".unread-line")
    await expect(line).to_be_visible()
    after = agent.page.locator(".unread-line ~ .said .said-message")
    await expect(after).to_have_text(["Second.", "Third."])


async def test_one_who_reads_further_up_is_not_moved(desk: Desk) -> None:
    customer = await a_customer(desk, "Ada Lovelace", "Message 0")
    for number in range(1, 70):
        await customer.says(f"Message {number}")
    agent = await desk.agent(path=address(customer.ticket))
    await agent.sees("Message 69")
    await expect(said(agent)).to_have_count(50)
    middle = agent.page.get_by_text("Message 40", exact=True)
    await middle.scroll_into_view_if_needed()
    before = await middle.bounding_box()
    await customer.says("One more.")
    await expect(agent.button("To the latest message")).to_contain_text("1 new message")
    assert await middle.bounding_box() == before
    await agent.button("To the latest message").click()
    await expect(agent.page.get_by_text("One more.", exact=True).last).to_be_in_viewport()


async def test_older_messages_come_as_one_scrolls_up_and_nothing_jumps(desk: Desk) -> None:
    customer = await a_customer(desk, "Ada Lovelace", "Message 0")
    for number in range(1, 70):
        await customer.says(f"Message {number}")
    agent = await desk.agent(path=address(customer.ticket))
    await expect(said(agent)).to_have_count(50)
    oldest = agent.page.get_by_text("Message 20", exact=True)
    await oldest.scroll_into_view_if_needed()
    before = await oldest.bounding_box()
    await expect(said(agent)).to_have_count(70)
    assert await oldest.bounding_box() == before


async def test_a_ticket_seen_before_is_there_without_a_line(desk: Desk) -> None:
    ticket = await desk.ticket("Ada Lovelace", "Where is my order?")
    agent = await desk.agent(path=address(ticket))
    await agent.sees("Where is my order?")
    await agent.page.route(
        "**/api/projects/*/conversations/tickets/**", lambda route: route.abort()
    )
    await agent.reload()
    await agent.sees("Ada Lovelace", "Where is my order?")


async def test_a_note_is_changed_and_deleted_by_its_author_alone(desk: Desk) -> None:
    ticket = await desk.ticket("Ada Lovelace")
    note = {"message": "Call her."}
    await desk.call("POST", f"conversations/{address(ticket)}/notes/", note)
    author = await desk.agent(path=address(ticket))
    other = await desk.agent(await desk.member("Ben Becker"), path=address(ticket))
    await other.sees("Call her.")
    await expect(other.button("Edit the note")).to_have_count(0)
    await author.sees("Call her.")
    await author.page.locator(".said.note .said-bubble").hover()
    await author.button("Edit the note").click()
    field = author.page.get_by_role("textbox", name="Edit the note")
    await expect(field).to_be_focused()
    await field.press_sequentially(" Tomorrow.")
    await author.press("Mod+Enter")
    await other.sees("Call her. Tomorrow.", "edited")
    await author.page.locator(".said.note .said-bubble").hover()
    await author.button("Delete the note").click()
    await author.button("Delete").click()
    await expect(author.page.locator(".said.note")).to_have_count(0)
    await expect(other.page.locator(".said.note")).to_have_count(0)


async def test_teammates_see_who_is_here_and_who_writes(desk: Desk) -> None:
    ticket = await desk.ticket("Ada Lovelace")
    owner = await desk.agent(path=address(ticket))
    await owner.sees("Ada Lovelace asks.")
    ben = await desk.agent(await desk.member("Ben Becker"), path=address(ticket))
    await owner.sees("Ben Becker is here, too")
    await ben.press("n")
    await expect(ben.page.get_by_role("textbox", name="Write a note")).to_be_focused()
    await ben.page.keyboard.type("Let me")
    await owner.sees("Ben Becker is writing …")
    await ben.open("tickets")
    await expect(owner.page.locator(".presences")).to_have_text("")


async def test_the_customer_has_seen_it(desk: Desk) -> None:
    customer = await a_customer(desk, "Ada Lovelace", "Hello?")
    reply = {"message": "Hello!"}
    await desk.call("POST", f"conversations/{address(customer.ticket)}/reply/", reply)
    agent = await desk.agent(path=address(customer.ticket))
    await agent.sees("Hello!")
    await expect(agent.page.get_by_text("Seen", exact=True)).to_have_count(0)
    await customer.reads()
    await expect(agent.page.get_by_text("Seen", exact=True)).to_be_visible()


async def test_a_viewer_reads_and_has_nothing_to_write_with(desk: Desk) -> None:
    ticket = await desk.ticket("Ada Lovelace", "Where is my order?")
    viewer = await desk.agent(await desk.member("Vera Viewer", "viewer"), path=address(ticket))
    await viewer.sees("Where is my order?")
    await expect(viewer.page.get_by_role("textbox", name="Write a reply")).to_have_count(0)
    await viewer.expect_accessible()


async def test_what_is_not_there_says_so(desk: Desk) -> None:
    agent = await desk.agent(path="tickets/4711")
    await agent.sees("There is nothing here")


async def test_messages_of_a_merged_ticket_say_where_they_come_from(desk: Desk) -> None:
    ticket = await desk.ticket("Ada Lovelace", "Where is my order?")
    other = await desk.ticket("Grace Hopper", "And mine?")
    agent = await desk.agent(path=address(ticket))
    await agent.sees("Where is my order?")
    into = {"into": ticket["ticket_number"]}
    await desk.call("POST", f"conversations/{address(other)}/merge/", into)
    await agent.sees("And mine?", f"from #{other['ticket_number']}")
