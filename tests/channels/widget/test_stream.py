"""Server-Sent Events: what a poll would find, at once."""

from contextlib import AbstractAsyncContextManager

import pytest

from rejoinder.channels.widget.bells import Bells
from rejoinder.events.announcement import Announcement
from tests import streams
from tests.builders import Desk
from tests.channels.widget.browser import (
    WIDGET,
    Browser,
    a_session,
    configure,
    identified,
    note,
    reply,
)
from tests.streams import Stream


def following(
    browser: Browser, headers: dict[str, str] | None = None, **query: str
) -> AbstractAsyncContextManager[Stream]:
    token = {"x-conversations-token": browser.desk.project.widget_public_token}
    return streams.following(
        browser.desk.client,
        WIDGET + "stream",
        token | (headers or {}),
        browser.credentials | query,
    )


async def test_a_reply_arrives_at_once_and_a_note_never(desk: Desk, browser: Browser) -> None:
    said = await browser.say("One")
    ticket = said["ticket_id"]

    async with following(browser, ticket_id=ticket, after=said["created_at"]) as stream:
        state = await stream.next()
        await note(desk, ticket, "zanzibar")
        await reply(desk, ticket, "Two")
        events = [await stream.next(), await stream.next()]

    message, change = events
    assert stream.status == 200
    assert stream.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert stream.headers["access-control-allow-origin"] == "*"
    assert state.data == {"ticket_id": ticket, "ticket_status": "new", "unread_count": 0}
    assert (message.name, message.data["content"]) == ("message", "Two")
    assert message.id == message.data["created_at"]
    assert (change.name, change.data["unread_count"]) == ("ticket", 1)
    assert (await browser.thread(ticket, after=said["created_at"]))["messages"] == [message.data]


@pytest.mark.parametrize("resumed_by", ["after", "last-event-id"])
async def test_a_stream_goes_on_where_it_broke(
    desk: Desk, browser: Browser, resumed_by: str
) -> None:
    said = await browser.say("One")
    ticket, at = said["ticket_id"], said["created_at"]
    await reply(desk, ticket, "Two")
    by_header = resumed_by == "last-event-id"
    headers = {"last-event-id": at} if by_header else {}
    query = {} if by_header else {"after": at}

    async with following(browser, headers, ticket_id=ticket, **query) as stream:
        event = await stream.next()

    assert (event.name, event.data["content"]) == ("message", "Two")


async def test_what_another_process_commits_is_streamed(
    other_process: Desk, browser: Browser
) -> None:
    ticket = (await browser.say("One"))["ticket_id"]

    async with following(browser, ticket_id=ticket) as stream:
        await stream.next()
        await reply(other_process, ticket, "Two")
        event = await stream.next()

    assert event.data["content"] == "Two"


async def test_all_of_a_viewers_tickets_can_be_followed(desk: Desk) -> None:
    ada = identified(desk, "ada")
    first = (await ada.say("One"))["ticket_id"]

    async with following(ada) as stream:
        events = [await stream.next()]
        second = (await ada.say("Two"))["ticket_id"]
        events.append(await stream.next())
        await reply(desk, first)
        events.append(await stream.next())
        await desk.call("PATCH", f"{second}/", {"status": "resolved"})
        events.append(await stream.next())

    assert [tuple(event.data.values()) for event in events] == [
        (first, "new", 0),
        (second, "new", 0),
        (first, "new", 1),
        (second, "resolved", 0),
    ]


async def test_a_stream_ends_with_the_right_to_it(desk: Desk, browser: Browser) -> None:
    ticket = (await browser.say("One"))["ticket_id"]

    async with following(browser, ticket_id=ticket) as stream:
        await stream.next()
        await identified(desk, "ada", session=browser.session).say("Mine now", ticket)
        await stream.until_end()

    assert stream.ended


async def test_a_stream_ends_when_conversations_are_switched_off(
    desk: Desk, browser: Browser
) -> None:
    ticket = (await browser.say("One"))["ticket_id"]

    async with following(browser, ticket_id=ticket) as stream:
        await stream.next()
        await configure(desk, enabled=False)
        await desk.call("PATCH", f"{ticket}/", {"priority": "high"})
        await stream.until_end()

    assert stream.ended


async def test_a_stream_of_nothing_is_refused(browser: Browser) -> None:
    answer = await browser.get("stream", ticket_id=a_session())

    assert (answer.status_code, answer.json()) == (404, {"error": "Ticket not found"})


async def test_a_bell_rings_once_however_much_happens() -> None:
    bells = Bells()
    happened = Announcement("other", 7, frozenset({"x"}), readers=frozenset({"ada"}))
    elsewhere = Announcement("other", 8, frozenset({"x"}), readers=frozenset({"ada"}))

    with bells.waiting(7, {"ada"}) as bell:
        await bells.heard(elsewhere)
        quiet = bell.is_set()
        for _ in range(3):
            await bells.heard(happened)
        rung = bell.is_set()

    assert (quiet, rung) == (False, True)
