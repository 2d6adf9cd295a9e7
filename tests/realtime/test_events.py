"""The log as programs read it."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import aclosing, asynccontextmanager
from typing import Any
from uuid import UUID

import msgspec
import pytest

from rejoinder.db.pool import Database
from rejoinder.events.event import BEGINNING, Actor, Position
from rejoinder.events.queries import log
from rejoinder.events.work import Work
from rejoinder.realtime.feed import Feed
from rejoinder.realtime.filters import Wanted
from rejoinder.realtime.follower import UNTAKEN, UNTAKEN_BYTES, Audience, Follower, News, Told
from rejoinder.tickets.events import CountersRepaired
from tests.builders import Desk

EVERYTHING = Wanted(frozenset(), None)


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
            async for news in feed.follow(database, desk.project.id, EVERYTHING, position, 1.0):
                for told in news.events[:7]:
                    seen.append(str(told.event.id))
                    position = told.event.position
                if news.events:
                    break
        return seen

    following = [asyncio.create_task(follow()) for _ in range(readers)]
    await asyncio.gather(*(write(writer) for writer in range(16)))

    for seen in await asyncio.gather(*following):
        assert len(seen) == len(set(seen)) == 160


async def test_a_stream_frame_can_be_resumed_from(desk: Desk, database: Database) -> None:
    await desk.a_ticket()
    feed = Feed()

    news = feed.follow(database, desk.project.id, EVERYTHING, BEGINNING, 5.0)
    await anext(news)
    lines = (await anext(news)).events[0].frame.decode().splitlines()

    assert lines[1] == "event: ticket.created"
    assert json.loads(lines[2].removeprefix("data: "))["cursor"] == lines[0].removeprefix("id: ")


async def emit(work: Work, desk: Desk, numbers: range) -> None:
    """So many events, a hundred in each transaction."""
    for first in numbers[::100]:
        async with work.begin(Actor(desk.project.id, "system", "test")) as tx:
            for number in range(first, min(first + 100, numbers.stop)):
                tx.emit(CountersRepaired(counted=[number], previous=[]))


@asynccontextmanager
async def following(
    feed: Feed, database: Database, desk: Desk
) -> AsyncGenerator[AsyncGenerator[News]]:
    """News from now on."""
    news = feed.follow(database, desk.project.id, EVERYTHING, None, 5.0)
    async with aclosing(news):
        assert not (await anext(news)).events
        yield news


async def take(news: AsyncGenerator[News], count: int) -> list[int]:
    """What the next so many events say."""
    said: list[int] = []
    while len(said) < count:
        for told in (await anext(news)).events:
            said += msgspec.json.decode(told.event.payload, type=dict[str, Any])["counted"]
    return said


async def test_who_does_not_read_for_long_misses_nothing_and_holds_nobody_up(
    desk: Desk, database: Database
) -> None:
    feed = Feed()
    work = Work(database, listeners=[feed.heard])
    count = 3 * UNTAKEN
    async with following(feed, database, desk) as slow, following(feed, database, desk) as quick:
        taken, _ = await asyncio.gather(take(quick, count), emit(work, desk, range(count)))
        assert taken == list(range(count))
        await emit(work, desk, range(count, count + 1))

        assert await take(slow, count + 1) == list(range(count + 1))
        assert await take(quick, 1) == [count]


@pytest.mark.parametrize("size", [0, UNTAKEN_BYTES // UNTAKEN + 1])
async def test_a_follower_that_takes_nothing_keeps_a_bounded_number_of_events(
    desk: Desk, database: Database, size: int
) -> None:
    await emit(Work(database), desk, range(UNTAKEN + 1))
    told = [
        Told(event, bytes(size))
        for event in await log(database, desk.project.id, BEGINNING, (), 999)
    ]
    follower = Follower(EVERYTHING, None)

    for each in told[:UNTAKEN]:
        follower.tell(each)
    kept = follower.take()
    for each in told:
        follower.tell(each)

    assert kept
    assert kept.events == told[:UNTAKEN]
    assert follower.is_behind
    assert follower.take() is None
    assert follower.position == told[UNTAKEN - 1].event.position


async def test_an_event_is_told_to_those_alone_who_want_it(desk: Desk, database: Database) -> None:
    first, second = UUID((await desk.a_ticket())["id"]), UUID((await desk.a_ticket())["id"])
    event = (await log(database, desk.project.id, BEGINNING, (), 1))[0]
    audience = Audience()
    either, other = frozenset({"ticket.created", "note.added"}), frozenset({"note.added"})
    wants = {
        Wanted(frozenset(), None): True,
        Wanted(frozenset(), first): True,
        Wanted(frozenset(), second): False,
        Wanted(either, None): True,
        Wanted(either, first): True,
        Wanted(either, second): False,
        Wanted(other, None): False,
        Wanted(other, first): False,
    }
    for want in wants:
        audience.add(Follower(want, None))

    told = [follower.want for follower in audience.of(event)]

    assert sorted(map(repr, told)) == sorted(repr(want) for want in wants if wants[want])
    for follower in list(audience.everybody()):
        audience.remove(follower)
    assert not audience.of(event)


async def test_who_leaves_takes_nobody_else_along(desk: Desk, database: Database) -> None:
    feed = Feed()
    async with following(feed, database, desk) as staying:
        async with following(feed, database, desk):
            pass
        feed.whisper(desk.project.id, desk.organization_id, b"hello")

        assert (await anext(staying)).whispers == [b"hello"]


async def test_thousands_who_come_back_at_once_all_read_on(desk: Desk, database: Database) -> None:
    """Each has to read the log: more than there are connections, and than a pool lets wait."""
    await desk.a_ticket(message="Hello")
    feed = Feed()

    async def read_on() -> list[str]:
        seen: list[str] = []
        news = feed.follow(database, desk.project.id, EVERYTHING, BEGINNING, 5.0)
        async with aclosing(news):
            while len(seen) < 2:
                seen += [told.event.type for told in (await anext(news)).events]
        return seen

    for seen in await asyncio.gather(*(read_on() for _ in range(2_000))):
        assert seen == ["ticket.created", "message.received"]
