import asyncio
from typing import Any
from uuid import uuid4

import httpx
import pytest

from rejoinder.db.pool import Database
from rejoinder.messages import access
from rejoinder.messages.types import attachments_of
from tests.builders import Desk
from tests.messages.attachments.uploading import an_attachment, image
from tests.tickets.counting import counting_queries

SCOPE = "conversations_ticket"


async def reply(desk: Desk, *ids: str, text: str = "Here", **fields: Any) -> httpx.Response:
    return await desk.call("POST", "1/reply/", {"message": text, "attachment_ids": ids, **fields})


async def thread(desk: Desk) -> list[dict[str, Any]]:
    return (await desk.call("GET", "1/messages/")).json()["results"]


async def test_a_reply_holds_what_was_uploaded_for_it(desk: Desk) -> None:
    await desk.a_ticket()
    first = await an_attachment(desk, name="a.png")
    second = await an_attachment(desk, b"text", name="b.txt")

    made = await reply(desk, second["id"], first["id"])

    (message,) = await thread(desk)
    assert made.status_code == 201
    assert made.json()["attachments"] == [first, second]
    assert message["attachments"] == [first, second]


async def test_notes_and_comments_hold_attachments_too(desk: Desk) -> None:
    ticket = await desk.a_ticket()
    first, second, third = [await an_attachment(desk) for _ in range(3)]

    note = await desk.call("POST", "1/notes/", {"message": "Psst", "attachment_ids": [first["id"]]})
    body = {"scope": SCOPE, "item_id": ticket["id"], "content": "Hi"}
    comment = await desk.call("POST", desk.comments, body | {"attachment_ids": [second["id"]]})
    more = await desk.call(
        "PATCH", f"1/notes/{note.json()['id']}/", {"message": "P", "attachment_ids": [third["id"]]}
    )

    listed = await desk.call("GET", desk.comments, params={"scope": SCOPE, "item_id": ticket["id"]})
    assert note.json()["attachments"] == [first]
    assert comment.json()["attachments"] == [second]
    assert more.json()["attachments"] == [first, third]
    assert [found["attachments"] for found in listed.json()["results"]] == [
        [second],
        [first, third],
    ]


async def test_only_ones_own_unused_uploads_of_this_project_can_be_put_in(
    desk: Desk, other_desk: Desk
) -> None:
    await desk.a_ticket()
    bens = await desk.a_key("*", user=await desk.a_user())
    used = (await an_attachment(desk))["id"]
    assert (await reply(desk, used)).status_code == 201
    somebodys = (await an_attachment(desk, key=bens))["id"]
    elsewhere = (await an_attachment(other_desk))["id"]

    answers = [
        await reply(desk, wrong, text=wrong) for wrong in (used, somebodys, elsewhere, str(uuid4()))
    ]

    assert {(a.status_code, a.json()["attr"]) for a in answers} == {(400, "attachment_ids")}
    assert len(await thread(desk)) == 1


async def test_a_message_holds_twenty_attachments_at_most(desk: Desk) -> None:
    await desk.a_ticket()
    ids = [(await an_attachment(desk, b"x"))["id"] for _ in range(21)]

    too_many = await reply(desk, *ids)
    note = await desk.call("POST", "1/notes/", {"message": "a", "attachment_ids": ids[:20]})
    one_more = await desk.call(
        "PATCH", f"1/notes/{note.json()['id']}/", {"message": "a", "attachment_ids": ids[20:]}
    )

    assert (too_many.status_code, too_many.json()["attr"]) == (400, "attachment_ids")
    assert note.status_code == 201
    assert (one_more.status_code, one_more.json()["code"]) == (400, "max_length")


async def test_the_same_reply_again_is_the_same_and_with_another_file_it_is_not(
    desk: Desk,
) -> None:
    await desk.a_ticket()
    first, second = (await an_attachment(desk))["id"], (await an_attachment(desk))["id"]

    answers = [await reply(desk, *ids) for ids in ([first], [first], [second], [])]

    assert [answer.status_code for answer in answers] == [201, 200, 201, 201]
    assert answers[0].json() == answers[1].json()


async def test_an_image_of_the_text_leads_every_reader_to_its_attachment(desk: Desk) -> None:
    ticket = await desk.a_ticket()
    made = await an_attachment(desk)
    document = image(f"attachment:{made['id']}")

    answered = (await reply(desk, rich_content=document)).json()

    (message,) = await thread(desk)
    timeline = (await desk.call("GET", f"{ticket['id']}/timeline/")).json()["results"]
    shown = [answered, message, *(entry["message"] for entry in timeline if entry["message"])]
    assert len(shown) == 3
    assert [each["rich_content"] for each in shown] == [image(made["url"])] * 3
    assert [each["attachments"] for each in shown] == [[made]] * 3


async def test_a_text_may_show_what_another_message_holds(desk: Desk) -> None:
    await desk.a_ticket()
    made = await an_attachment(desk)
    await reply(desk, made["id"])

    again = await reply(desk, text="Again", rich_content=image(f"attachment:{made['id']}"))

    assert again.status_code == 201
    assert again.json()["attachments"] == []
    assert again.json()["rich_content"] == image(made["url"])


async def test_a_text_shows_only_attachments_that_are_there(desk: Desk, other_desk: Desk) -> None:
    await desk.a_ticket()
    elsewhere = (await an_attachment(other_desk))["id"]
    sources = [
        f"attachment:{elsewhere}",
        f"attachment:{uuid4()}",
        f"attachment:{str(uuid4()).upper()}",
        "attachment:",
        "attachment:../../secret",
    ]

    answers = [await reply(desk, rich_content=image(source)) for source in sources]

    assert {(a.status_code, a.json()["attr"]) for a in answers} == {(400, "rich_content")}


async def test_words_that_look_like_an_image_stay_words(desk: Desk, other_desk: Desk) -> None:
    await desk.a_ticket()
    reference = f"attachment:{(await an_attachment(other_desk))['id']}"
    words = [reference, f'"src": "{reference}"', f'x", "src": "{reference}']
    texts = [{"type": "text", "text": word} for word in words]
    document = {"type": "doc", "content": [{"type": "paragraph", "content": texts}]}

    answered = await reply(desk, rich_content=document)

    (message,) = await thread(desk)
    assert answered.json()["rich_content"] == message["rich_content"] == document


async def test_an_edit_that_shows_an_image_puts_it_in(desk: Desk) -> None:
    await desk.a_ticket()
    note = (await desk.call("POST", "1/notes/", {"message": "Look"})).json()
    made = await an_attachment(desk)
    changes = {"message": "Look", "rich_content": image(f"attachment:{made['id']}")}

    edited = await desk.call("PATCH", f"1/notes/{note['id']}/", changes)

    assert edited.json()["attachments"] == [made]
    assert edited.json()["rich_content"] == image(made["url"])


@pytest.mark.parametrize("end", ["message", "ticket"])
async def test_what_is_deleted_is_read_by_nobody(desk: Desk, end: str) -> None:
    await desk.a_ticket()
    made = await an_attachment(desk)
    message = (await reply(desk, made["id"])).json()

    before = await desk.client.get(made["url"])
    if end == "message":
        await desk.call("PATCH", f"{desk.comments}{message['id']}/", {"deleted": True})
    else:
        await desk.call("DELETE", "1/")

    assert before.status_code == 200
    assert (await desk.client.get(made["url"])).status_code == 404


async def test_a_thread_costs_the_same_however_many_attachments_it_has(
    desk: Desk, database: Database
) -> None:
    await desk.a_ticket()
    for number in range(3):
        ids = [(await an_attachment(desk))["id"] for _ in range(2)]
        await reply(desk, *ids, text=str(number))

    async with counting_queries(database) as queries:
        found, _ = await access.thread(database, desk.project.id, 1, 50, 0)
        # The driver tells of a statement a moment after it has run.
        await asyncio.sleep(0)

    assert len(queries) == 3
    assert [len(attachments_of(message)) for message in found] == [2, 2, 2]
