"""Many tickets at once: ticking them, changing them, and taking it back."""

from playwright.async_api import expect

from tests.browser.inbox.conftest import Desk
from tests.eventually import eventually


async def test_ticked_tickets_change_together(desk: Desk) -> None:
    tickets = [await desk.ticket(name) for name in ("Third", "Second", "First")]
    agent = await desk.agent()
    await agent.sees_rows("First", "Second", "Third")
    await agent.press("j", "x", "Shift+J")
    await agent.sees("2 selected")
    await agent.expect_accessible()
    await agent.press("p")
    await agent.pick("High")
    await expect(agent.page.get_by_role("img", name="High")).to_have_count(2)
    await agent.sees("2 tickets changed.")
    changed = [(await desk.read(ticket))["priority"] for ticket in tickets]
    assert changed == [None, "high", "high"]
    await agent.button("Undo").click()
    await expect(agent.page.get_by_role("img", name="High")).to_have_count(0)


async def test_resolved_tickets_leave_the_view_at_once(desk: Desk) -> None:
    for name in ("Third", "Second", "First"):
        await desk.ticket(name)
    agent = await desk.agent()
    await agent.sees_rows("First", "Second", "Third")
    await agent.press("j", "x", "e")
    await agent.sees_rows("Second", "Third")


async def test_tags_assignee_and_snooze_are_set_for_all(desk: Desk) -> None:
    tickets = [await desk.ticket(name) for name in ("Second", "First")]
    agent = await desk.agent()
    await agent.sees_rows("First", "Second")
    await agent.press("j", "Mod+a")
    await agent.sees("2 selected")
    await agent.press("t")
    await expect(agent.page.get_by_role("combobox")).to_be_focused()
    await agent.page.keyboard.type("VIP")
    await agent.press("Enter", "Escape")
    await agent.press("a")
    await agent.pick("Me")
    await agent.press("z")
    await agent.pick("Tomorrow")
    await expect(agent.page.get_by_text("Snoozed until")).to_have_count(2)

    async def kept() -> list[tuple[list[str], object, bool]]:
        found = [await desk.read(ticket) for ticket in tickets]
        return [
            (each["tags"], each["assignee"] and each["assignee"]["id"], bool(each["snoozed_until"]))
            for each in found
        ]

    # What the page shows already, the server is told one after the other.
    await eventually(kept, [(["vip"], desk.owner.id, True)] * 2)


async def test_deleted_tickets_come_back(desk: Desk) -> None:
    for name in ("Second", "First"):
        await desk.ticket(name)
    agent = await desk.agent()
    await agent.sees_rows("First", "Second")
    await agent.press("j", "x", "#")
    await agent.sees("1 ticket deleted.")
    await agent.sees_rows("Second")
    await agent.button("Undo").click()
    await agent.sees_rows("First", "Second")


async def test_a_refused_change_is_taken_back(desk: Desk) -> None:
    await desk.ticket("Ada")
    agent = await desk.agent()
    await agent.sees_rows("Ada")
    await agent.page.route("**/bulk_update", lambda route: route.abort())
    await agent.press("j", "x", "p")
    await agent.pick("High")
    await agent.sees("No connection to the server.")
    await expect(agent.page.get_by_role("img", name="High")).to_have_count(0)


async def test_viewers_cannot_tick(desk: Desk) -> None:
    await desk.ticket("Ada")
    agent = await desk.agent(await desk.member("Vera Viewer", "viewer"))
    await agent.sees_rows("Ada")
    await agent.press("j", "x")
    await expect(agent.page.get_by_role("toolbar")).to_have_count(0)
    await expect(agent.page.get_by_role("checkbox")).to_have_count(0)
    await expect(agent.button("Save as a view")).to_have_count(0)
