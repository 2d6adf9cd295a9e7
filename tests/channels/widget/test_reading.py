"""The polls: what a customer reads, from where on, and what it costs."""

from datetime import datetime
from urllib.parse import quote

import pytest

from tests.builders import Desk
from tests.channels.widget.browser import Browser, a_session, note, reply
from tests.channels.widget.queries import Ledger
from tests.eventually import eventually


async def test_a_thread_is_read_oldest_first(desk: Desk, browser: Browser) -> None:
    said = await browser.say("One", traits={"name": "Cleo"})
    ticket = said["ticket_id"]
    await reply(desk, ticket)

    thread = await browser.thread(ticket)

    first, second = thread["messages"]
    assert list(thread) == [
        "ticket_id", "ticket_status", "unread_count", "messages", "has_more",
    ]  # fmt: skip
    assert list(first) == [
        "id", "content", "rich_content", "author_type", "author_name", "created_at",
    ]  # fmt: skip
    assert (first["id"], first["created_at"]) == (said["message_id"], said["created_at"])
    assert (first["content"], first["author_type"], first["author_name"]) == (
        "One",
        "customer",
        "Cleo",
    )
    assert (second["content"], second["author_name"]) == ("We are on it.", desk.ada.email)
    assert (thread["unread_count"], thread["has_more"]) == (1, False)


async def test_a_customer_without_a_name_is_you(browser: Browser) -> None:
    ticket = (await browser.say("One"))["ticket_id"]

    thread = await browser.thread(ticket)

    assert [message["author_name"] for message in thread["messages"]] == ["You"]


async def test_after_takes_our_own_text_back_and_is_strict(browser: Browser) -> None:
    first = await browser.say("One")
    ticket = first["ticket_id"]
    second = await browser.say("Two", ticket)

    assert await browser.texts(ticket, after=first["created_at"]) == ["Two"]
    assert await browser.texts(ticket, after=second["created_at"]) == []


@pytest.mark.parametrize("safe", ["+:", ""])
async def test_after_may_come_with_a_bare_or_an_encoded_plus(browser: Browser, safe: str) -> None:
    said = await browser.say("One")
    path = f"messages/{said['ticket_id']}?after={quote(said['created_at'], safe=safe)}"

    answer = await browser.call("GET", f"{path}&widget_session_id={browser.session}&_=123")

    assert answer.status_code == 200
    assert answer.json()["messages"] == []


async def test_after_is_read_in_any_zone(browser: Browser) -> None:
    said = await browser.say("One")
    moment = datetime.fromisoformat(said["created_at"])

    for text in (moment.isoformat().replace("+00:00", "Z"), moment.replace(tzinfo=None)):
        assert await browser.texts(said["ticket_id"], after=str(text)) == []


async def test_a_page_ends_at_its_limit(browser: Browser) -> None:
    ticket = (await browser.say("One"))["ticket_id"]
    await browser.say("Two", ticket)

    page = await browser.thread(ticket, limit=1)
    rest = await browser.thread(ticket, limit=2, after=page["messages"][0]["created_at"])

    assert [message["content"] for message in page["messages"]] == ["One"]
    assert page["has_more"] is True
    assert [message["content"] for message in rest["messages"]] == ["Two"]
    assert rest["has_more"] is False


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        ({"limit": 0}, "Ensure this value is greater than or equal to 1."),
        ({"limit": 501}, "Ensure this value is less than or equal to 500."),
        ({"limit": "many"}, "A valid integer is required."),
        ({"after": "yesterday"}, "Datetime has wrong format."),
        ({"after": "0001-01-01T00:00:00+14:00"}, "Datetime has wrong format."),
    ],
)
async def test_a_wrong_parameter_is_named(
    browser: Browser, wrong: dict[str, object], text: str
) -> None:
    answer = await browser.get(f"messages/{a_session()}", **wrong)

    (name,) = wrong
    assert answer.status_code == 400
    assert answer.json()["error"] == "Invalid request data"
    assert answer.json()["details"][name][0].startswith(text)


async def test_the_path_takes_uuids_only(browser: Browser) -> None:
    answer = await browser.get("messages/7")

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_notes_and_deleted_messages_are_nowhere(desk: Desk, browser: Browser) -> None:
    ticket = (await browser.say("One"))["ticket_id"]
    await note(desk, ticket, "zanzibar")
    gone = await reply(desk, ticket, "Never mind")
    await desk.call("PATCH", f"{desk.comments}{gone['id']}/", {"deleted": True})

    thread = await browser.get(f"messages/{ticket}")
    listed = await browser.get("tickets")

    assert "zanzibar" not in thread.text + listed.text
    assert "is_private" not in thread.text
    assert listed.json()["results"][0]["last_message"] == "One"


async def test_reading_clears_the_badge(desk: Desk, browser: Browser) -> None:
    ticket = (await browser.say("One"))["ticket_id"]
    await reply(desk, ticket)
    assert (await browser.thread(ticket))["unread_count"] == 1

    answers = [await browser.post(f"messages/{ticket}/read") for _ in range(2)]

    assert [answer.json() for answer in answers] == [{"success": True, "unread_count": 0}] * 2
    assert (await browser.thread(ticket))["unread_count"] == 0


async def test_the_list_shows_each_ticket_newest_first(desk: Desk, browser: Browser) -> None:
    first = (await browser.say("One"))["ticket_id"]
    second = (await browser.say("Two"))["ticket_id"]
    await desk.call("PATCH", f"{first}/", {"status": "resolved"})
    await reply(desk, second, "Three")

    listed = (await browser.get("tickets")).json()

    newest = listed["results"][0]
    assert listed["count"] == 2
    assert [ticket["id"] for ticket in listed["results"]] == [second, first]
    assert list(newest) == [
        "id", "ticket_number", "status", "unread_count",
        "last_message", "last_message_at", "message_count", "created_at",
    ]  # fmt: skip
    assert (newest["last_message"], newest["message_count"], newest["unread_count"]) == (
        "Three",
        2,
        1,
    )
    assert newest["created_at"].endswith("+00:00")
    assert await browser.tickets(status="resolved") == [first]
    assert await browser.tickets(limit=1, offset=1) == [first]
    assert (await browser.get("tickets", limit=1, offset=1)).json()["count"] == 2


async def test_an_unknown_status_is_refused(browser: Browser) -> None:
    answer = await browser.get("tickets", status="lost")

    assert answer.status_code == 400
    assert answer.json()["details"] == {"status": ['"lost" is not a valid choice.']}


async def test_a_poll_with_nothing_new_costs_no_query(
    desk: Desk, browser: Browser, ledger: Ledger
) -> None:
    said = await browser.say("One")
    ticket, after = said["ticket_id"], said["created_at"]
    await browser.thread(ticket, after=after)
    await browser.tickets()

    with ledger.counting() as spent:
        thread = await browser.thread(ticket, after=after)
        await browser.tickets()

    assert (thread["messages"], thread["ticket_status"]) == ([], "new")
    assert spent == []


async def test_what_is_known_is_not_sent_again(
    desk: Desk, browser: Browser, ledger: Ledger
) -> None:
    ticket = (await browser.say("One"))["ticket_id"]
    whole = await browser.get(f"messages/{ticket}")
    listed = await browser.get("tickets")

    with ledger.counting() as spent:
        answers = [
            await browser.get(path, headers={"If-None-Match": known.headers["etag"]})
            for path, known in ((f"messages/{ticket}", whole), ("tickets", listed))
        ]

    assert [(answer.status_code, answer.content) for answer in answers] == [(304, b"")] * 2
    assert [answer.headers["etag"] for answer in answers] == [
        whole.headers["etag"],
        listed.headers["etag"],
    ]
    assert spent == []


async def test_every_change_is_seen_at_the_next_poll(desk: Desk, browser: Browser) -> None:
    said = await browser.say("One")
    ticket, after = said["ticket_id"], said["created_at"]

    async def poll() -> tuple[int, str, str | None]:
        thread = await browser.thread(ticket, after=after)
        listed = (await browser.get("tickets")).json()["results"][0]
        assert listed["status"] == thread["ticket_status"]
        return len(thread["messages"]), listed["status"], listed["last_message"]

    seen = [await poll()]
    await reply(desk, ticket, "Two")
    seen.append(await poll())
    await desk.call("PATCH", f"{ticket}/", {"status": "resolved"})
    seen.append(await poll())

    assert seen == [(0, "new", "One"), (1, "new", "Two"), (1, "resolved", "Two")]


async def test_another_ticket_appears_in_the_remembered_list(browser: Browser) -> None:
    first = (await browser.say("One"))["ticket_id"]
    assert await browser.tickets() == [first]

    second = (await browser.say("Two"))["ticket_id"]

    assert await browser.tickets() == [second, first]


async def test_a_deleted_ticket_is_gone_and_comes_back(desk: Desk, browser: Browser) -> None:
    ticket = (await browser.say("One"))["ticket_id"]
    assert await browser.tickets() == [ticket]

    await desk.call("DELETE", f"{ticket}/")
    gone = await browser.get(f"messages/{ticket}", after="2020-01-01T00:00:00Z")
    listed = await browser.tickets()
    await desk.call("POST", f"{ticket}/restore_deleted/")

    assert (gone.status_code, listed) == (404, [])
    assert await browser.tickets() == [ticket]
    assert await browser.texts(ticket, after="2020-01-01T00:00:00Z") == ["One"]


async def test_what_another_process_commits_is_heard_of(
    other_process: Desk, browser: Browser
) -> None:
    said = await browser.say("One")
    ticket, after = said["ticket_id"], said["created_at"]
    await browser.thread(ticket, after=after)
    await browser.tickets()

    await reply(other_process, ticket, "Two")

    async def poll() -> tuple[list[str], int]:
        listed = (await browser.get("tickets")).json()["results"][0]
        return await browser.texts(ticket, after=after), listed["unread_count"]

    await eventually(poll, (["Two"], 1))
