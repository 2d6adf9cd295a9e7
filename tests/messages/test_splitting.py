"""Splitting: a customer's second matter gets a ticket of its own."""

from typing import Any

import pytest

from rejoinder.db.sql import Statement
from rejoinder.tickets.queries import drifts
from tests.builders import Desk
from tests.channels.widget.browser import Browser
from tests.messages.attachments.uploading import an_attachment
from tests.tickets.log import events_of

LEAVE = Statement("DELETE FROM memberships WHERE user_id = $1")


async def said(desk: Desk, number: int) -> list[dict[str, Any]]:
    return (await desk.call("GET", f"{number}/messages/")).json()["results"]


async def texts(desk: Desk, number: int) -> list[str]:
    return [message["content"] for message in await said(desk, number)]


async def split(desk: Desk, number: int, *wanted: str, **fields: object) -> dict[str, Any]:
    ids = [each["id"] for each in await said(desk, number) if each["content"] in wanted]
    answer = await desk.call("POST", f"{number}/split/", {"message_ids": ids, **fields})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_the_messages_move_and_both_tickets_count_what_they_have(desk: Desk) -> None:
    browser = Browser(desk)
    opened = (await browser.say("Parcel?"))["ticket_id"]
    await browser.say("And my bill?", opened)
    await desk.call("POST", "1/reply/", {"message": "On its way."})
    await desk.call("POST", "1/reply/", {"message": "Which bill?"})
    await browser.say("The last one", opened)

    new = await split(desk, 1, "And my bill?", "Which bill?", "The last one")

    old = (await desk.call("GET", "?")).json()["results"][-1]
    assert await texts(desk, 1) == ["Parcel?", "On its way."]
    assert await texts(desk, 2) == ["And my bill?", "Which bill?", "The last one"]
    shown = ["message_count", "last_message_text", "unread_team_count", "unread_customer_count"]
    assert [new[name] for name in shown] == [3, "The last one", 2, 1]
    assert [old[name] for name in shown] == [2, "On its way.", 1, 1]
    assert await drifts(desk.work.database, desk.project.id) == []
    assert await desk.unread() == 3


async def test_the_new_ticket_is_the_same_customers(desk: Desk) -> None:
    source = await desk.a_ticket(
        channel_source="email",
        distinct_id="cleo",
        email_from="cleo@example.com",
        email_subject="Parcel",
        anonymous_traits={"name": "Cleo"},
        tags=["vip"],
        assignee={"type": "user", "id": desk.ada.id},
        priority="high",
        status="pending",
        message="First",
    )
    await desk.call("POST", "1/reply/", {"message": "Second"})

    new = await split(desk, 1, "Second")

    same = ("channel_source", "distinct_id", "email_from", "email_subject", "anonymous_traits")
    same = (*same, "tags", "assignee", "person", "identity_verified", "session_context")
    assert {name: new[name] for name in same} == {name: source[name] for name in same}
    assert (new["ticket_number"], new["status"], new["priority"]) == (2, "open", None)


async def test_the_customer_sees_both_tickets(desk: Desk) -> None:
    browser = Browser(desk)
    opened = (await browser.say("First"))["ticket_id"]
    await browser.say("Second", opened)

    new = await split(desk, 1, "Second", status="pending")

    assert await browser.texts(opened) == ["First"]
    assert await browser.texts(new["id"]) == ["Second"]
    listed = (await browser.get("tickets")).json()["results"]
    assert [(each["id"], each["status"]) for each in listed] == [
        (new["id"], "pending"),
        (opened, "new"),
    ]


async def test_attachments_go_with_their_message(desk: Desk) -> None:
    await desk.a_ticket(message="First")
    image = (await an_attachment(desk))["id"]
    await desk.call("POST", "1/reply/", {"message": "Second", "attachment_ids": [image]})

    await split(desk, 1, "Second")

    (moved,) = await said(desk, 2)
    assert [each["id"] for each in moved["attachments"]] == [image]


async def test_both_tickets_say_what_moved_and_notes_apart(desk: Desk) -> None:
    source = await desk.a_ticket(message="First")
    reply = (await desk.call("POST", "1/reply/", {"message": "Second"})).json()["id"]
    note = (await desk.call("POST", "1/notes/", {"message": "Third"})).json()["id"]

    new = await split(desk, 1, "Second", "Third")

    moves = [event for event in await events_of(desk) if event["type"].endswith(".moved")]
    assert [(each["type"], each["ticket_id"], each["message_ids"]) for each in moves] == [
        ("message.moved", source["id"], [reply]),
        ("message.moved", new["id"], [reply]),
        ("note.moved", source["id"], [note]),
        ("note.moved", new["id"], [note]),
    ]
    assert {(each["moved_from"], each["moved_to"]) for each in moves} == {(source["id"], new["id"])}


async def test_notes_alone_can_be_split_off(desk: Desk) -> None:
    await desk.a_ticket(message="First")
    await desk.call("POST", "1/notes/", {"message": "Second"})

    new = await split(desk, 1, "Second")

    assert (new["message_count"], new["last_message_text"]) == (0, None)
    assert {event["type"] for event in await events_of(desk)} >= {"note.moved"}
    assert "message.moved" not in {event["type"] for event in await events_of(desk)}


@pytest.mark.parametrize("moved", [["First"], ["First", "Second"]])
async def test_a_message_stays(desk: Desk, moved: list[str]) -> None:
    await desk.a_ticket(message="First")
    await desk.call("POST", "1/notes/", {"message": "Second"})
    ids = [each["id"] for each in await said(desk, 1) if each["content"] in moved]

    answer = await desk.call("POST", "1/split/", {"message_ids": ids})

    assert (answer.status_code, answer.json()["code"]) == (400, "nothing_left")
    assert await texts(desk, 1) == ["First", "Second"]


async def test_only_messages_that_stand_on_the_ticket_are_moved(
    desk: Desk, other_desk: Desk
) -> None:
    for each in (desk, desk, other_desk):
        await each.a_ticket(message="First")
    await desk.call("POST", "1/reply/", {"message": "Second"})
    gone = (await desk.call("POST", "1/reply/", {"message": "Third"})).json()["id"]
    await desk.call("PATCH", f"{desk.comments}{gone}/", {"deleted": True})
    (elsewhere,), (foreign,) = await said(desk, 2), await said(other_desk, 1)

    for wrong in (elsewhere["id"], foreign["id"], gone, "00000000-0000-0000-0000-000000000000"):
        answer = await desk.call("POST", "1/split/", {"message_ids": [wrong]})

        assert (answer.status_code, answer.json()["attr"]) == (400, "message_ids")


async def test_a_split_may_be_repeated_with_a_key(desk: Desk) -> None:
    await desk.a_ticket(message="First")
    await desk.call("POST", "1/reply/", {"message": "Second"})
    body = {"message_ids": [(await said(desk, 1))[1]["id"]]}
    key = {"Idempotency-Key": "once"}

    first, again = [await desk.call("POST", "1/split/", body, headers=key) for _ in range(2)]

    assert (again.status_code, again.json()) == (201, first.json())
    assert len(await desk.listed()) == 2


async def test_an_assignee_who_has_left_does_not_get_the_new_ticket(desk: Desk) -> None:
    ben = await desk.a_user()
    await desk.a_ticket(message="First", assignee={"type": "user", "id": ben.id})
    await desk.call("POST", "1/reply/", {"message": "Second"})
    await desk.work.database.run(LEAVE, ben.id)

    new = await split(desk, 1, "Second")

    assert new["assignee"] is None


async def test_a_viewer_splits_nothing(desk: Desk) -> None:
    await desk.a_ticket(message="First")
    key = await desk.a_key("*", user=await desk.a_user("viewer"))

    answer = await desk.call(
        "POST", "1/split/", {"message_ids": [(await said(desk, 1))[0]["id"]]}, key=key
    )

    assert answer.status_code == 403
