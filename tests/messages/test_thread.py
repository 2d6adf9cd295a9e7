import asyncio
from typing import Any

from tests.builders import Desk

RICH: dict[str, Any] = {
    "type": "doc",
    "content": [{"type": "paragraph", "content": [{"type": "text", "text": "Hello"}]}],
}


async def test_a_reply_is_counted_shown_and_unread_by_the_customer(desk: Desk) -> None:
    await desk.a_ticket(message="Where is my parcel?")

    reply = await desk.call("POST", "1/reply/", {"message": "  On its way.  "})

    ticket = (await desk.call("GET", "1/")).json()
    assert reply.status_code == 201
    assert reply.json() | {"id": "", "created_at": ""} == {
        "id": "",
        "message_type": "sent_reply",
        "content": "On its way.",
        "rich_content": None,
        "author_type": "support",
        "author_name": desk.ada.email,
        "author_email": desk.ada.email,
        "is_private": False,
        "has_full_email_content": False,
        "version": 0,
        "created_at": "",
        "attachments": [],
    }
    assert ticket["message_count"] == 2
    assert ticket["last_message_text"] == "On its way."
    assert ticket["last_message_at"] == reply.json()["created_at"]
    assert ticket["unread_customer_count"] == 1


async def test_the_thread_is_in_order_with_notes_and_without_deleted_ones(desk: Desk) -> None:
    await desk.a_ticket(message="First")
    await desk.call("POST", "1/reply/", {"message": "Second"})
    note = await desk.call("POST", "1/notes/", {"message": "Third"})
    gone = await desk.call("POST", "1/notes/", {"message": "Fourth"})
    await desk.call("DELETE", f"1/notes/{gone.json()['id']}/")

    page = (await desk.call("GET", "1/messages/")).json()

    assert [message["content"] for message in page["results"]] == ["First", "Second", "Third"]
    assert [message["message_type"] for message in page["results"]] == [
        "customer_message",
        "sent_reply",
        "internal_note",
    ]
    assert page["count"] == 3
    assert note.json()["is_private"] is True


async def test_a_note_touches_nothing_that_is_public(desk: Desk) -> None:
    before = await desk.a_ticket(message="Hello")

    await desk.call("POST", "1/notes/", {"message": "He is a difficult one."})

    after = (await desk.call("GET", "1/")).json()
    assert after | {"unread_team_count": 1} == before


async def test_the_same_reply_again_answers_with_the_first_one(desk: Desk) -> None:
    await desk.a_ticket()

    first = await desk.call("POST", "1/reply/", {"message": "Hi"})
    again = await desk.call("POST", "1/reply/", {"message": "Hi"})
    other = await desk.call("POST", "1/reply/", {"message": "Hi", "is_private": True})

    assert [first.status_code, again.status_code, other.status_code] == [201, 200, 201]
    assert again.json() == first.json()


async def test_parallel_sends_of_one_reply_add_it_once(desk: Desk) -> None:
    await desk.a_ticket()

    answers = await asyncio.gather(
        *(desk.call("POST", "1/reply/", {"message": "Hi"}) for _ in range(12))
    )

    statuses = sorted(answer.status_code for answer in answers)
    assert statuses[-1] == 409 or statuses[-1] == 201
    assert statuses.count(201) == 1
    assert {answer.json().get("error_type") for answer in answers} <= {None, "reply_in_progress"}
    assert (await desk.call("GET", "1/messages/")).json()["count"] == 1


async def test_note_errors_are_in_the_words_of_the_wire(desk: Desk) -> None:
    await desk.a_ticket(message="Hello")
    await desk.a_ticket()
    customer = (await desk.call("GET", "1/messages/")).json()["results"][0]["id"]
    note = (await desk.call("POST", "1/notes/", {"message": "Mine"})).json()["id"]
    other_key = await desk.a_key("*", user=await desk.a_user())
    text = {"message": "Changed"}

    public = await desk.call("PATCH", f"1/notes/{customer}/", text)
    foreign = await desk.call("PATCH", f"1/notes/{note}/", text, key=other_key)
    elsewhere = await desk.call("PATCH", f"2/notes/{note}/", text)
    mine = await desk.call("PATCH", f"1/notes/{note}/", text)

    assert (public.status_code, public.json()["error_type"]) == (400, "not_private_note")
    assert (foreign.status_code, foreign.json()["error_type"]) == (403, "not_note_author")
    assert (elsewhere.status_code, elsewhere.json()["error_type"]) == (404, "note_not_found")
    assert (mine.status_code, mine.json()["version"]) == (200, 1)


async def test_rich_content_is_taken_only_if_all_of_it_is_safe(desk: Desk) -> None:
    await desk.a_ticket()
    link = {"type": "link", "attrs": {"href": "javascript:alert(1)"}}
    evil = {"type": "doc", "content": [{"type": "text", "text": "x", "marks": [link]}]}

    good = await desk.call("POST", "1/reply/", {"message": "Hello", "rich_content": RICH})
    bad = await desk.call("POST", "1/reply/", {"message": "Hello", "rich_content": evil})
    unknown = await desk.call(
        "POST", "1/reply/", {"message": "x", "rich_content": {"type": "script"}}
    )

    assert good.json()["rich_content"] == RICH
    assert (bad.status_code, bad.json()["attr"]) == (400, "rich_content")
    assert (unknown.status_code, unknown.json()["attr"]) == (400, "rich_content")


async def test_a_switched_off_project_takes_no_replies(desk: Desk) -> None:
    await desk.a_ticket()
    await desk.set(enabled=False)

    refused = await desk.call("POST", "1/reply/", {"message": "Hi"})

    assert (refused.status_code, refused.json()) == (400, {"detail": "Support is not enabled."})


async def test_a_reply_sets_the_status_that_the_project_wants(desk: Desk) -> None:
    await desk.a_ticket()
    await desk.set(status_on_team_reply="pending")

    await desk.call("POST", "1/notes/", {"message": "Hm"})
    after_note = (await desk.call("GET", "1/")).json()["status"]
    await desk.call("POST", "1/reply/", {"message": "Hi"})
    after_reply = (await desk.call("GET", "1/")).json()["status"]

    assert (after_note, after_reply) == ("new", "pending")
