"""The log as programs read it."""

import asyncio
import json
from typing import Any

import pytest

from rejoinder.db.pool import Database
from rejoinder.events.event import Actor, Position
from rejoinder.events.work import Work
from rejoinder.realtime.feed import Feed
from rejoinder.realtime.routes.events import frame
from rejoinder.tickets.events import CountersRepaired
from tests.builders import Desk


async def read(desk: Desk, **parameters: str) -> dict[str, Any]:
    response = await desk.call("GET", f"/api/projects/{desk.project.id}/events/", params=parameters)
    assert response.status_code == 200, response.text
    return response.json()


async def read_all(desk: Desk, after: str = "", **parameters: str) -> list[dict[str, Any]]:
    """All there is, page by page, once no older transaction is open."""
    found: list[dict[str, Any]] = []
    while True:
        page = await read(desk, after=after, limit="3", **parameters)
        found += page["results"]
        after = page["cursor"]
        if not page["has_more"]:
            return found


async def test_every_change_is_in_the_log_once_and_in_order(desk: Desk) -> None:
    ticket = await desk.a_ticket(message="Hello")
    await desk.call("PATCH", "1/", {"status": "resolved", "priority": "high"})
    await desk.call("PATCH", "1/", {"status": "resolved"})

    events = await read_all(desk, wait="5")

    assert [event["type"] for event in events] == [
        "ticket.created",
        "message.received",
        "ticket.priority_changed",
        "ticket.status_changed",
    ]
    assert {event["ticket_id"] for event in events} == {ticket["id"]}
    assert events[3]["data"]["previous"] == "new"
    assert events[3]["actor"] == {"kind": "user", "id": str(desk.ada.id)}


async def test_the_log_can_be_read_by_type_and_by_ticket(desk: Desk) -> None:
    first = await desk.a_ticket()
    await desk.a_ticket()

    by_ticket = await read_all(desk, ticket=first["id"], wait="5")
    by_type = await read_all(desk, types="ticket.created,ticket.deleted", wait="5")

    assert [event["ticket_id"] for event in by_ticket] == [first["id"]]
    assert len(by_type) == 2


async def test_a_cursor_that_is_none_of_ours_is_refused(desk: Desk) -> None:
    for cursor in ("x", "1", "1-x", "-1", "99999999999999999999-1"):
        response = await desk.call(
            "GET", f"/api/projects/{desk.project.id}/events/", params={"after": cursor}
        )

        assert (response.status_code, response.json()["attr"]) == (400, "after")


async def test_a_reader_never_skips_a_slow_transaction(desk: Desk, work: Work) -> None:
    actor = Actor(desk.project.id, "system", "test")
    async with work.begin(actor) as slow:
        slow.emit(CountersRepaired(counted=[1], previous=[0]))
        await slow.connection.execute("SELECT pg_current_xact_id()")
        async with work.begin(actor) as quick:
            quick.emit(CountersRepaired(counted=[2], previous=[0]))
        before = await read(desk)
    after = await read_all(desk, before["cursor"], wait="5")

    seen = [event["data"]["counted"] for event in before["results"] + after]
    assert sorted(seen) == [[1], [2]]


@pytest.mark.parametrize("readers", [3])
async def test_followers_see_each_event_once_with_sixteen_writers(
    desk: Desk, database: Database, readers: int
) -> None:
    work = Work(database)
    feed = Feed()
    actor = Actor(desk.project.id, "system", "test")

    async def write(writer: int) -> None:
        for number in range(10):
            async with Work(database, listeners=[feed.heard]).begin(actor) as tx:
                tx.emit(CountersRepaired(counted=[writer, number], previous=[]))
                await asyncio.sleep(0.001 * (writer % 4))

    async def follow() -> list[str]:
        """Reads, hangs up after each few events, and comes back at its position."""
        seen: list[str] = []
        position = Position(0, 0)
        while len(seen) < 160:
            async for batch in feed.follow(work.database, desk.project.id, position, 1.0):
                for event in batch[:7]:
                    seen.append(str(event.id))
                    position = event.position
                if batch:
                    break
        return seen

    following = [asyncio.create_task(follow()) for _ in range(readers)]
    await asyncio.gather(*(write(writer) for writer in range(16)))

    for seen in await asyncio.gather(*following):
        assert len(seen) == len(set(seen)) == 160


async def test_a_stream_frame_can_be_resumed_from(desk: Desk, database: Database) -> None:
    await desk.a_ticket()
    feed = Feed()

    batches = feed.follow(database, desk.project.id, Position(0, 0), 5.0)
    lines = frame((await anext(batches))[0]).decode().splitlines()

    assert lines[1] == "event: ticket.created"
    assert json.loads(lines[2].removeprefix("data: "))["cursor"] == lines[0].removeprefix("id: ")
