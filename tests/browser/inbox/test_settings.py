"""A project's settings: what customers see, who works here, and what other systems hear."""

import re
from typing import Any

import pytest
from playwright.async_api import Locator, expect

from tests.browser.inbox.agent import Agent
from tests.browser.inbox.conftest import Desk, Member
from tests.receiver import Received, a_receiver, reply

LOOKS: list[dict[str, Any]] = [{}, {"dark": True, "width": 390, "height": 844}]
SECTIONS = [
    "general",
    "widget",
    "install",
    "identity",
    "conversations",
    "macros",
    "team",
    "roles",
    "webhooks",
    "danger",
]


async def settings(
    desk: Desk, section: str = "", member: Member | None = None, **how: Any
) -> Agent:
    agent = await desk.agent(member, path=f"settings/{section}", **how)
    await expect(agent.page.locator(".sections-content h2").first).to_be_visible()
    return agent


async def save(agent: Agent) -> None:
    await agent.button("Save").click()
    await expect(agent.button("Discard")).to_have_count(0)


def entry(agent: Agent, text: str) -> Locator:
    """What stands in a list of a panel."""
    return agent.page.locator(".panel-row").filter(has_text=text)


async def project(desk: Desk) -> dict[str, Any]:
    return await desk.call("GET", "")


async def test_names_are_changed_and_a_wrong_one_says_why(desk: Desk) -> None:
    agent = await settings(desk)
    name = agent.page.get_by_label("Project name")
    await name.fill("")
    await agent.button("Save").click()
    await expect(name).to_have_attribute("aria-invalid", "true")
    await expect(agent.page.get_by_role("alert")).to_contain_text("Give a name")

    await name.fill("Teapots")
    await agent.page.get_by_label("Organization name").fill("Ada's shop")
    await agent.sees("2 changes not saved")
    await save(agent)

    assert (await project(desk))["name"] == "Teapots"
    await agent.reload()
    await expect(agent.page.get_by_label("Organization name")).to_have_value("Ada's shop")


async def test_the_widget_is_seen_before_it_is_saved(desk: Desk) -> None:
    agent = await settings(desk, "widget")
    preview = agent.page.get_by_role("complementary", name="Preview")
    await agent.page.get_by_role("switch", name="Show the widget").check()
    await agent.page.get_by_label("Colour", exact=True).fill("#ffcc00")
    await agent.page.get_by_label("Greeting").fill("Ahoy! What is leaking?")
    await agent.page.get_by_title("Top left").click()
    await expect(preview.get_by_text("Ahoy! What is leaking?")).to_be_visible()
    header = preview.locator(".widget-preview-window > header")
    await expect(header).to_have_css("background-color", "rgb(255, 204, 0)")
    await expect(header).to_have_css("color", "rgb(2, 6, 23)")

    await agent.page.get_by_role("switch", name="Ask for an e-mail address").check()
    await agent.page.get_by_label("Title of the form").fill("One moment")
    await preview.get_by_text("Form", exact=True).click()
    await expect(preview.get_by_text("One moment")).to_be_visible()
    await save(agent)

    found = (await project(desk))["conversations_settings"]
    assert found | {"widget_public_token": ""} == {
        "widget_enabled": True,
        "widget_color": "#ffcc00",
        "widget_greeting_text": "Ahoy! What is leaking?",
        "widget_position": "top_left",
        "widget_require_email": True,
        "widget_identification_form_title": "One moment",
        "widget_public_token": "",
    }


async def test_an_emptied_text_goes_back_to_its_default_and_a_wrong_colour_is_told(
    desk: Desk,
) -> None:
    await desk.call("PATCH", "", {"conversations_settings": {"widget_greeting_text": "Hi."}})
    agent = await settings(desk, "widget")
    await agent.page.get_by_label("Greeting").fill("")
    color = agent.page.get_by_label("Colour", exact=True)
    await color.fill("blue")
    await agent.button("Save").click()
    await expect(color).to_have_attribute("aria-invalid", "true")

    await color.fill("#0000ff")
    await save(agent)

    assert "widget_greeting_text" not in (await project(desk))["conversations_settings"]


async def test_the_snippet_shows_the_widget_on_a_page(desk: Desk) -> None:
    await desk.call(
        "PATCH",
        "",
        {"conversations_enabled": True, "conversations_settings": {"widget_enabled": True}},
    )
    agent = await settings(desk, "install")
    code = agent.page.get_by_role("group", name="The snippet").locator("code")
    snippet = await code.inner_text()
    body = f"<!doctype html><html><head>{snippet}</head><body>A shop</body></html>"

    async def shop(_: Received) -> bytes:
        return reply(200, body.encode(), "Content-Type: text/html")

    async with a_receiver() as receiver:
        receiver.behaviour = shop
        page = await agent.page.context.new_page()
        await page.goto(receiver.url)

        await expect(page.get_by_role("button", name="Open chat")).to_be_visible()


async def test_domains_are_added_and_removed(desk: Desk) -> None:
    agent = await settings(desk, "install")
    await agent.page.get_by_label("Domain", exact=True).fill("shop.example")
    await agent.press("Enter")
    await agent.page.get_by_label("Domain", exact=True).fill("*.shop.example")
    await agent.button("Add").click()
    await agent.button("Remove shop.example").click()
    await save(agent)

    assert (await project(desk))["conversations_settings"]["widget_domains"] == ["*.shop.example"]


async def test_the_secret_is_rotated_and_the_one_before_deleted(desk: Desk) -> None:
    before = (await project(desk))["secret_api_token"]
    agent = await settings(desk, "identity")
    await expect(agent.page.get_by_text(before)).to_have_count(0)
    await agent.button("Show: Secret").click()
    await agent.sees(before)

    await agent.button("Rotate the secret").click()
    await agent.button("Rotate").click()
    await agent.button("Delete the secret before").click()
    await agent.sees("Identities signed with it are refused at once.")
    await agent.button("Delete").click()
    await expect(agent.button("Delete the secret before")).to_have_count(0)

    found = await project(desk)
    assert found["secret_api_token"] != before
    assert found["secret_api_token_backup"] is None


async def test_what_happens_to_conversations_is_set(desk: Desk) -> None:
    agent = await settings(desk, "conversations")
    await agent.page.get_by_role("switch", name=re.compile("^Reopen")).uncheck()
    await agent.page.get_by_label("Status after the team answers").select_option("Pending")
    await agent.button("Add a recipient").click()
    await agent.pick("Olga Owner")
    await agent.button("Add a recipient").click()
    await agent.page.keyboard.type("boss@shop.example")
    await agent.pick("Mail to boss@shop.example")
    await save(agent)

    found = (await project(desk))["conversations_settings"]
    assert found["reopen_on_customer_reply"] is False
    assert found["status_on_team_reply"] == "pending"
    assert found["notification_recipients"] == [desk.owner.id, "boss@shop.example"]


async def test_somebody_new_joins_by_link(desk: Desk) -> None:
    agent = await settings(desk, "team")
    await agent.button("Invite").click()
    await agent.page.get_by_label("E-mail").fill("grace@team.example")
    await agent.page.get_by_label("Level", exact=True).select_option("Viewer")
    await agent.button("Make the link").click()
    link = await agent.page.get_by_role("dialog").locator("code").inner_text()
    await agent.button("Done").click()
    await expect(entry(agent, "grace@team.example")).to_contain_text("Viewer")

    page = await (await desk.browser.new_context()).new_page()
    desk.stack.push_async_callback(page.context.close)
    await page.goto(link)
    await expect(page.get_by_text("You are invited as grace@team.example.")).to_be_visible()
    await page.get_by_label("First name").fill("Grace")
    await page.get_by_label("Last name").fill("Hopper")
    await page.get_by_label("Password", exact=True).fill("four random words here")
    await page.get_by_role("button", name="Join").click()
    await expect(page).to_have_url(re.compile("/projects/"))

    await agent.reload()
    await expect(entry(agent, "Grace Hopper")).to_be_visible()
    await page.goto(link)
    await expect(page.get_by_text("This link is over")).to_be_visible()


async def test_somebody_with_an_account_joins_by_signing_in(desk: Desk) -> None:
    other = desk.server.admin("create-organization", "Elsewhere")["id"]
    email = f"linus-{desk.project['id']}@team.example"
    who = ("--organization", other, "--email", email, "--password", "four random words here")
    desk.server.admin("create-user", *who)
    agent = await settings(desk, "team")
    await agent.button("Invite").click()
    await agent.page.get_by_label("E-mail").fill(email)
    await agent.button("Make the link").click()
    link = await agent.page.get_by_role("dialog").locator("code").inner_text()

    page = await (await desk.browser.new_context()).new_page()
    desk.stack.push_async_callback(page.context.close)
    await page.goto(link)
    await page.get_by_label("Password", exact=True).fill("four random words here")
    await page.get_by_role("button", name="Sign in to join").click()

    await expect(page).to_have_url(re.compile("/projects/"))
    await agent.page.goto(link)
    await agent.sees("This link is over")


async def test_an_invitation_for_somebody_else_is_not_taken_by_accident(desk: Desk) -> None:
    ben = await desk.member("Ben Becker")
    other = await desk.agent(ben, path=None)
    agent = await settings(desk, "team")
    other_organization = desk.server.admin("create-organization", "Elsewhere")["id"]
    email = f"linus-{desk.project['id']}@elsewhere.example"
    who = ("--organization", other_organization, "--email", email, "--password", "four words here")
    desk.server.admin("create-user", *who)
    await agent.button("Invite").click()
    await agent.page.get_by_label("E-mail").fill(email)
    await agent.button("Make the link").click()
    link = await agent.page.get_by_role("dialog").locator("code").inner_text()

    await other.page.goto(link)

    await other.sees(f"You are signed in as {ben.email}. The invitation is for {email}.")


async def test_levels_change_and_the_last_owner_stays(desk: Desk) -> None:
    await desk.member("Ben Becker")
    agent = await settings(desk, "team")
    level = agent.page.get_by_label("Level of Ben Becker")
    async with agent.page.expect_response(re.compile("/members/")):
        await level.select_option("Admin")
    own = agent.page.get_by_label("Level of Olga Owner")
    await own.select_option("Viewer")
    await agent.sees("There must be an owner: make somebody else one first.")
    await expect(own).to_have_value("owner")

    await agent.reload()
    await expect(level).to_have_value("admin")
    await agent.button("Remove Ben Becker").click()
    await agent.button("Remove").click()

    await expect(entry(agent, "Ben Becker")).to_have_count(0)


async def test_somebody_who_leaves_can_have_their_account_closed(desk: Desk) -> None:
    ben = await desk.member("Ben Becker")
    theirs = await desk.agent(ben)
    agent = await settings(desk, "team")
    await agent.button("Remove Ben Becker").click()
    await agent.page.get_by_role("switch", name="Close their account, too").click()
    await agent.expect_accessible()
    await agent.button("Remove").click()

    await expect(entry(agent, "Ben Becker")).to_have_count(0)
    await theirs.reload()
    await theirs.is_at("/sign-in")


async def test_an_invitation_is_withdrawn(desk: Desk) -> None:
    agent = await settings(desk, "team")
    await agent.button("Invite").click()
    await agent.page.get_by_label("E-mail").fill("grace@team.example")
    await agent.button("Make the link").click()
    await agent.button("Done").click()

    await agent.button("Withdraw: grace@team.example").click()
    await agent.button("Withdraw").click()

    await expect(entry(agent, "grace@team.example")).to_have_count(0)


async def test_roles_have_members_and_leave_their_tickets_to_others(desk: Desk) -> None:
    agent = await settings(desk, "roles")
    await agent.button("New role").click()
    await agent.page.get_by_label("Role name").fill("Billing")
    await agent.button("Create").click()
    await agent.button("Members of Billing").click()
    async with agent.page.expect_response(re.compile("/role_memberships")):
        await agent.pick("Olga Owner")
    await agent.press("Escape")
    await expect(entry(agent, "Billing")).to_contain_text("Olga Owner")
    roles = (await desk.call("GET", "team/"))["roles"]
    ticket = await desk.ticket("Ada")
    await desk.change(ticket, assignee={"type": "role", "id": roles[0]["id"]})

    await agent.button("Delete Billing?").click()
    await agent.button("Delete").click()

    await agent.sees("No roles yet")
    assert (await desk.read(ticket))["assignee"] is None


async def test_a_macro_is_made_changed_and_deleted(desk: Desk) -> None:
    agent = await settings(desk, "macros")
    await agent.button("New macro").click()
    await agent.page.get_by_label("Name", exact=True).fill("Refund")
    text = agent.page.get_by_label("Text", exact=True)
    await text.fill("Hello !")
    await text.press("ArrowLeft")
    await agent.button("First name of the customer").click()
    await expect(text).to_have_value("Hello {{person.first_name}}!")
    await agent.page.get_by_label("Status", exact=True).select_option("Pending")
    await agent.page.get_by_label("Assign to").select_option("Olga Owner")
    await agent.page.get_by_label("Tags").fill("refund, vip")
    await agent.expect_accessible()
    await agent.button("Create").click()
    await expect(entry(agent, "Refund")).to_contain_text("Pending")

    await agent.button("Edit macro: Refund").click()
    await expect(agent.page.get_by_label("Tags")).to_have_value("refund, vip")
    await agent.page.get_by_label("Priority", exact=True).select_option("High")
    await agent.button("Save").click()
    await expect(entry(agent, "Refund")).to_contain_text("High")
    (macro,) = (await desk.call("GET", "conversations/macros/"))["results"]
    assert macro["actions"] == {
        "status": "pending",
        "priority": "high",
        "tags": ["refund", "vip"],
        "assignee": {"type": "user", "id": desk.owner.id},
    }

    await agent.button("Delete Refund?").click()
    await agent.button("Delete").click()
    await agent.sees("No macros yet")


async def test_a_webhook_is_made_tested_and_read(desk: Desk) -> None:
    async with a_receiver() as receiver:
        agent = await settings(desk, "webhooks")
        await agent.button("New webhook").click()
        address = agent.page.get_by_label("Address")
        await address.fill("http://10.0.0.1/hook")
        await agent.button("Create").click()
        await expect(address).to_have_attribute("aria-invalid", "true")
        await address.fill(receiver.url)
        await agent.page.get_by_text("Only these").click()
        await agent.page.get_by_role("checkbox", name="ticket.created").check()
        await agent.button("Create").click()
        await expect(agent.page.get_by_role("dialog").locator("code")).to_contain_text("whsec_")
        await agent.button("Done").click()
        await agent.is_at("settings/webhooks/.+")

        await agent.button("Send a test").click()

        delivery = agent.page.locator(".delivery").first
        await expect(delivery).to_contain_text("Delivered 200")
        await delivery.get_by_role("button").first.click()
        request = agent.page.get_by_role("group", name="Request")
        await expect(request).to_contain_text(receiver.ids[0])
        await agent.expect_accessible()
        await agent.photograph("settings-webhook")
        await agent.button("Send again").click()
        await receiver.until(2)
        assert receiver.ids[0] == receiver.ids[1]


async def test_a_webhook_is_changed_gets_another_secret_and_is_deleted(desk: Desk) -> None:
    async with a_receiver() as receiver:
        made = await desk.call("POST", "webhooks/", {"url": receiver.url})
        agent = await settings(desk, f"webhooks/{made['webhook']['id']}")
        await agent.page.get_by_label("Description").fill("Orders")
        await agent.page.get_by_role("switch", name="Enabled").uncheck()
        await save(agent)
        await expect(agent.button("Send a test")).to_be_disabled()
        dialog = agent.page.get_by_role("dialog")
        await agent.button("Rotate").click()
        await expect(dialog.locator("code")).to_contain_text("whsec_")
        await agent.button("Done").click()
        await agent.button("Delete the secret before").click()
        await dialog.get_by_role("button", name="Delete").click()
        await expect(agent.button("Delete the secret before")).to_have_count(0)

        await agent.button("Delete").click()
        await dialog.get_by_role("button", name="Delete").click()

        await agent.sees("No webhooks yet")


async def test_conversations_are_switched_off_by_whoever_types_the_name(desk: Desk) -> None:
    await desk.call("PATCH", "", {"conversations_enabled": True})
    agent = await settings(desk, "danger")
    await agent.button("Switch conversations off").click()
    sure = agent.page.get_by_role("dialog").get_by_role("button", name="Switch conversations off")
    await expect(sure).to_be_disabled()
    await agent.page.get_by_label("Type “Support” to confirm").fill("Support")
    await sure.click()
    await expect(agent.button("Switch conversations on")).to_be_visible()
    assert (await project(desk))["conversations_enabled"] is False

    await agent.button("Switch conversations on").click()

    await expect(agent.button("Switch conversations off")).to_be_visible()


async def test_others_read_what_they_may_and_nothing_else(desk: Desk) -> None:
    agent = await settings(desk, "general", await desk.member("Ben Becker"))
    await agent.sees("Only owners and admins can change this.")
    await expect(agent.page.get_by_label("Project name")).to_be_disabled()
    await expect(agent.page.get_by_role("link", name="Danger zone")).to_have_count(0)
    await agent.page.get_by_role("link", name="Macros").click()
    await expect(agent.button("New macro")).to_be_visible()

    await agent.open("settings/identity")

    await agent.sees("This is not yours to see")


async def test_a_phone_chooses_sections_above(desk: Desk) -> None:
    agent = await settings(desk, "general", width=390, height=844)
    await agent.page.get_by_label("Settings").last.select_option("Members")
    await agent.is_at("settings/team")
    width = await agent.page.evaluate("document.scrollingElement.scrollWidth")
    assert width == 390


@pytest.mark.parametrize("section", SECTIONS)
async def test_every_section_is_accessible_in_any_looks(desk: Desk, section: str) -> None:
    for how in LOOKS:
        agent = await settings(desk, section, **how)
        await expect(agent.page.locator(".skeleton")).to_have_count(0)
        wide = "({scrollWidth, clientWidth}) => scrollWidth > clientWidth"
        assert not await agent.page.locator(".sections-page").evaluate(wide)
        await agent.expect_accessible()
        await agent.photograph(f"settings-{section}{'-dark' if how else ''}")
