"""What a browser may see: its own, what a signature proves, and nothing of strangers."""

from typing import Any

import pytest
from playwright.async_api import Error

from tests.browser.conftest import Shop

REFUSED = "Failed to"


def signed_in(shop: Shop, distinct_id: str, signature: str = "") -> dict[str, Any]:
    """The options of a page on which somebody is signed in."""
    return {
        "identity_distinct_id": distinct_id,
        "identity_hash": signature or shop.team.signature(distinct_id),
    }


async def test_a_signed_identity_has_its_conversations_in_every_browser(shop: Shop) -> None:
    at_home = await shop.visitor(**signed_in(shop, "ada"))
    await at_home.open()
    await at_home.say("Where is my order?")
    ticket = await shop.team.the_ticket()
    await shop.team.reply(ticket, "On its way.")

    at_work = await shop.visitor(**signed_in(shop, "ada"))
    await at_work.conversations("show")
    tickets = await at_work.conversations("getTickets")
    thread = await at_work.conversations("getMessages", ticket["id"])

    assert ticket["identity_verified"] is True
    assert [found["id"] for found in tickets["results"]] == [ticket["id"]]
    assert [message["content"] for message in thread["messages"]] == [
        "Where is my order?",
        "On its way.",
    ]


async def test_a_forged_signature_sees_nothing_and_writes_nothing(shop: Shop) -> None:
    ada = await shop.visitor(**signed_in(shop, "ada"))
    await ada.open()
    await ada.say("Where is my order?")
    ticket = await shop.team.the_ticket()

    eve = await shop.visitor(**signed_in(shop, "ada", shop.team.signature("eve")))

    for call in (("getTickets",), ("getMessages", ticket["id"]), ("sendMessage", "It is me!")):
        with pytest.raises(Error, match=REFUSED):
            await eve.conversations(*call)
    await eve.open()
    await eve.does_not_see("Where is my order?")
    assert await shop.team.messages(await shop.team.the_ticket()) == ["Where is my order?"]


async def test_a_strangers_session_opens_no_ticket_whose_id_it_knows(shop: Shop) -> None:
    ada = await shop.visitor()
    await ada.open()
    await ada.say("Where is my order?")
    ticket = await shop.team.the_ticket()
    # An open page would read the reply, and nobody could tell whether Eve did.
    await ada.page.close()
    await shop.team.reply(ticket, "On its way.")

    eve = await shop.visitor()

    assert (await eve.conversations("getTickets"))["results"] == []
    # Asked for once, the ticket is the current one: what Eve then says would go there.
    for call in (
        ("getMessages", ticket["id"]),
        ("markAsRead", ticket["id"]),
        ("sendMessage", "It is me!"),
    ):
        with pytest.raises(Error, match=REFUSED):
            await eve.conversations(*call)
    assert (await shop.team.the_ticket())["unread_customer_count"] == 1
    assert await shop.team.messages(ticket) == ["Where is my order?", "On its way."]


async def test_a_page_that_is_not_on_the_list_is_refused(shop: Shop) -> None:
    await shop.team.set(widget_domains=["shop.localhost"])
    thief = await shop.visitor(shop.page(host="thief.localhost"))
    ada = await shop.visitor()

    with pytest.raises(Error, match=REFUSED):
        await thief.conversations("sendMessage", "From elsewhere")
    assert await thief.launcher.count() == 0
    await ada.open()
    await ada.say("From the shop")

    assert await shop.team.messages(await shop.team.the_ticket()) == ["From the shop"]
