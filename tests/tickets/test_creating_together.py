"""Tickets that are created at the same time: one transaction, and still each by itself."""

import asyncio
from typing import Any
from uuid import uuid4

import httpx

from rejoinder.db.pool import Database
from rejoinder.db.sql import Statement
from tests.builders import Desk

_TRANSACTIONS = Statement(
    "SELECT count(DISTINCT xid) FROM events WHERE project_id = $1 AND type = 'ticket.created'"
)


async def created(desk: Desk, *bodies: dict[str, Any]) -> list[httpx.Response]:
    return await asyncio.gather(*(desk.call("POST", json=body) for body in bodies))


async def test_they_are_numbered_without_gaps(desk: Desk) -> None:
    answers = await created(desk, *({"message": f"Question {n}"} for n in range(30)))

    tickets = [answer.json() for answer in answers]
    assert {answer.status_code for answer in answers} == {201}
    assert sorted(ticket["ticket_number"] for ticket in tickets) == list(range(1, 31))
    for ticket in tickets:
        found = (await desk.call("GET", f"{ticket['id']}/messages/")).json()
        assert [message["content"] for message in found["results"]] == [ticket["last_message_text"]]
    assert await desk.unread() == 30


async def test_they_share_transactions(desk: Desk, database: Database) -> None:
    await created(desk, *({"priority": "low"} for _ in range(30)))

    assert await database.value(_TRANSACTIONS, desk.project.id) < 15


async def test_one_that_is_refused_fails_alone(desk: Desk) -> None:
    stranger = {"assignee": {"type": "role", "id": str(uuid4())}}
    bodies = [stranger if n % 7 == 3 else {"message": f"{n}"} for n in range(30)]

    answers = await created(desk, *bodies)

    refused = [n for n, answer in enumerate(answers) if answer.status_code == 400]
    assert refused == [3, 10, 17, 24]
    assert {answers[n].json()["attr"] for n in refused} == {"assignee"}
    kept = [answer.json()["ticket_number"] for answer in answers if answer.status_code == 201]
    assert sorted(kept) == list(range(1, 27))


async def test_a_repeated_one_is_created_once(desk: Desk) -> None:
    key = {"Idempotency-Key": uuid4().hex}
    plain = [desk.call("POST", json={"message": "Hello"}) for _ in range(8)]

    first, *_ = await asyncio.gather(
        desk.call("POST", json={"message": "Once"}, headers=key), *plain
    )
    again = await desk.call("POST", json={"message": "Once"}, headers=key)

    assert again.json()["id"] == first.json()["id"]
    assert len(await desk.listed()) == 9
