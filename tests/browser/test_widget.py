"""A conversation as a visitor and an agent have it, on the screen of the visitor."""

from urllib.parse import urlsplit

from playwright.async_api import expect

from tests.browser.conftest import Shop
from tests.browser.visitor import PATIENCE_MS


async def test_the_launcher_appears_and_the_scripts_keep_their_characters(shop: Shop) -> None:
    ada = await shop.visitor()

    await expect(ada.launcher).to_be_visible(timeout=PATIENCE_MS)
    await ada.photograph("launcher")
    await ada.open()

    await ada.sees("Hey, how can I help you today?", "✕")


async def test_the_page_speaks_to_nobody_but_its_site_and_our_server(shop: Shop) -> None:
    ada = await shop.visitor()
    await ada.open()
    await ada.say("Who hears me?")
    await ada.sees("Who hears me?")

    asked = {urlsplit(url).netloc for url in ada.asked}
    assert asked == {urlsplit(shop.server.url).netloc, f"shop.localhost:{shop.site.port}"}


async def test_a_message_becomes_a_ticket_that_tells_who_wrote_from_where(shop: Shop) -> None:
    page = shop.page()
    ada = await shop.visitor(page)
    await ada.conversations("isAvailable")
    await ada.page.evaluate("posthog.identify('ada', {email: 'ada@example.com', name: 'Ada'})")

    await ada.open()
    await ada.say("Where is my order?")

    ticket = await shop.team.the_ticket()
    assert await shop.team.messages(ticket) == ["Where is my order?"]
    assert ticket["channel_source"] == "widget"
    assert ticket["distinct_id"] == "ada"
    assert ticket["anonymous_traits"] == {"email": "ada@example.com", "name": "Ada"}
    assert ticket["session_context"]["current_url"] == page
    assert ticket["session_id"]
    assert ticket["identity_verified"] is False


async def test_a_reply_appears_in_the_open_widget_and_a_note_never_does(shop: Shop) -> None:
    ada = await shop.visitor()
    await ada.open()
    await ada.say("Where is my order?")
    ticket = await shop.team.the_ticket()

    await shop.team.reply(ticket, "On its way since Monday.")
    await shop.team.note(ticket, "She asks every week.")
    await ada.sees("On its way since Monday.")
    await ada.polls()
    await ada.photograph("thread")

    await ada.does_not_see("She asks every week.")
    assert await ada.text("Where is my order?").count() == 1
    tickets = await ada.conversations("getTickets")
    assert tickets["results"][0]["last_message"] == "On its way since Monday."


async def test_unread_replies_stand_on_the_launcher_until_they_are_opened(shop: Shop) -> None:
    ada = await shop.visitor()
    await ada.open()
    await ada.say("Where is my order?")
    await ada.close()
    ticket = await shop.team.the_ticket()

    await shop.team.reply(ticket, "On its way.")
    await shop.team.reply(ticket, "It arrives on Friday.")
    unread = ada.page.get_by_role("button", name="Open chat (2 unread)")
    await expect(unread).to_be_visible(timeout=PATIENCE_MS)
    await ada.photograph("unread")
    assert (await shop.team.the_ticket())["unread_customer_count"] == 2

    async with ada.page.expect_response(lambda answer: answer.url.endswith("/read")) as read:
        await ada.open()
        await ada.sees("On its way.", "It arrives on Friday.")
    assert await (await read.value).json() == {"success": True, "unread_count": 0}
    assert (await shop.team.the_ticket())["unread_customer_count"] == 0
    await ada.close()
    await expect(ada.page.get_by_role("button", name="Open chat", exact=True)).to_be_visible()


async def test_a_reload_keeps_the_conversation(shop: Shop) -> None:
    ada = await shop.visitor()
    await ada.open()
    await ada.say("Where is my order?")
    await shop.team.reply(await shop.team.the_ticket(), "On its way.")

    await ada.page.reload()
    await ada.sees("Where is my order?", "On its way.")
    await ada.say("Thank you!")

    ticket = await shop.team.the_ticket()
    assert await shop.team.messages(ticket) == ["Where is my order?", "On its way.", "Thank you!"]


async def test_a_long_thread_arrives_whole_and_in_order(shop: Shop) -> None:
    ada = await shop.visitor()
    await ada.open()
    await ada.say("Tell me everything!")
    ticket = await shop.team.the_ticket()
    told = [f"Chapter {number}" for number in range(1, 61)]
    for text in told:
        await shop.team.reply(ticket, text)

    # The client asks for 50 at a time.
    await ada.page.reload()
    await ada.sees("Chapter 50", "Chapter 60")

    shown = await ada.widget.get_by_text("Chapter").all_inner_texts()
    assert shown == told


async def test_a_second_ticket_makes_a_list_to_choose_from(shop: Shop) -> None:
    ada = await shop.visitor()
    await ada.open()
    await ada.say("Where is my order?")
    await ada.starts("The engine is too loud.")

    await ada.page.reload()
    await ada.sees("Where is my order?", "The engine is too loud.")
    await ada.photograph("list")
    await ada.text("Where is my order?").click()
    await expect(ada.input).to_be_visible()
    await ada.sees("Where is my order?")
    await ada.does_not_see("The engine is too loud.")

    await ada.back()
    await ada.sees("The engine is too loud.")
    assert len(await shop.team.tickets()) == 2


async def test_a_resolved_conversation_is_locked_and_offers_a_new_one(shop: Shop) -> None:
    ada = await shop.visitor()
    await ada.open()
    await ada.say("Where is my order?")
    # The client locks only tickets that it has once listed.
    await ada.page.reload()
    await ada.sees("Where is my order?")
    await shop.team.resolve(await shop.team.the_ticket())

    await ada.sees("This conversation was resolved.")
    await expect(ada.input).to_have_count(0)
    await ada.photograph("resolved")
    await ada.new_conversation.click()
    await ada.say("The engine is too loud.")

    second, first = await shop.team.tickets()
    assert (second["status"], first["status"]) == ("new", "resolved")
    assert await shop.team.messages(second) == ["The engine is too loud."]


async def test_a_form_asks_who_it_is_where_the_project_wants_to_know(shop: Shop) -> None:
    title = "Who are you?"
    await shop.team.set(
        widget_require_email=True,
        widget_collect_name=True,
        widget_identification_form_title=title,
    )
    ada = await shop.visitor()

    await ada.open()
    await ada.sees(title)
    await expect(ada.input).to_have_count(0)
    await ada.page.get_by_placeholder("Your name").fill("Ada")
    await ada.page.get_by_placeholder("you@example.com").fill("ada@example.com")
    await ada.photograph("form")
    await ada.page.get_by_role("button", name="Start Chat").click()
    await ada.say("Where is my order?")

    ticket = await shop.team.the_ticket()
    assert ticket["anonymous_traits"] == {"email": "ada@example.com", "name": "Ada"}


async def test_the_widget_looks_as_the_project_says(shop: Shop) -> None:
    await shop.team.set(
        widget_color="#0a7d32",
        widget_greeting_text="Moin!",
        widget_placeholder_text="What is it?",
        widget_position="top_left",
    )
    ada = await shop.visitor()

    await expect(ada.launcher).to_have_css("background-color", "rgb(10, 125, 50)")
    await ada.open()
    await ada.sees("Moin!")
    await expect(ada.page.get_by_placeholder("What is it?")).to_be_visible()
    await ada.photograph("looks")


async def test_no_launcher_appears_where_conversations_are_switched_off(shop: Shop) -> None:
    await shop.team.switch_off()
    ada = await shop.visitor()

    reason = "window.posthog?.conversations?.getUnavailableReason?.() === 'disabled_in_project'"
    await ada.page.wait_for_function(reason, timeout=PATIENCE_MS)
    assert await ada.launcher.count() == 0
