"""GET of one ticket: by id or number, and that it marks as read, once."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

from rejoinder.errors import RejoinderError
from rejoinder.events.event import Actor
from rejoinder.tickets import queries
from rejoinder.tickets.commands.change import mark_read_by_team
from tests.builders import Desk
from tests.customers import write
from tests.tickets.log import events_of
from tests.web.app import envelope

NOBODYS = "0198a5c0-0000-7000-8000-000000000000"
NOT_FOUND = envelope("invalid_request", "not_found", "Not found.")


def customer(desk: Desk) -> Actor:
    return Actor(desk.project.id, "person", "cleo")


async def test_a_ticket_is_found_by_id_and_by_number(desk: Desk) -> None:
    ticket = await desk.a_ticket()
    names = (ticket["id"], ticket["id"].upper(), ticket["id"].replace("-", ""), "1", "01")

    found = [(await desk.call("GET", f"{name}/")).json()["id"] for name in names]

    assert found == [ticket["id"]] * len(names)


@pytest.mark.parametrize(
    "name",
    [
        "2", "0", "-1", "1.0", "1e0", "x", NOBODYS, "9" * 18, "9" * 19, "9" * 5000, "٣", "\uff11",
        "null", "1,2", "%20", "1%00", "..%2f1", NOBODYS[:-1], NOBODYS + "0", "'", "%F0%9F%92%A9",
    ],
)  # fmt: skip
async def test_what_is_no_ticket_is_not_found(desk: Desk, name: str) -> None:
    await desk.a_ticket()

    answers = [await desk.call(method, f"{name}/") for method in ("GET", "PATCH", "DELETE")]

    assert [(answer.status_code, answer.json()) for answer in answers] == [(404, NOT_FOUND)] * 3


async def test_reading_marks_as_read_once_and_moves_no_time(desk: Desk) -> None:
    ticket = await desk.a_ticket(message="Hello?")
    await write(desk.work, desk.project.id, ticket["id"])
    before = (await desk.call("GET")).json()["results"][0]

    first, second = [(await desk.call("GET", "1/")).json() for _ in range(2)]

    assert before["unread_team_count"] == 2
    assert first == second == before | {"unread_team_count": 0}
    read = [event for event in await events_of(desk) if event["type"] == "ticket.read_by_team"]
    assert [event["previous"] for event in read] == [2]


async def test_a_key_that_may_only_read_marks_as_read(desk: Desk) -> None:
    await desk.a_ticket(message="Hello?")
    key = await desk.a_key("ticket:read")

    read = await desk.call("GET", "1/", key=key)

    assert (read.json()["unread_team_count"], await desk.unread()) == (0, 0)


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
async def test_a_page_of_somebody_else_has_nothing_marked_as_read(desk: Desk, site: str) -> None:
    browser = await desk.session()
    await desk.a_ticket(message="Hello")

    led_here = await browser.call("GET", "1/", headers={"Sec-Fetch-Site": site})
    unread = await desk.unread()
    await browser.call("GET", "1/")

    assert (led_here.status_code, unread, await desk.unread()) == (200, 1, 0)


async def test_a_viewer_reads_without_marking(desk: Desk) -> None:
    await desk.a_ticket(message="Hello?")
    key = await desk.a_key("*", user=await desk.a_user("viewer"))

    read = await desk.call("GET", "1/", key=key)

    assert (read.json()["unread_team_count"], await desk.unread()) == (1, 1)


async def test_the_list_marks_nothing(desk: Desk) -> None:
    await desk.a_ticket(message="Hello?")

    await desk.call("GET")

    assert await desk.unread() == 1


async def test_reading_and_writing_at_once_loses_no_message(desk: Desk) -> None:
    ticket = await desk.a_ticket()
    seen: list[int] = []

    async def read() -> None:
        for _ in range(15):
            answer = (await desk.call("GET", "1/")).json()
            seen.append(answer["message_count"])

    async def arrive() -> None:
        for _ in range(10):
            await write(desk.work, desk.project.id, ticket["id"])

    await asyncio.gather(read(), read(), arrive(), arrive(), arrive())

    last = (await desk.call("GET")).json()["results"][0]
    read_off = [e["previous"] for e in await events_of(desk) if e["type"] == "ticket.read_by_team"]
    assert last["message_count"] == 30
    # Each message was marked as read exactly once or is unread still.
    assert sum(read_off) + last["unread_team_count"] == 30
    assert await desk.unread() == last["unread_team_count"]


async def test_what_arrives_while_a_ticket_is_read_is_shown_with_it(desk: Desk) -> None:
    ticket = await desk.a_ticket(message="One")
    async with desk.work.begin(Actor(desk.project.id, "user", str(desk.ada.id))) as tx:
        view = await queries.view(tx, desk.project.id, UUID(ticket["id"]))
        assert view is not None
        await write(desk.work, desk.project.id, ticket["id"], "Two")

        shown = await mark_read_by_team(tx, view)

    assert (shown.message_count, shown.last_message_text, shown.unread_team_count) == (2, "Two", 0)


async def test_the_etag_follows_the_version(desk: Desk) -> None:
    await desk.a_ticket()

    tags = [(await desk.call("GET", "1/")).headers["etag"] for _ in range(2)]
    changed = await desk.call("PATCH", "1/", {"status": "open"})
    read = await desk.call("GET", "1/")

    assert tags[0] == tags[1] != read.headers["etag"] == changed.headers["etag"]


async def test_a_message_for_an_unknown_ticket_is_refused(desk: Desk) -> None:
    with pytest.raises(RejoinderError):
        await write(desk.work, desk.project.id, NOBODYS)


async def test_head_answers_like_get_without_a_body(desk: Desk) -> None:
    await desk.a_ticket()

    head: Any = await desk.call("HEAD", "1/")

    assert (head.status_code, head.content) == (200, b"")
    assert int(head.headers["content-length"]) > 500
