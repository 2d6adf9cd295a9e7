"""Customers and team who write at the same time: they share transactions, and nothing else."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from rejoinder.db.sql import Statement
from tests.builders import Desk
from tests.channels.widget.browser import Browser, configure
from tests.tickets.log import events_of

_TRANSACTIONS = Statement("SELECT count(DISTINCT xid) FROM events WHERE project_id = $1")


@pytest.fixture
async def open_desk(desk: Desk) -> Desk:
    await configure(desk, enabled=True, widget_enabled=True)
    return desk


async def by_whom(desk: Desk, kind: str) -> list[str]:
    return sorted(event["by"] for event in await events_of(desk) if event["type"] == kind)


async def test_customers_who_begin_at_once_have_a_ticket_each(open_desk: Desk) -> None:
    browsers = [Browser(open_desk) for _ in range(12)]

    said = await asyncio.gather(
        *(
            browser.say(f"Question {n}", distinct_id=f"visitor-{n}")
            for n, browser in enumerate(browsers)
        )
    )

    for n, (browser, answer) in enumerate(zip(browsers, said, strict=True)):
        assert await browser.tickets() == [answer["ticket_id"]]
        assert await browser.texts(answer["ticket_id"]) == [f"Question {n}"]
    customers = sorted(f"person:visitor-{n}" for n in range(12))
    assert await by_whom(open_desk, "ticket.created") == customers
    assert await by_whom(open_desk, "message.received") == customers
    assert sorted(await open_desk.listed()) == list(range(1, 13))
    assert await open_desk.unread() == 12
    assert await open_desk.work.database.value(_TRANSACTIONS, open_desk.project.id) < 8


async def test_a_conversation_keeps_everything_that_is_said_at_once(open_desk: Desk) -> None:
    browser = Browser(open_desk)
    ticket = (await browser.say("Hello"))["ticket_id"]

    await asyncio.gather(
        *(browser.say(f"From me {n}", ticket) for n in range(10)),
        *(
            open_desk.call("POST", f"{ticket}/reply/", {"message": f"From us {n}"})
            for n in range(10)
        ),
        open_desk.call("POST", f"{ticket}/notes/", {"message": "Between us"}),
        open_desk.call("PATCH", f"{ticket}/", {"priority": "high"}),
    )

    thread = await browser.texts(ticket)
    assert sorted(thread[1:]) == sorted(
        f"From {who} {n}" for who in ("me", "us") for n in range(10)
    )
    found = (await open_desk.call("GET", f"{ticket}/?mark_read=false")).json()
    assert (found["message_count"], found["unread_team_count"]) == (21, 11)
    assert (found["unread_customer_count"], found["priority"]) == (10, "high")
    assert found["last_message_text"] == thread[-1]
    assert await open_desk.unread() == 11


async def test_the_same_reply_at_once_is_posted_once(desk: Desk) -> None:
    ticket = await desk.a_ticket(message="Hello")

    answers = await asyncio.gather(
        *(desk.call("POST", f"{ticket['id']}/reply/", {"message": "Hello"}) for _ in range(8))
    )

    statuses = sorted(answer.status_code for answer in answers)
    assert statuses.count(201) == 1
    assert set(statuses) <= {200, 201, 409}
    assert len({answer.json()["id"] for answer in answers if answer.is_success}) == 1


async def test_one_that_is_refused_fails_alone(open_desk: Desk) -> None:
    browser, stranger = Browser(open_desk), Browser(open_desk)
    ticket = (await browser.say("Hello"))["ticket_id"]

    async def one(n: int) -> int:
        path = f"{uuid4() if n % 3 == 1 else ticket}/reply/"
        return (await open_desk.call("POST", path, {"message": f"Answer {n}"})).status_code

    intruding = stranger.post("message", message="Me, too", distinct_id="x", ticket_id=ticket)
    *statuses, intruded = await asyncio.gather(*(one(n) for n in range(9)), status_of(intruding))

    assert statuses == [201, 404, 201] * 3
    assert intruded == 403
    assert len(await browser.texts(ticket)) == 7


async def status_of(asked: Any) -> int:
    return (await asked).status_code


async def test_changes_at_once_all_count(desk: Desk) -> None:
    tickets = [await desk.a_ticket() for _ in range(6)]

    answers = await asyncio.gather(
        *(
            desk.call("PATCH", f"{ticket['id']}/", {"status": status})
            for ticket in tickets
            for status in ("open", "pending")
        )
    )

    assert {answer.status_code for answer in answers} == {200}
    assert await desk.listed(status="new") == []
    assert len(await desk.listed(status="open,pending")) == 6
    for answer in answers:
        assert answer.headers["etag"]


async def test_a_stale_change_fails_alone(desk: Desk) -> None:
    tickets = [await desk.a_ticket() for _ in range(4)]
    tag = (await desk.call("GET", f"{tickets[0]['id']}/")).headers["etag"]
    await desk.call("PATCH", f"{tickets[0]['id']}/", {"priority": "low"})

    answers = await asyncio.gather(
        *(
            desk.call(
                "PATCH",
                f"{ticket['id']}/",
                {"status": "open"},
                headers={"If-Match": tag} if ticket is tickets[0] else {},
            )
            for ticket in tickets
        )
    )

    assert [answer.status_code for answer in answers] == [412, 200, 200, 200]
    assert sorted(await desk.listed(status="open")) == [2, 3, 4]
