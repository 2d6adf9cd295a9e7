"""Who writes: the panel beside the conversation, the page of all, and writing to them first."""

from typing import Any
from uuid import uuid4

from playwright.async_api import Locator, expect

from tests.browser.inbox.agent import Agent
from tests.browser.inbox.conftest import Desk
from tests.browser.inbox.test_conversation import address, said


async def a_person(desk: Desk, **properties: object) -> dict[str, Any]:
    body = {"distinct_id": f"customer-{uuid4().hex[:12]}", "properties": properties}
    return await desk.call("POST", "persons/", body)


async def ticket_of(desk: Desk, person: dict[str, Any], message: str) -> dict[str, Any]:
    body = {"distinct_id": person["distinct_ids"][0], "message": message}
    return await desk.call("POST", "conversations/tickets/", body)


def panel(agent: Agent) -> Locator:
    return agent.page.get_by_role("complementary", name="Person")


def section(agent: Agent, name: str) -> Locator:
    return panel(agent).get_by_role("region", name=name, exact=True)


async def test_the_panel_says_who_it_is(desk: Desk) -> None:
    known = {"name": "Ada Lovelace", "email": "ada@shop.example", "plan": "team", "$os": "Linux"}
    ticket = await ticket_of(desk, await a_person(desk, **known), "Hello?")
    agent = await desk.agent(path=address(ticket))
    await expect(panel(agent).get_by_role("heading", name="Ada Lovelace")).to_be_visible()
    await expect(panel(agent)).to_contain_text("ada@shop.example")
    await expect(panel(agent)).to_contain_text("Not verified")
    await expect(section(agent, "Properties")).to_contain_text("team")
    await expect(section(agent, "Session")).to_contain_text("Linux")
    await expect(section(agent, "Properties")).not_to_contain_text("Linux")
    await section(agent, "Properties").get_by_role("button", name="Show 1 more").click()
    await expect(section(agent, "Properties")).to_contain_text("Linux")
    await agent.expect_accessible()


async def test_a_name_is_corrected_where_it_stands(desk: Desk) -> None:
    person = await a_person(desk, name="Ada", email="ada@shop.example")
    agent = await desk.agent(path=address(await ticket_of(desk, person, "Hello?")))
    await panel(agent).get_by_role("button", name="Ada").click()
    field = panel(agent).get_by_label("Name", exact=True)
    await expect(field).to_be_focused()
    await field.fill("Ada Lovelace")
    async with agent.page.expect_response("**/persons/*"):
        await agent.press("Enter")
    await agent.sees_rows("Ada Lovelace")
    assert (await desk.call("GET", f"persons/{person['id']}/"))["properties"][
        "name"
    ] == "Ada Lovelace"
    await panel(agent).get_by_role("button", name="Ada Lovelace").press("Enter")
    await field.fill("Nobody")
    await agent.press("Escape")
    await agent.sees_rows("Ada Lovelace")


async def test_properties_are_added_changed_and_removed(desk: Desk) -> None:
    person = await a_person(desk, name="Ada", seats=3, plan="free")
    agent = await desk.agent(path=address(await ticket_of(desk, person, "Hello?")))
    properties = section(agent, "Properties")
    await properties.get_by_role("button", name="Add a property").click()
    await properties.get_by_label("Name").fill("vip")
    await properties.get_by_label("Value").fill("true")
    await agent.press("Enter")
    await properties.get_by_role("button", name="Change seats").click()
    await properties.get_by_label("seats").fill("5")
    await agent.press("Enter")
    async with agent.page.expect_response("**/persons/*"):
        await properties.get_by_role("button", name="Remove plan").click()
    await expect(properties).not_to_contain_text("plan")
    await agent.expect_accessible()
    found = (await desk.call("GET", f"persons/{person['id']}/"))["properties"]
    assert found == {"name": "Ada", "seats": 5, "vip": True}


async def test_of_somebody_unknown_the_ticket_keeps_what_they_said(desk: Desk) -> None:
    ticket = await desk.ticket("Ada Lovelace")
    agent = await desk.agent(path=address(ticket))
    traits = section(agent, "What they said")
    await traits.get_by_role("button", name="Change email").click()
    await traits.get_by_label("email").fill("ada@new.example")
    async with agent.page.expect_response(lambda answer: answer.request.method == "PATCH"):
        await agent.press("Enter")
    found = (await desk.read(ticket))["anonymous_traits"]
    assert found == {"name": "Ada Lovelace", "email": "ada@new.example"}


async def test_the_session_leads_to_pages_and_never_to_scripts(desk: Desk) -> None:
    settings = {"conversations_enabled": True, "conversations_settings": {"widget_enabled": True}}
    project = await desk.call("PATCH", "", settings)
    token = project["conversations_settings"]["widget_public_token"]
    said_there = {
        "widget_session_id": str(uuid4()),
        "distinct_id": "ada",
        "message": "Hello?",
        "session_context": {
            "current_url": "https://shop.example/cart?step=2",
            "session_replay_url": "javascript:alert(1)",
            "cart": "3 items",
        },
    }
    answer = await desk.client.post(
        "/api/conversations/v1/widget/message",
        json=said_there,
        headers={"X-Conversations-Token": token},
    )
    agent = await desk.agent(path=f"tickets/{answer.json()['ticket_id']}")
    session = section(agent, "Session")
    link = session.get_by_role("link", name="shop.example/cart?step=2")
    await expect(link).to_have_attribute("href", "https://shop.example/cart?step=2")
    await expect(link).to_have_attribute("rel", "noopener noreferrer")
    await expect(session).to_contain_text("3 items")
    await expect(agent.page.locator("a[href^='javascript']")).to_have_count(0)
    await expect(session.get_by_role("link")).to_have_count(1)


async def test_other_tickets_are_one_press_away(desk: Desk) -> None:
    person = await a_person(desk, name="Ada")
    older = await ticket_of(desk, person, "My parcel is late.")
    agent = await desk.agent(path=address(await ticket_of(desk, person, "It is broken.")))
    others = section(agent, "Other tickets")
    await others.get_by_role("link", name="My parcel is late.").click()
    await agent.is_at(rf"/tickets/{older['ticket_number']}$")
    await expect(others).to_contain_text("It is broken.")
    await others.get_by_role("link", name="Show all").click()
    await agent.is_at("distinct_ids=")
    await agent.sees_rows("Ada", "Ada")


async def test_what_is_folded_stays_folded(desk: Desk) -> None:
    agent = await desk.agent(path=address(await desk.ticket("Ada Lovelace")))
    toggle = panel(agent).get_by_role("button", name="Ticket", exact=True)
    await toggle.click()
    await expect(toggle).to_have_attribute("aria-expanded", "false")
    await agent.reload()
    await expect(toggle).to_have_attribute("aria-expanded", "false")
    await expect(panel(agent).get_by_text("Channel")).to_have_count(0)


async def test_on_a_phone_the_person_comes_in_from_the_side(desk: Desk) -> None:
    ticket = await desk.ticket("Ada Lovelace")
    agent = await desk.agent(path=address(ticket), width=390, height=844)
    await agent.button("Show or hide the person").click()
    dialog = agent.page.get_by_role("dialog", name="Person")
    await expect(dialog).to_contain_text("ada@customer.example")
    await agent.expect_accessible()
    await dialog.get_by_role("button", name="Close").click()
    await expect(dialog).to_have_count(0)


async def test_a_viewer_reads_and_edits_nothing(desk: Desk) -> None:
    person = await a_person(desk, name="Ada", plan="team")
    ticket = await ticket_of(desk, person, "Hello?")
    viewer = await desk.member("Vera Viewer", "viewer")
    agent = await desk.agent(viewer, path=address(ticket))
    await expect(section(agent, "Properties")).to_contain_text("team")
    await expect(section(agent, "Properties").get_by_role("button")).to_have_count(1)
    await expect(panel(agent).get_by_role("button", name="Ada")).to_have_count(0)


async def test_people_are_found_and_show_all_they_asked(desk: Desk) -> None:
    await a_person(desk, name="Grace Hopper", email="grace@navy.example")
    ada = await a_person(desk, name="Ada Lovelace", email="ada@shop.example", plan="team")
    ticket = await ticket_of(desk, ada, "My parcel is late.")
    agent = await desk.agent(path="persons")
    rows = agent.page.locator(".person-row")
    await expect(rows).to_have_count(2)
    await agent.expect_accessible()
    await agent.press("/")
    await agent.page.keyboard.type("shop.ex")
    await expect(rows).to_have_count(1)
    await agent.is_at("search=shop.ex")
    await agent.press("Enter", "Enter")
    await agent.is_at(rf"/persons/{ada['id']}")
    page = agent.page.get_by_role("region", name="Person")
    await expect(page.get_by_role("heading", name="Ada Lovelace")).to_be_visible()
    await expect(page).to_contain_text("team")
    await agent.expect_accessible()
    await page.get_by_role("link", name="My parcel is late.").click()
    await agent.is_at(rf"/tickets/{ticket['ticket_number']}$")
    await agent.page.go_back()
    await agent.page.get_by_role("searchbox").fill("nobody at all")
    await agent.sees("Nobody found for “nobody at all”.")


async def test_a_person_is_edited_on_their_page(desk: Desk) -> None:
    ada = await a_person(desk, name="Ada", plan="free")
    agent = await desk.agent(path=f"persons/{ada['id']}")
    await agent.button("Change plan").click()
    await agent.page.get_by_label("plan").fill("team")
    async with agent.page.expect_response("**/persons/*"):
        await agent.press("Enter")
    await agent.sees("team")
    found = await desk.call("GET", f"persons/{ada['id']}/")
    assert found["properties"] == {"name": "Ada", "plan": "team"}


async def test_a_person_who_is_not_there(desk: Desk) -> None:
    agent = await desk.agent(path=f"persons/{uuid4()}")
    await agent.sees("There is nothing here")


async def test_one_writes_to_somebody_first(desk: Desk) -> None:
    await a_person(desk, name="Ada Lovelace")
    agent = await desk.agent()
    await agent.press("c")
    dialog = agent.page.get_by_role("dialog", name="New conversation")
    await expect(dialog.get_by_role("combobox", name="To")).to_be_focused()
    await agent.page.keyboard.type("lovel")
    await expect(dialog.get_by_role("option")).to_have_count(1)
    await agent.press("Enter")
    await agent.sees("E-mail is not set up on this server")
    await dialog.get_by_label("Message").fill("Your parcel is on its way.")
    await dialog.get_by_label("Tags").fill("Parcel, vip")
    await agent.expect_accessible()
    await agent.press("Mod+Enter")
    await agent.is_at(r"/tickets/1$")
    await expect(said(agent)).to_have_text(["Your parcel is on its way."])
    assert sorted((await desk.read({"id": 1}))["tags"]) == ["parcel", "vip"]


async def test_what_one_composes_is_there_after_a_reload(desk: Desk) -> None:
    agent = await desk.agent()
    await agent.press("c")
    dialog = agent.page.get_by_role("dialog", name="New conversation")
    await dialog.get_by_label("Message").fill("Nothing is lost.")
    await agent.reload()
    await expect(agent.page.get_by_role("heading", name="Open", exact=True)).to_be_visible()
    await agent.button("New conversation").click()
    await expect(dialog.get_by_label("Message")).to_have_value("Nothing is lost.")
