"""A whole working day without a mouse."""

from playwright.async_api import expect

from tests.browser.inbox.agent import Agent
from tests.browser.inbox.conftest import Desk
from tests.browser.inbox.customer import Customer, a_customer
from tests.browser.inbox.test_conversation import said

# Whatever a pointer does ends the day at once.
_NO_MOUSE = """
for (const kind of ["mousedown", "pointerdown", "touchstart"])
  addEventListener(kind, (event) => { throw new Error(`a mouse: ${event.type}`); }, true);
"""


async def pick(agent: Agent, key: str, text: str) -> None:
    """Opens a menu by its key and chooses by typing."""
    await agent.press(key)
    await expect(agent.page.get_by_role("combobox")).to_be_focused()
    await agent.page.keyboard.type(text)
    await expect(agent.page.get_by_role("option").first).to_contain_text(text, ignore_case=True)
    await agent.press("Enter")


async def sign_in(agent: Agent, email: str, password: str) -> None:
    await agent.page.goto(agent.url)
    await expect(agent.page.get_by_label("E-mail")).to_be_focused()
    await agent.page.keyboard.type(email)
    await agent.press("Tab")
    await agent.page.keyboard.type(password)
    await agent.press("Enter")
    await agent.is_at(r"/tickets$")


async def write(agent: Agent, key: str, text: str) -> None:
    """A reply or a note, sent by the keyboard."""
    before = await said(agent).count()
    await agent.press(key)
    await expect(agent.page.locator(".composer [contenteditable]")).to_be_focused()
    await agent.page.keyboard.type(text)
    await agent.press("Mod+Enter")
    await expect(said(agent)).to_have_count(before + 1)
    await expect(agent.page.locator("[data-outgoing]")).to_have_count(0)
    await agent.press("Escape")


async def test_a_working_day_without_a_mouse(desk: Desk) -> None:
    worker = await desk.member("Wanda Worker")
    grace = await a_customer(desk, "Grace Hopper", "The compiler ate my homework.")
    ada = await a_customer(desk, "Ada Lovelace", "My parcel is late.")
    await desk.ticket("Old Friend", "All is well.", status="resolved")
    agent = await desk.agent(worker, path=None)
    await agent.page.context.clear_cookies()
    await agent.page.add_init_script(_NO_MOUSE)

    await sign_in(agent, worker.email, worker.password)
    await answer_and_resolve(agent, ada)
    await put_off(agent, grace)
    await look_for_something_old(agent)
    await go_home(agent)

    done = await desk.read(ada.ticket)
    assert (done["status"], done["priority"], done["tags"]) == ("resolved", "high", ["parcel"])
    assert done["assignee"]["id"] == worker.id
    assert done["unread_team_count"] == 0
    assert (await desk.read(grace.ticket))["snoozed_until"] is not None


async def answer_and_resolve(agent: Agent, ada: Customer) -> None:
    """Reads the first ticket, says what is to be done, answers, and hears the thanks."""
    await agent.sees_rows("Ada Lovelace", "Grace Hopper")
    await agent.press("j", "Enter")
    await agent.is_at(rf"/tickets/{ada.ticket['ticket_number']}$")
    await expect(said(agent)).to_have_text(["My parcel is late."])
    await write(agent, "n", "Ask the depot.")
    await write(agent, "r", "It arrives tomorrow.")
    await pick(agent, "a", "Me")
    await expect(agent.button("Assign: Wanda Worker")).to_be_visible()
    await pick(agent, "t", "parcel")
    await agent.press("Escape")
    await expect(agent.button("Tags: parcel")).to_be_visible()
    await pick(agent, "p", "High")
    await expect(agent.button("Priority: High")).to_be_visible()
    await ada.says("Thank you!")
    await expect(said(agent).last).to_have_text("Thank you!")
    await agent.press("e")
    await expect(agent.button("Reopen")).to_be_visible()
    await agent.sees_rows("Grace Hopper")


async def put_off(agent: Agent, grace: Customer) -> None:
    """The next one can wait until tomorrow."""
    await agent.press("j", "Enter")
    await agent.is_at(rf"/tickets/{grace.ticket['ticket_number']}$")
    await expect(said(agent)).to_have_text(["The compiler ate my homework."])
    await pick(agent, "z", "Tomorrow")
    await expect(agent.page.locator(".ticket-banner")).to_contain_text("Snoozed until")


async def look_for_something_old(agent: Agent) -> None:
    """By the search, in another view, and by the palette."""
    await agent.press("/")
    await agent.page.keyboard.type("parcel")
    await agent.is_at("search=parcel")
    await agent.press("Escape", "Escape")
    await agent.press("7")
    await agent.sees_rows("Ada Lovelace", "Old Friend")
    await ask_palette(agent, "Old Friend")
    await expect(said(agent)).to_have_text(["All is well."])


async def go_home(agent: Agent) -> None:
    await ask_palette(agent, "Sign out")
    await agent.is_at("/sign-in")


async def ask_palette(agent: Agent, text: str) -> None:
    await agent.press("Mod+k")
    await expect(agent.page.get_by_role("combobox")).to_be_focused()
    await agent.page.keyboard.type(text)
    await expect(agent.page.get_by_role("option").first).to_contain_text(text)
    await agent.press("Enter")
