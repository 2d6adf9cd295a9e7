"""Conversations in another browser, by a link that comes as mail."""

import re

import pytest
from playwright.async_api import Error

from tests.browser.conftest import Shop
from tests.browser.visitor import Visitor


async def writes(shop: Shop, email: str) -> Visitor:
    """Somebody who has written once, and has left this address."""
    visitor = await shop.visitor()
    await visitor.conversations("sendMessage", "Where is my order?", {"email": email})
    return visitor


async def the_link(shop: Shop, email: str) -> str:
    """What the next mail brings; it must be the one to this address."""
    mail = await shop.mailbox.next()
    assert mail["To"] == email
    found = re.search(r"http://\S+ph_conv_restore=\S+", mail.get_content())
    assert found
    return found[0]


async def test_a_link_by_mail_brings_the_conversation_into_another_browser(shop: Shop) -> None:
    await shop.team.set(widget_domains=["shop.localhost"])
    await writes(shop, "ada@example.com")
    ticket = await shop.team.the_ticket()
    await shop.team.reply(ticket, "On its way.")

    at_work = await shop.visitor()
    await at_work.open()
    await at_work.page.get_by_role("button", name="Recover them here").click()
    await at_work.page.get_by_placeholder("you@example.com").fill("Ada@Example.com")
    await at_work.page.get_by_role("button", name="Send restore link").click()
    await at_work.sees(
        "Check your email for a secure restore link. If an account is found, we sent it."
    )
    await at_work.photograph("restore")
    await at_work.page.goto(await the_link(shop, "ada@example.com"))
    await at_work.page.wait_for_function("!location.search")
    await at_work.page.reload()

    await at_work.sees("Where is my order?", "On its way.")
    await at_work.say("Thank you!")
    assert (await shop.team.the_ticket())["message_count"] == 3


async def test_a_link_works_once_and_takes_the_conversation_along(shop: Shop) -> None:
    await shop.team.set(widget_domains=["shop.localhost"])
    at_home = await writes(shop, "ada@example.com")
    ticket = await shop.team.the_ticket()
    await at_home.conversations("requestRestoreLink", "ada@example.com")
    token = (await the_link(shop, "ada@example.com")).rpartition("=")[2]

    at_work, elsewhere = await shop.visitor(), await shop.visitor()
    first = await at_work.conversations("restoreFromToken", token)
    second = await elsewhere.conversations("restoreFromToken", token)

    assert first["status"] == "success"
    assert first["migrated_ticket_ids"] == [ticket["id"]]
    assert second["status"] == "used"
    assert (await elsewhere.conversations("getTickets"))["results"] == []
    assert (await at_home.conversations("getTickets"))["results"] == []


async def test_an_address_without_conversations_gets_no_mail_and_the_same_answer(
    shop: Shop,
) -> None:
    await shop.team.set(widget_domains=["shop.localhost"])
    ada = await writes(shop, "ada@example.com")

    unknown = await ada.conversations("requestRestoreLink", "nobody@example.com")
    known = await ada.conversations("requestRestoreLink", "ada@example.com")

    assert unknown == known
    await the_link(shop, "ada@example.com")
    assert shop.mailbox.is_empty


async def test_no_link_leads_to_a_page_that_nobody_named(shop: Shop) -> None:
    ada = await writes(shop, "ada@example.com")

    with pytest.raises(Error, match="Failed to request restore link"):
        await ada.conversations("requestRestoreLink", "ada@example.com")
    assert shop.mailbox.is_empty
