"""The composer: nothing is lost or sent twice, and a note is never mistaken for a reply."""

from typing import Any

from playwright.async_api import FilePayload, Locator, Route, expect

from tests.browser.inbox.agent import PATIENCE_MS, Agent
from tests.browser.inbox.conftest import Desk
from tests.browser.inbox.test_conversation import address, said

_PASTE = """
async (field) => {
  const canvas = document.createElement("canvas");
  const made = await new Promise((done) => canvas.toBlob(done, "image/png"));
  const data = new DataTransfer();
  data.items.add(new File([made], "screen.png", { type: "image/png" }));
  const paste = { clipboardData: data, bubbles: true, cancelable: true };
  field.dispatchEvent(new ClipboardEvent("paste", paste));
}
"""


def reply(agent: Agent) -> Locator:
    return agent.page.get_by_role("textbox", name="Write a reply")


def note(agent: Agent) -> Locator:
    return agent.page.get_by_role("textbox", name="Write a note")


async def writing(desk: Desk, ticket: dict[str, Any], key: str = "r") -> Agent:
    """An agent whose caret stands in the editor."""
    agent = await desk.agent(path=address(ticket))
    await expect(said(agent)).not_to_have_count(0)
    await agent.press(key)
    field = agent.page.locator(".composer [contenteditable]")
    await expect(field).to_be_focused()
    return agent


async def arrived(agent: Agent, text: str) -> None:
    """The server has the message."""
    there = agent.page.locator(".said-message:not([data-outgoing])").filter(has_text=text)
    await expect(there).to_have_count(1, timeout=PATIENCE_MS)


async def messages(desk: Desk, ticket: dict[str, Any]) -> list[dict[str, Any]]:
    """What the team wrote, as the server has it."""
    found = await desk.call("GET", f"conversations/{address(ticket)}/messages/")
    return [each for each in found["results"] if each["message_type"] != "customer_message"]


async def test_markdown_becomes_rich_text_as_one_types(desk: Desk) -> None:
    ticket = await desk.ticket("Ada Lovelace")
    agent = await writing(desk, ticket)
    await agent.page.keyboard.type("Hello **Ada**, use `code`\n- one\ntwo\n\n> quoted")
    await agent.press("Mod+Enter")
    await expect(said(agent)).to_have_count(2)
    await expect(said(agent).last.locator("li")).to_have_text(["one", "two"])
    await expect(said(agent).last.locator("strong")).to_have_text("Ada")
    await arrived(agent, "Hello Ada, use code")
    (sent,) = await messages(desk, ticket)
    assert sent["content"] == "Hello Ada, use code\n- one\n- two\n> quoted"
    await expect(reply(agent)).to_have_text("")
    await expect(reply(agent)).to_be_focused()


async def test_every_format_has_its_button(desk: Desk) -> None:
    agent = await writing(desk, await desk.ticket("Ada Lovelace"))
    await agent.button("Formatting").click()
    await reply(agent).click()
    for name, tag in (
        ("Bold", "strong"),
        ("Italic", "em"),
        ("Underline", "u"),
        ("Strikethrough", "s"),
        ("Code", "code"),
        ("List", "ul"),
        ("Numbered list", "ol"),
        ("Quote", "blockquote"),
        ("Code block", "pre"),
    ):
        button = agent.page.get_by_role("toolbar", name="Formatting").get_by_role("button")
        chosen = button.filter(has=agent.page.locator("svg")).and_(
            agent.page.locator(f'[aria-label="{name}"]')
        )
        await chosen.click()
        await agent.page.keyboard.type("x")
        await expect(chosen).to_have_attribute("aria-pressed", "true")
        await expect(reply(agent).locator(tag)).to_have_text("x")
        await agent.press("Mod+a", "Backspace")
        if await chosen.get_attribute("aria-pressed") == "true":
            await chosen.click()
    await agent.page.keyboard.type("here")
    await agent.press("Mod+a")
    await agent.page.locator('[aria-label="Link"]').click()
    await agent.page.get_by_role("textbox", name="Address of the link").fill("shop.example/a")
    await agent.press("Enter")
    await expect(reply(agent).locator("a")).to_have_attribute("href", "https://shop.example/a")
    await agent.expect_accessible()


async def test_a_note_stays_with_the_team_and_names_a_teammate(desk: Desk) -> None:
    ticket = await desk.ticket("Ada Lovelace")
    ben = await desk.member("Ben Becker")
    agent = await writing(desk, ticket, "n")
    await agent.sees("Only your team sees this")
    await agent.page.keyboard.type("@be")
    await expect(agent.page.get_by_role("option", name="Ben Becker")).to_be_visible()
    await agent.press("Enter")
    await agent.page.keyboard.type("please look")
    await agent.button("Add note", exact=False).click()
    await expect(agent.page.locator(".said.note .mention")).to_have_text("@Ben Becker")
    await arrived(agent, "please look")
    (sent,) = await messages(desk, ticket)
    assert sent["is_private"]
    (mention,) = [
        node for node in sent["rich_content"]["content"][0]["content"] if node["type"] == "mention"
    ]
    assert str(mention["attrs"]["id"]) == str(ben.id)


async def test_reply_and_note_keep_their_own_texts(desk: Desk) -> None:
    agent = await writing(desk, await desk.ticket("Ada Lovelace"))
    await agent.page.keyboard.type("To you")
    await agent.press("Escape", "n")
    await expect(note(agent)).to_be_focused()
    await agent.page.keyboard.type("To us")
    await agent.press("Escape", "r")
    await expect(reply(agent)).to_have_text("To you")
    # It shows its text before keys go to it.
    await expect(reply(agent)).to_be_focused()
    await agent.press("Escape", "n")
    await expect(note(agent)).to_have_text("To us")


async def test_a_draft_is_there_after_a_reload_and_in_another_browser(desk: Desk) -> None:
    ticket = await desk.ticket("Ada Lovelace")
    agent = await writing(desk, ticket)
    async with agent.page.expect_response(
        lambda response: response.request.method == "PUT" and "/draft" in response.url
    ):
        await agent.page.keyboard.type("I will **look**")
    await agent.reload()
    await expect(reply(agent)).to_have_text("I will look")
    elsewhere = await desk.agent(path=address(ticket))
    await expect(reply(elsewhere)).to_have_text("I will look")
    await expect(reply(elsewhere).locator("strong")).to_have_text("look")
    await reply(agent).click()
    async with agent.page.expect_response(
        lambda response: response.request.method == "DELETE" and "/draft" in response.url
    ):
        await agent.press("Mod+Enter")
    await agent.reload()
    await expect(said(agent)).to_have_count(2)
    await expect(reply(agent)).to_have_text("")


async def test_without_a_line_it_is_kept_and_sent_once(desk: Desk) -> None:
    ticket = await desk.ticket("Ada Lovelace")
    agent = await writing(desk, ticket)
    await agent.page.context.set_offline(True)
    await agent.page.keyboard.type("Are you there?")
    await agent.press("Mod+Enter")
    await expect(said(agent).last).to_contain_text("Are you there?")
    await expect(said(agent).last).to_contain_text("Waits for the connection")
    assert await messages(desk, ticket) == []
    await agent.page.context.set_offline(False)
    await arrived(agent, "Are you there?")
    assert [sent["content"] for sent in await messages(desk, ticket)] == ["Are you there?"]


async def test_an_answer_that_is_lost_sends_nothing_twice(desk: Desk) -> None:
    ticket = await desk.ticket("Ada Lovelace")
    agent = await writing(desk, ticket)
    lost = 0

    async def lose(route: Route) -> None:
        nonlocal lost
        lost += 1
        if lost == 1:
            await route.fetch()
            await route.abort()
        else:
            await route.continue_()

    await agent.page.route("**/reply", lose)
    await agent.page.keyboard.type("Only once")
    await agent.press("Mod+Enter")
    await expect(agent.page.locator("[data-outgoing]")).to_have_count(1)
    await expect(agent.page.locator("[data-outgoing]")).to_have_count(0)
    await arrived(agent, "Only once")
    assert lost == 2
    assert len(await messages(desk, ticket)) == 1


async def test_what_was_not_sent_before_a_reload_is_sent_after_it(desk: Desk) -> None:
    ticket = await desk.ticket("Ada Lovelace")
    agent = await writing(desk, ticket)
    await agent.page.route("**/reply", lambda route: route.abort())
    await agent.page.keyboard.type("Later")
    await agent.press("Mod+Enter")
    await expect(said(agent).last).to_contain_text("Waits for the connection")
    await agent.page.unroute("**/reply")
    await agent.reload()
    await expect(said(agent).filter(has_text="Later")).to_have_count(1)
    await arrived(agent, "Later")
    assert [sent["content"] for sent in await messages(desk, ticket)] == ["Later"]


async def test_signing_out_asks_while_something_is_unsent_and_waits_for_it(desk: Desk) -> None:
    ticket = await desk.ticket("Ada Lovelace")
    agent = await writing(desk, ticket)
    await agent.page.route("**/reply", lambda route: route.abort())
    await agent.page.keyboard.type("Not lost")
    await agent.press("Mod+Enter")
    await expect(said(agent).last).to_contain_text("Waits for the connection")
    await agent.button("Your account").click()
    await agent.button("Sign out").click()
    await agent.sees("1 message has not gone out yet.")
    await agent.expect_accessible()
    await agent.button("Cancel").click()
    await expect(agent.page.get_by_role("dialog")).to_have_count(0)
    await agent.button("Your account").click()
    await agent.button("Sign out").click()
    await agent.sees("1 message has not gone out yet.")
    await agent.page.unroute("**/reply")
    await agent.is_at("/sign-in")
    assert [sent["content"] for sent in await messages(desk, ticket)] == ["Not lost"]


async def test_a_refusal_says_why_and_leaves_the_choice(desk: Desk) -> None:
    ticket = await desk.ticket("Ada Lovelace")
    agent = await writing(desk, ticket)
    refusal = {"type": "validation_error", "code": "invalid", "detail": "Not today.", "attr": None}
    await agent.page.route("**/reply", lambda route: route.fulfill(status=400, json=refusal))
    await agent.page.keyboard.type("Please")
    await agent.press("Mod+Enter")
    await expect(agent.page.get_by_role("alert")).to_contain_text("Not sent: Not today.")
    await agent.expect_accessible()
    await agent.page.unroute("**/reply")
    await agent.button("Try again").click()
    await arrived(agent, "Please")
    assert [sent["content"] for sent in await messages(desk, ticket)] == ["Please"]


async def test_what_was_refused_can_be_thrown_away(desk: Desk) -> None:
    ticket = await desk.ticket("Ada Lovelace")
    agent = await writing(desk, ticket)
    await agent.page.route("**/reply", lambda route: route.fulfill(status=400, json={}))
    await agent.page.keyboard.type("Please")
    await agent.press("Mod+Enter")
    await agent.button("Discard").click()
    await expect(said(agent)).to_have_count(1)
    await agent.reload()
    await expect(said(agent)).to_have_count(1)


async def test_sending_sets_the_status_in_one_go(desk: Desk) -> None:
    ticket = await desk.ticket("Ada Lovelace")
    agent = await writing(desk, ticket)
    await agent.page.keyboard.type("Done.")
    await agent.button("Send and set the status to …").click()
    await agent.pick("On hold")
    await agent.sees("Olga Owner set the status to On hold")
    assert (await desk.read(ticket))["status"] == "on_hold"
    await reply(agent).click()
    await agent.page.keyboard.type("Really.")
    await agent.press("Mod+Shift+Enter")
    await arrived(agent, "Really.")
    await agent.sees("Olga Owner set the status to Resolved")
    assert (await desk.read(ticket))["status"] == "resolved"


async def test_images_are_pasted_and_files_attached(desk: Desk) -> None:
    ticket = await desk.ticket("Ada Lovelace")
    agent = await writing(desk, ticket)
    await agent.page.keyboard.type("Look:")
    await reply(agent).evaluate(_PASTE)
    await expect(reply(agent).locator("img")).to_be_visible()
    await expect(agent.page.locator("[data-uploading]")).to_have_count(0)
    file = FilePayload(name="log.txt", mimeType="text/plain", buffer=b"lines")
    await agent.page.locator("input[type=file]").set_input_files([file])
    await agent.sees("log.txt")
    await expect(agent.page.locator(".attached [aria-busy]")).to_have_count(0)
    await agent.press("Mod+Enter")
    await arrived(agent, "Look:")
    (sent,) = await messages(desk, ticket)
    assert {file["name"] for file in sent["attachments"]} == {"log.txt", "screen.png"}
    picture = said(agent).last.get_by_role("button", name="Show screen.png large")
    await picture.click()
    await expect(agent.page.get_by_role("dialog", name="screen.png")).to_be_visible()
    await agent.expect_accessible()


async def test_a_macro_writes_and_says_what_it_will_change(desk: Desk) -> None:
    ticket = await desk.ticket("Ada Lovelace", tags=["vip"])
    macro = {
        "name": "Refund",
        "content": "Hello {{person.first_name}},\n\nit is done.\n\n{{agent.first_name}}",
        "actions": {"status": "resolved", "tags": ["refund"], "priority": "low"},
    }
    await desk.call("POST", "conversations/macros/", macro)
    agent = await writing(desk, ticket)
    await agent.page.keyboard.type("/ref")
    await agent.page.get_by_role("option", name="Refund").click()
    await expect(reply(agent)).to_contain_text("Hello Ada,")
    await expect(reply(agent)).to_contain_text("Olga")
    planned = agent.page.get_by_role("list", name="When sent:")
    await expect(planned).to_contain_text("Resolved")
    await agent.button("Leave out Low").click()
    await agent.expect_accessible()
    assert (await desk.read(ticket))["status"] == "new"
    await reply(agent).click()
    await agent.press("Mod+Enter")
    await arrived(agent, "Hello Ada")
    await agent.sees("2 changes")
    now = await desk.read(ticket)
    assert (now["status"], now["priority"], sorted(now["tags"])) == (
        "resolved",
        None,
        ["refund", "vip"],
    )
    (sent,) = await messages(desk, ticket)
    assert sent["content"] == "Hello Ada,\n\nit is done.\n\nOlga"


async def test_a_macro_without_a_text_acts_at_once(desk: Desk) -> None:
    ticket = await desk.ticket("Ada Lovelace")
    macro = {"name": "Escalate", "actions": {"priority": "critical"}}
    await desk.call("POST", "conversations/macros/", macro)
    agent = await writing(desk, ticket)
    await agent.button("Macros").click()
    await expect(agent.page.get_by_role("option", name="Escalate")).to_be_visible()
    await agent.press("Enter")
    await agent.sees("Changed: Critical")
    assert (await desk.read(ticket))["priority"] == "critical"


async def test_one_writes_before_the_editor_is_there(desk: Desk) -> None:
    ticket = await desk.ticket("Ada Lovelace")
    agent = await desk.agent(path=None)
    await agent.page.route("**/assets/writing-*.js", lambda route: route.abort())
    await agent.open(address(ticket))
    await expect(said(agent)).to_have_count(1)
    await reply(agent).click()
    await agent.page.keyboard.type("Plain but sent")
    await agent.press("Mod+Enter")
    await expect(said(agent)).to_have_count(2)
    await arrived(agent, "Plain but sent")
    assert [sent["content"] for sent in await messages(desk, ticket)] == ["Plain but sent"]
