"""One's own account: who one is, how one gets in, and what programs may do in one's name."""

import re
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from playwright.async_api import Browser, Dialog, Page, expect

from tests.browser.inbox.agent import Agent
from tests.browser.inbox.conftest import Desk
from tests.browser.mailbox import Mailbox
from tests.browser.server import Server
from tests.browser.site import Site

LOOKS: list[dict[str, Any]] = [{}, {"dark": True, "width": 390, "height": 844}]
SECTIONS = ["profile", "security", "notifications", "keys"]


async def account(desk: Desk, section: str = "", **how: Any) -> Agent:
    agent = await desk.agent(path=None, **how)
    await agent.page.goto(f"{desk.server.url}/account/{section}")
    await expect(agent.page.locator(".section-head h2")).to_be_visible()
    return agent


async def sign_in(page: Page, email: str, password: str) -> None:
    await page.get_by_label("E-mail").fill(email)
    await page.get_by_label("Password", exact=True).fill(password)
    await page.get_by_role("button", name="Sign in", exact=True).click()


async def anybody(desk: Desk, path: str) -> Page:
    """A browser in which nobody is signed in."""
    context = await desk.browser.new_context()
    desk.stack.push_async_callback(context.close)
    page = await context.new_page()
    await page.goto(desk.server.url + path)
    return page


async def test_signing_in_leads_to_where_one_wanted_to_be(desk: Desk) -> None:
    page = await anybody(desk, "/account/keys")
    await sign_in(page, desk.owner.email, "not it")
    await expect(page.get_by_text("E-mail or password is not right.")).to_be_visible()
    await expect(page.get_by_label("E-mail")).to_have_value(desk.owner.email)

    await sign_in(page, desk.owner.email, desk.owner.password)

    await expect(page).to_have_url(re.compile("/account/keys$"))
    await expect(page.get_by_role("heading", name="API keys").first).to_be_visible()


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil.example"]
)
async def test_signing_in_never_leads_elsewhere(desk: Desk, elsewhere: str) -> None:
    page = await anybody(desk, f"/sign-in?next={quote(elsewhere, safe='')}")

    await sign_in(page, desk.owner.email, desk.owner.password)

    await expect(page).to_have_url(f"{desk.server.url}/projects/{desk.project['id']}/tickets")


async def test_names_are_saved_by_key_and_shown_everywhere(desk: Desk) -> None:
    agent = await account(desk)
    await agent.page.get_by_label("First name").fill("Grace")
    await agent.sees("1 change not saved")

    await agent.press("Mod+s")

    await expect(agent.page.get_by_text("1 change not saved")).to_have_count(0)
    await agent.button("Your account").click()
    await agent.sees("Grace Owner")


async def test_what_is_not_saved_outlives_a_look_elsewhere(desk: Desk) -> None:
    agent = await account(desk)
    await agent.page.get_by_label("First name").fill("Grace")

    await agent.page.get_by_role("link", name="API keys").click()
    await agent.page.get_by_role("link", name="Profile").click()

    await expect(agent.page.get_by_label("First name")).to_have_value("Grace")
    await agent.button("Discard").click()
    await expect(agent.page.get_by_label("First name")).to_have_value("Olga")


async def test_looks_and_language_change_at_once(desk: Desk) -> None:
    agent = await account(desk)
    root = agent.page.locator("html")

    await agent.page.get_by_text("Dark", exact=True).click()
    await agent.page.get_by_label("Language", exact=True).select_option("ar")

    await expect(root).to_have_attribute("data-theme", "dark")
    await expect(root).to_have_attribute("dir", "rtl")
    await agent.reload()
    await expect(agent.page.get_by_role("heading", name="الملف الشخصي")).to_be_visible()
    await expect(root).to_have_attribute("data-theme", "dark")


async def test_another_password_lets_one_in_and_ends_other_browsers(desk: Desk) -> None:
    elsewhere = await desk.agent()
    agent = await account(desk, "security")
    await agent.page.get_by_label("Current password").fill("not it")
    await agent.page.get_by_label("New password").fill("four random words here")
    await agent.button("Change the password").click()
    field = agent.page.get_by_label("Current password")
    await expect(field).to_have_attribute("aria-invalid", "true")

    await field.fill(desk.owner.password)
    await agent.button("Change the password").click()

    await agent.sees("The password is changed.")
    await elsewhere.reload()
    await elsewhere.is_at("/sign-in")
    await sign_in(elsewhere.page, desk.owner.email, "four random words here")
    await elsewhere.is_at("/projects/")


async def test_a_browser_elsewhere_is_signed_out(desk: Desk) -> None:
    elsewhere = await desk.agent()
    agent = await account(desk, "security")
    # Besides this browser and the other, the desk's owner signed in once to say their name.
    others = re.compile("^End (Chrome on Linux|Unknown browser)")
    ends = agent.page.get_by_role("button", name=others)
    await expect(ends).to_have_count(2)

    await agent.button("End all others").click()

    await agent.sees("2 browsers are signed out.")
    await expect(ends).to_have_count(0)
    await elsewhere.reload()
    await elsewhere.is_at("/sign-in")


async def test_a_key_is_shown_once_opens_what_it_may_and_is_revoked(desk: Desk) -> None:
    agent = await account(desk, "keys")
    await agent.button("New key").first.click()
    await agent.page.get_by_label("What it is for").fill("Nightly export")
    await agent.button("Create").click()
    key = await agent.page.get_by_role("dialog").locator("code").inner_text()
    await agent.button("Done").click()

    url = f"{desk.server.url}/api/projects/{desk.project['id']}/conversations/tickets/"
    async with httpx.AsyncClient(headers={"Authorization": f"Bearer {key}"}) as client:
        assert (await client.get(url)).status_code == 200
        assert (await client.post(url, json={})).status_code == 403
        await expect(agent.page.get_by_text(key)).to_have_count(0)
        await agent.button("Revoke Nightly export?").click()
        await agent.button("Revoke").click()
        await expect(agent.page.get_by_text("Nightly export")).to_have_count(0)
        assert (await client.get(url)).status_code == 401


async def test_a_key_can_be_limited_to_projects(desk: Desk) -> None:
    agent = await account(desk, "keys")
    await agent.button("New key").first.click()
    await agent.page.get_by_label("What it is for").fill("Support only")
    await agent.page.get_by_label("What it may").select_option("write")
    await agent.page.get_by_text("Only these").click()
    await expect(agent.page.get_by_role("checkbox", name="Support", exact=True)).to_be_checked()
    await agent.expect_accessible()

    await agent.button("Create").click()
    await agent.button("Done").click()

    row = agent.page.get_by_role("listitem").filter(has_text="Support only")
    await expect(row).to_contain_text("Read and change")
    await expect(row.get_by_text("Support", exact=True)).to_be_visible()


async def test_wishes_about_notifications_are_kept(desk: Desk) -> None:
    agent = await account(desk, "notifications")
    reply = agent.page.get_by_role("switch", name="A customer answers: E-mail")
    sound = agent.page.get_by_role("switch", name="Sound")
    await expect(reply).not_to_be_checked()
    await expect(sound).not_to_be_checked()

    for switch in (reply, sound):
        async with agent.page.expect_response("**/users/@me"):
            await switch.check()

    await agent.reload()
    await expect(reply).to_be_checked()
    await expect(sound).to_be_checked()


@pytest.mark.parametrize("section", SECTIONS)
async def test_every_section_is_accessible_in_any_looks(desk: Desk, section: str) -> None:
    for how in LOOKS:
        agent = await account(desk, section, **how)
        await expect(agent.page.locator(".skeleton")).to_have_count(0)
        wide = "({scrollWidth, clientWidth}) => scrollWidth > clientWidth"
        assert not await agent.page.locator(".sections-page").evaluate(wide)
        await agent.expect_accessible()
        await agent.photograph(f"account-{section}{'-dark' if how else ''}")


async def test_the_front_pages_are_accessible(desk: Desk) -> None:
    for path in ("/sign-in", "/reset-password", "/reset-password#x", "/invites/x"):
        page = await anybody(desk, path)
        await expect(page.get_by_role("heading")).not_to_have_text("…")
        await Agent(page, desk.server.url, 0).expect_accessible()


async def test_a_link_that_is_over_says_so(desk: Desk) -> None:
    page = await anybody(desk, "/reset-password#rjp_long-gone")
    await page.get_by_label("New password").fill("four random words here")
    await page.get_by_role("button", name="Save and sign in").click()
    await expect(page.get_by_text("This link is over")).to_be_visible()

    await page.get_by_role("button", name="Ask for another link").click()

    await expect(page.get_by_role("button", name="Send the link")).to_be_visible()


async def test_a_forgotten_password_is_replaced_by_mail(
    world: tuple[Server, Site, Mailbox], browser: Browser
) -> None:
    server, _, mailbox = world
    organization = server.admin("list-organizations")["organizations"][0]["id"]
    email = "forgetful@team.example"
    who = ("--organization", organization, "--email", email)
    server.admin("create-user", *who, "--password", "forgotten-one")
    context = await browser.new_context()
    page = await context.new_page()
    await page.goto(f"{server.url}/sign-in")
    await page.get_by_role("link", name="Forgot your password?").click()
    await page.get_by_label("E-mail").fill(email)
    await page.get_by_role("button", name="Send the link").click()
    await expect(page.get_by_role("heading", name="Look at your mail")).to_be_visible()

    mail = await mailbox.next()
    assert mail["To"] == email
    link = re.search(r"/reset-password#\S+", mail.get_content())
    assert link
    await page.goto("about:blank")
    await page.goto(server.url + link[0])
    await page.get_by_label("New password").fill("short")
    await page.get_by_role("button", name="Save and sign in").click()
    await expect(page.get_by_label("New password")).to_have_attribute("aria-invalid", "true")
    await page.get_by_label("New password").fill("four random words here")
    await page.get_by_role("button", name="Save and sign in").click()

    await expect(page).to_have_url(re.compile("/projects/"))
    await context.close()


async def test_leaving_the_page_with_something_unsaved_is_asked_about(desk: Desk) -> None:
    agent = await account(desk)
    await agent.page.get_by_label("First name").press_sequentially("!")
    asked: list[str] = []

    async def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        await dialog.accept()

    agent.page.on("dialog", leave)
    await agent.page.goto("about:blank")

    assert asked == ["beforeunload"]
