"""Filters as chips, views that keep them, and an address that says it all."""

from playwright.async_api import expect

from tests.browser.inbox.conftest import Desk


async def test_a_filter_is_a_chip_that_can_be_changed_and_removed(desk: Desk) -> None:
    await desk.ticket("Low", priority="low")
    await desk.ticket("High", priority="high")
    agent = await desk.agent(path="tickets?view=all")
    await agent.sees_rows("High", "Low")
    await agent.press("f")
    await agent.pick("Priority", "High")
    await agent.press("Escape")
    await agent.sees_rows("High")
    await agent.is_at("priority=high")
    await agent.expect_accessible()
    await agent.button("Priority High").click()
    await agent.pick("Low")
    await agent.press("Escape")
    await agent.sees_rows("High", "Low")
    await agent.is_at("priority=high%2Clow")
    await agent.button("Remove filter: Priority").click()
    await agent.is_at("view=all")


async def test_every_parameter_of_the_list_has_its_chip(desk: Desk) -> None:
    given = {
        "status": "open,pending",
        "priority": "high",
        "channel_source": "email",
        "channel_detail": "widget_api",
        "assignee": "me,unassigned",
        "tags": '["a"]',
        "tags_all": '["b"]',
        "tags_exclude": '["c"]',
        "date_from": "-7d",
        "date_to": "2030-01-31",
        "sla": "at-risk",
        "snoozed": "false",
        "unread": "true",
        "ai_triage_result": "clarified",
        "distinct_ids": "user_1",
        "emails": "ada@example.com",
    }
    query = "&".join(f"{name}={value}" for name, value in given.items())
    agent = await desk.agent(path=f"tickets?{query}")
    await expect(agent.page.locator(".chip")).to_have_count(len(given))
    await agent.sees("Open, Pending", "Me, Nobody", "7 days ago", "Jan 31, 2030", "user_1")


async def test_filters_become_a_view_that_the_team_sees(desk: Desk) -> None:
    await desk.ticket("Ada", tags=["vip"])
    await desk.ticket("Grace")
    agent = await desk.agent(path='tickets?tags=["vip"]')
    await agent.sees_rows("Ada")
    await agent.button("Save as a view").click()
    await agent.page.get_by_label("Name").fill("Our best")
    await agent.button("Save").click()
    await agent.is_at(r"view=\w+$")
    await expect(agent.page.get_by_role("heading", name="Our best")).to_be_visible()
    colleague = await desk.agent(await desk.member("Carl Colleague"))
    await colleague.page.get_by_role("link", name="Our best").click()
    await colleague.sees_rows("Ada")
    await expect(colleague.page.get_by_role("link", name="Our best 1")).to_be_visible()


async def test_a_view_is_renamed_marked_changed_and_deleted(desk: Desk) -> None:
    body = {"name": "Waiting", "filters": {"status": ["pending"]}}
    view = await desk.call("POST", "conversations/views/", body)
    await desk.call("POST", "conversations/views/", body | {"name": "Another"})
    agent = await desk.agent(path=f"tickets?view={view['short_id']}")
    names = agent.page.locator(".saved-view .view")
    await expect(names).to_have_text(["Another", "Waiting"])
    await agent.button("Actions for Waiting").click()
    await agent.pick("Add to favourites")
    await expect(names).to_have_text(["Waiting", "Another"])
    await agent.button("Actions for Waiting").click()
    await agent.pick("Rename or share")
    await agent.page.get_by_label("Name").fill("On hold")
    await agent.button("Save").click()
    await expect(names).to_have_text(["On hold", "Another"])
    await expect(agent.page.get_by_role("dialog")).to_have_count(0)
    await agent.press("f")
    await agent.pick("Priority", "High")
    await agent.press("Escape")
    await agent.button("Save changes").click()
    await agent.is_at(r"view=\w+$")
    await agent.button("Actions for On hold").click()
    await agent.pick("Delete view")
    await expect(names).to_have_text(["Another"])
    await agent.button("Undo").click()
    await expect(names).to_have_text(["On hold", "Another"])


async def test_views_have_digits_and_counts(desk: Desk) -> None:
    await desk.ticket("Ada")
    await desk.ticket("Grace", status="resolved")
    agent = await desk.agent()
    await agent.sees_rows("Ada")
    await expect(agent.page.get_by_role("link", name="Open 1")).to_be_visible()
    await agent.press("7")
    await agent.is_at("view=resolved")
    await agent.sees_rows("Grace")
    await agent.page.go_back()
    await agent.sees_rows("Ada")
    await desk.ticket("Hedy")
    await expect(agent.page.get_by_role("link", name="Open 2")).to_be_visible()


async def test_the_order_can_be_chosen(desk: Desk) -> None:
    await desk.ticket("First")
    await desk.ticket("Second")
    agent = await desk.agent()
    await agent.sees_rows("Second", "First")
    await agent.button("Order").click()
    await agent.pick("Oldest")
    await agent.sees_rows("First", "Second")
    await agent.is_at("order_by=created_at")
