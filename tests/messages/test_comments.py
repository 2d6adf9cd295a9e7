from typing import Any

import httpx

from tests.builders import Desk

SCOPE = "conversations_ticket"


async def comment(desk: Desk, ticket: str, **fields: object) -> httpx.Response:
    body: dict[str, Any] = {"scope": SCOPE, "item_id": ticket, **fields}
    return await desk.call("POST", desk.comments, body)


async def test_the_inbox_of_the_wire_replies_and_notes_through_comments(desk: Desk) -> None:
    ticket = await desk.a_ticket()

    reply = await comment(desk, ticket["id"], content="Hi")
    note = await comment(desk, ticket["id"], content="Psst", item_context={"is_private": True})

    thread = (await desk.call("GET", "1/messages/")).json()["results"]
    assert (reply.status_code, note.status_code) == (201, 201)
    assert [message["message_type"] for message in thread] == ["sent_reply", "internal_note"]
    assert note.json()["item_context"] == {"author_type": "support", "is_private": True}
    assert reply.json()["created_by"]["email"] == desk.ada.email
    assert reply.json()["scope"] == SCOPE


async def test_comments_are_listed_newest_first_page_by_page(desk: Desk) -> None:
    ticket = await desk.a_ticket()
    for number in range(103):
        await comment(desk, ticket["id"], content=f"Number {number}")
    parameters = {"scope": SCOPE, "item_id": ticket["id"]}

    first = (await desk.call("GET", desk.comments, params=parameters)).json()
    second = (await desk.call("GET", first["next"].removeprefix("http://testserver"))).json()
    count = await desk.call("GET", desk.comments + "count/", params=parameters)

    contents = [found["content"] for found in first["results"] + second["results"]]
    assert contents == [f"Number {number}" for number in reversed(range(103))]
    assert second["next"] is None
    assert count.json() == {"count": 103}


async def test_only_its_author_edits_or_deletes_a_comment(desk: Desk) -> None:
    ticket = await desk.a_ticket()
    made = (await comment(desk, ticket["id"], content="Hi")).json()
    path = f"{desk.comments}{made['id']}/"
    other_key = await desk.a_key("*", user=await desk.a_user())

    foreign = await desk.call("PATCH", path, {"content": "Mine now"}, key=other_key)
    edited = await desk.call("PATCH", path, {"content": "Hello"})
    shown = (await desk.call("GET", "1/")).json()["last_message_text"]
    empty = await desk.call("PATCH", path, {"content": " "})
    refused = await desk.call("DELETE", path)
    deleted = await desk.call("PATCH", path, {"deleted": True})
    after = (await desk.call("GET", "1/")).json()

    assert foreign.status_code == 403
    assert (edited.json()["content"], edited.json()["version"]) == ("Hello", 1)
    assert shown == "Hello"
    assert (empty.status_code, refused.status_code) == (400, 405)
    assert deleted.json()["deleted"] is True
    assert (after["message_count"], after["last_message_text"]) == (0, None)
    assert after["unread_customer_count"] == 0


async def test_a_comment_needs_a_known_ticket_and_something_to_say(desk: Desk) -> None:
    ticket = await desk.a_ticket()

    unknown = await comment(desk, "00000000-0000-0000-0000-000000000000", content="Hi")
    empty = await comment(desk, ticket["id"], content="")
    bad_flag = await comment(desk, ticket["id"], content="x", item_context={"is_private": "maybe"})

    assert (unknown.status_code, unknown.json()["attr"]) == (400, "item_id")
    assert (empty.status_code, empty.json()["attr"]) == (400, "content")
    assert (bad_flag.status_code, bad_flag.json()["attr"]) == (400, "item_context__is_private")


async def test_what_is_only_rich_is_shown_as_its_text(desk: Desk) -> None:
    ticket = await desk.a_ticket()
    document = {
        "type": "doc",
        "content": [{"type": "paragraph", "content": [{"type": "text", "text": "Only rich"}]}],
    }

    made = await comment(desk, ticket["id"], rich_content=document)

    assert made.json()["content"] == "Only rich"
    assert (await desk.call("GET", "1/")).json()["last_message_text"] == "Only rich"


async def test_a_thread_holds_what_answers_a_comment(desk: Desk) -> None:
    ticket = await desk.a_ticket()
    first = (await comment(desk, ticket["id"], content="Question")).json()["id"]
    await comment(desk, ticket["id"], content="Answer", source_comment=first)
    await comment(desk, ticket["id"], content="Something else")

    thread = await desk.call("GET", f"{desk.comments}{first}/thread/")

    assert [found["content"] for found in thread.json()["results"]] == ["Answer"]
