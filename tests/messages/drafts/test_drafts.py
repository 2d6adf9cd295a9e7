"""Drafts: one for each teammate and ticket, kept until dropped, and nobody else's."""

from typing import Any

from rejoinder.db.sql import Statement
from rejoinder.messages.drafts.upkeep import purge_drafts
from tests.builders import Desk
from tests.tickets.log import types_of

DOCUMENT: dict[str, Any] = {
    "type": "doc",
    "content": [{"type": "paragraph", "content": [{"type": "text", "text": "I will"}]}],
}
AGE = Statement("UPDATE drafts SET updated_at = now() - interval '91 days' WHERE project_id = $1")


def drafts(desk: Desk) -> str:
    return f"{desk.url}conversations/drafts/"


async def test_a_draft_is_read_as_it_was_kept(desk: Desk) -> None:
    await desk.a_ticket()
    draft = {"content": "I will", "rich_content": DOCUMENT, "is_private": True}

    kept = await desk.call("PUT", "1/draft/", draft)
    read = await desk.call("GET", "1/draft")

    assert (kept.status_code, read.status_code) == (200, 200)
    assert read.json() == kept.json() == draft | {"updated_at": kept.json()["updated_at"]}


async def test_a_draft_replaces_the_one_before(desk: Desk) -> None:
    await desk.a_ticket()
    await desk.call("PUT", "1/draft/", {"content": "I", "rich_content": DOCUMENT})

    await desk.call("PUT", "1/draft/", {"content": "I will"})

    read = (await desk.call("GET", "1/draft/")).json()
    assert (read["content"], read["rich_content"], read["is_private"]) == ("I will", None, False)


async def test_a_draft_without_content_is_none(desk: Desk) -> None:
    await desk.a_ticket()
    await desk.call("PUT", "1/draft/", {"content": "I will"})

    emptied = await desk.call("PUT", "1/draft/", {"content": " \n"})

    assert (emptied.status_code, emptied.content) == (204, b"")
    assert (await desk.call("GET", "1/draft/")).status_code == 404
    assert (await desk.call("GET", drafts(desk))).json() == {"results": []}


async def test_a_dropped_draft_is_gone_and_sending_drops_none(desk: Desk) -> None:
    await desk.a_ticket()
    await desk.call("PUT", "1/draft/", {"content": "I will"})

    await desk.call("POST", "1/reply/", {"message": "I will"})
    kept = await desk.call("GET", "1/draft/")
    dropped = [await desk.call("DELETE", "1/draft/") for _ in range(2)]

    assert kept.status_code == 200
    assert [answer.status_code for answer in dropped] == [204, 204]
    assert (await desk.call("GET", "1/draft/")).status_code == 404


async def test_nobody_reads_anybody_elses_draft(desk: Desk) -> None:
    await desk.a_ticket()
    await desk.call("PUT", "1/draft/", {"content": "I will"})
    key = await desk.a_key("*", user=await desk.a_user("admin"))

    assert (await desk.call("GET", "1/draft/", key=key)).status_code == 404
    assert (await desk.call("GET", drafts(desk), key=key)).json() == {"results": []}


async def test_the_list_has_the_latest_first_and_how_each_begins(desk: Desk) -> None:
    first, second, third = [await desk.a_ticket() for _ in range(3)]
    for ticket in (second, first, third):
        await desk.call("PUT", f"{ticket['id']}/draft/", {"content": "é" * 300})
    await desk.call("DELETE", f"{third['id']}/")

    listed = (await desk.call("GET", drafts(desk))).json()["results"]

    assert [draft["ticket_number"] for draft in listed] == [1, 2]
    assert listed[0] | {"updated_at": ""} == {
        "ticket_id": first["id"],
        "ticket_number": 1,
        "is_private": False,
        "content": "é" * 200,
        "updated_at": "",
    }


async def test_a_draft_needs_a_ticket_that_is_there(desk: Desk, other_desk: Desk) -> None:
    ticket = await other_desk.a_ticket()

    for ref in (ticket["id"], "7", "x"):
        for method, body in (("GET", None), ("PUT", {"content": "I"}), ("DELETE", None)):
            assert (await desk.call(method, f"{ref}/draft/", body)).status_code == 404


async def test_a_viewer_keeps_no_draft(desk: Desk) -> None:
    await desk.a_ticket()
    key = await desk.a_key("*", user=await desk.a_user("viewer"))

    answer = await desk.call("PUT", "1/draft/", {"content": "I will"}, key=key)

    assert answer.status_code == 403


async def test_a_draft_that_is_too_large_or_unsafe_is_refused(desk: Desk) -> None:
    await desk.a_ticket()
    script = {"type": "doc", "content": [{"type": "script"}]}

    large = await desk.call("PUT", "1/draft/", {"content": "x" * 50_000})
    unsafe = await desk.call("PUT", "1/draft/", {"content": "x", "rich_content": script})

    assert (large.status_code, large.json()["code"]) == (400, "max_length")
    assert (unsafe.status_code, unsafe.json()["attr"]) == (400, "rich_content")


async def test_a_draft_says_nothing_to_anybody(desk: Desk) -> None:
    await desk.a_ticket()

    await desk.call("PUT", "1/draft/", {"content": "I will"})
    await desk.call("DELETE", "1/draft/")

    assert await types_of(desk) == ["ticket.created"]


async def test_a_draft_that_nobody_goes_on_with_is_removed_after_90_days(desk: Desk) -> None:
    await desk.a_ticket()
    await desk.a_ticket()
    await desk.call("PUT", "1/draft/", {"content": "Old"})
    await desk.work.database.run(AGE, desk.project.id)
    await desk.call("PUT", "2/draft/", {"content": "New"})

    await purge_drafts(desk.work)

    listed = (await desk.call("GET", drafts(desk))).json()["results"]
    assert [draft["content"] for draft in listed] == ["New"]
