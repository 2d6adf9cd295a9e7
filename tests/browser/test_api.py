"""`posthog.conversations` without its screen, for pages that bring their own."""

from tests.browser.conftest import Shop


async def test_a_page_of_its_own_sends_reads_and_marks_without_the_widget(shop: Shop) -> None:
    await shop.team.set(widget_enabled=False)
    ada = await shop.visitor()

    sent = await ada.conversations("sendMessage", "Where is my order?", {"name": "Ada"})
    ticket = await shop.team.the_ticket()
    await shop.team.reply(ticket, "On its way.")
    await shop.team.note(ticket, "She asks every week.")
    listed = await ada.conversations("getTickets", {"limit": 5, "offset": 0})
    thread = await ada.conversations("getMessages")
    news = await ada.conversations("getMessages", ticket["id"], sent["created_at"])
    read = await ada.conversations("markAsRead")

    assert sent["ticket_id"] == ticket["id"] == await ada.conversations("getCurrentTicketId")
    assert (listed["count"], listed["results"][0]["unread_count"]) == (1, 1)
    assert [(each["author_type"], each["content"]) for each in thread["messages"]] == [
        ("customer", "Where is my order?"),
        ("support", "On its way."),
    ]
    assert [each["content"] for each in news["messages"]] == ["On its way."]
    assert read["unread_count"] == 0
    assert (await shop.team.the_ticket())["channel_detail"] == "widget_api"
    assert await ada.launcher.count() == 0


async def test_tickets_can_be_listed_by_status(shop: Shop) -> None:
    ada = await shop.visitor()
    await ada.conversations("sendMessage", "Where is my order?")
    await shop.team.resolve(await shop.team.the_ticket())
    await ada.starts("The engine is too loud.")

    resolved = await ada.conversations("getTickets", {"status": "resolved"})
    everything = await ada.conversations("getTickets")

    assert [ticket["last_message"] for ticket in resolved["results"]] == ["Where is my order?"]
    assert [ticket["last_message"] for ticket in everything["results"]] == [
        "The engine is too loud.",
        "Where is my order?",
    ]


async def test_who_signs_in_becomes_a_person_to_whom_the_ticket_belongs(shop: Shop) -> None:
    ada = await shop.visitor()
    await ada.conversations("isAvailable")

    async with ada.page.expect_response(lambda answer: "/e/" in answer.url) as captured:
        await ada.page.evaluate("posthog.identify('ada', {email: 'ada@example.com'})")
    assert (await captured.value).status == 200
    await ada.conversations("sendMessage", "Where is my order?")

    person = (await shop.team.the_ticket())["person"]
    assert person["properties"]["email"] == "ada@example.com"
    assert "ada" in person["distinct_ids"]
