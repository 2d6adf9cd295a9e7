"""POST message: what opens a ticket, what goes on with one, and what is refused."""

from typing import Any

import pytest

from tests.builders import Desk
from tests.channels.widget.browser import Browser, a_session, configure, identified, reply


async def test_a_first_message_opens_a_ticket(desk: Desk, browser: Browser) -> None:
    answer = await browser.post("message", message=" Hello? ", distinct_id="d1", ticket_id=None)

    said = answer.json()
    ticket = (await desk.call("GET", "1/")).json()
    assert answer.status_code == 200
    assert list(said) == [
        "ticket_id", "message_id", "ticket_status", "unread_count", "created_at",
    ]  # fmt: skip
    assert (said["ticket_status"], said["unread_count"]) == ("new", 0)
    assert said["created_at"].endswith("+00:00")
    assert (ticket["id"], ticket["distinct_id"]) == (said["ticket_id"], "d1")
    assert (ticket["channel_source"], ticket["channel_detail"]) == ("widget", "widget_api")
    assert (ticket["last_message_text"], ticket["message_count"]) == ("Hello?", 1)
    assert ticket["identity_verified"] is False
    assert ticket["person"] is None


async def test_a_widget_that_is_shown_is_told_from_the_api(desk: Desk, browser: Browser) -> None:
    await configure(desk, widget_enabled=True)

    await browser.say("Hello?")

    ticket = (await desk.call("GET", "1/")).json()
    assert ticket["channel_detail"] == "widget_embedded"
    assert await desk.unread() == 0


async def test_no_ticket_id_always_opens_another_ticket(browser: Browser) -> None:
    first = await browser.say("One")

    second = await browser.say("Two")

    assert await browser.tickets() == [second["ticket_id"], first["ticket_id"]]


async def test_a_message_goes_on_with_a_ticket(desk: Desk, browser: Browser) -> None:
    ticket = (await browser.say("One"))["ticket_id"]
    await reply(desk, ticket)

    said = await browser.say("Two", ticket)

    assert (said["ticket_id"], said["unread_count"]) == (ticket, 1)
    assert await browser.texts(ticket) == ["One", "We are on it.", "Two"]


@pytest.mark.parametrize("status", ["pending", "on_hold", "resolved"])
async def test_a_message_never_changes_the_status(
    desk: Desk, browser: Browser, status: str
) -> None:
    ticket = (await browser.say("One"))["ticket_id"]
    await desk.call("PATCH", f"{ticket}/", {"status": status})

    said = await browser.say("Two", ticket)

    assert said["ticket_status"] == status


async def test_a_message_sent_again_is_answered_with_the_first(browser: Browser) -> None:
    first = await browser.say("Once", client_id="m-1")

    again = await browser.say("Once", client_id="m-1")
    stranger = await Browser(browser.desk).say("Once", client_id="m-1")

    assert again == first
    assert stranger["ticket_id"] != first["ticket_id"]
    assert await browser.texts(first["ticket_id"]) == ["Once"]


async def test_traits_and_context_are_merged_key_by_key(desk: Desk, browser: Browser) -> None:
    traits = {"name": "Cleo", "plan": "free"}
    context = {"current_url": "https://shop.example/", "session_replay_url": "a"}
    said = await browser.say("One", traits=traits, session_context=context, session_id="s1")

    await browser.say(
        "Two",
        said["ticket_id"],
        traits={"name": None, "plan": "paid", "seats": 3},
        session_context={"session_replay_url": "b"},
        session_id="s2",
    )

    ticket = (await desk.call("GET", "1/")).json()
    assert ticket["anonymous_traits"] == {"name": "Cleo", "plan": "paid", "seats": "3"}
    assert ticket["session_context"] == context | {"session_replay_url": "b"}
    assert ticket["session_id"] == "s2"


async def test_an_unverified_message_never_repoints_the_ticket(
    desk: Desk, browser: Browser
) -> None:
    ticket = (await browser.say("One", distinct_id="mine"))["ticket_id"]

    await browser.say("Two", ticket, distinct_id="somebody-else")

    assert (await desk.call("GET", "1/")).json()["distinct_id"] == "mine"


async def test_a_verified_message_takes_what_its_browser_opened(desk: Desk) -> None:
    anonymous = Browser(desk)
    ticket = (await anonymous.say("One", distinct_id="guest"))["ticket_id"]

    await identified(desk, "ada", session=anonymous.session).say("Two", ticket)

    row = (await desk.call("GET", "1/")).json()
    assert (row["distinct_id"], row["identity_verified"]) == ("ada", True)
    assert await identified(desk, "ada").texts(ticket) == ["One", "Two"]
    assert (await anonymous.get(f"messages/{ticket}")).status_code == 403


async def test_a_verified_ticket_belongs_to_the_identity_alone(desk: Desk) -> None:
    session = a_session()
    both = identified(desk, "ada", session=session)

    ticket = (await both.say("Private", distinct_id="forged"))["ticket_id"]

    row = (await desk.call("GET", "1/")).json()
    assert (row["distinct_id"], row["identity_verified"]) == ("ada", True)
    assert await identified(desk, "ada").tickets() == [ticket]
    assert await Browser(desk, session).tickets() == []


REFUSED: list[tuple[dict[str, Any], dict[str, list[str]]]] = [
    ({"message": None}, {"message": ["This field may not be null."]}),
    ({"message": "  "}, {"message": ["This field may not be blank."]}),
    ({"message": {}}, {"message": ["Not a valid string."]}),
    (
        {"message": "x" * 10_001},
        {"message": ["Ensure this field has no more than 10000 characters."]},
    ),
    ({"distinct_id": None}, {"distinct_id": ["This field may not be null."]}),
    (
        {"distinct_id": "x" * 401},
        {"distinct_id": ["Ensure this field has no more than 400 characters."]},
    ),
    ({"widget_session_id": "nobody"}, {"widget_session_id": ["Must be a valid UUID."]}),
    ({"traits": "x"}, {"traits": ['Expected a dictionary of items but got type "str".']}),
    (
        {"session_id": "x" * 65},
        {"session_id": ["Ensure this field has no more than 64 characters."]},
    ),
    (
        {"identity_distinct_id": "a", "identity_hash": "b"},
        {"identity_hash": ["Ensure this field has at least 64 characters."]},
    ),
    ({"message": "a\0b"}, {"message": ["Null characters are not allowed."]}),
]


@pytest.mark.parametrize(("wrong", "details"), REFUSED)
async def test_a_wrong_field_is_named(
    browser: Browser, wrong: dict[str, Any], details: dict[str, list[str]]
) -> None:
    answer = await browser.post("message", **({"message": "Hi", "distinct_id": "d"} | wrong))

    assert answer.status_code == 400
    assert answer.json()["error"] == "Invalid request data"
    assert details.items() <= answer.json()["details"].items()


async def test_nobody_in_particular_is_refused(desk: Desk) -> None:
    answer = await Browser(desk, has_session=False).post("message", message="Hi", distinct_id="d")

    assert answer.status_code == 400
    assert list(answer.json()["details"]) == ["non_field_errors"]


@pytest.mark.parametrize("ticket", ["7", 7, "not-a-uuid", {}])
async def test_a_ticket_id_that_is_none_is_told(browser: Browser, ticket: object) -> None:
    answer = await browser.post("message", message="Hi", distinct_id="d", ticket_id=ticket)

    assert (answer.status_code, answer.json()) == (400, {"error": "Invalid ticket_id format"})


async def test_an_unknown_ticket_is_not_found(browser: Browser) -> None:
    answer = await browser.post("message", message="Hi", distinct_id="d", ticket_id=a_session())

    assert (answer.status_code, answer.json()) == (404, {"error": "Ticket not found"})


async def test_a_strangers_ticket_is_forbidden(browser: Browser) -> None:
    ticket = (await browser.say("Mine"))["ticket_id"]

    answer = await Browser(browser.desk).post(
        "message", message="Hi", distinct_id="anonymous", ticket_id=ticket
    )

    assert (answer.status_code, answer.json()) == (403, {"error": "Forbidden"})
    assert await browser.texts(ticket) == ["Mine"]


async def test_a_robot_that_fills_every_field_is_refused(browser: Browser) -> None:
    answer = await browser.post("message", _hp="x")

    assert (answer.status_code, answer.json()) == (400, {"error": "Invalid request"})


async def test_what_is_no_json_is_told(browser: Browser) -> None:
    answer = await browser.desk.client.post(
        "/api/conversations/v1/widget/message",
        content=b"{",
        headers={"X-Conversations-Token": browser.desk.project.widget_public_token},
    )

    assert answer.status_code == 400
    assert answer.json()["code"] == "parse_error"
