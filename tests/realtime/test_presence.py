"""Who is at a ticket."""

from contextlib import aclosing
from uuid import UUID

import msgspec

from rejoinder.db.pool import Database
from rejoinder.realtime.feed import Feed
from rejoinder.realtime.filters import Wanted
from rejoinder.realtime.follower import WHISPERS
from rejoinder.realtime.presence import Presence, Presences, State
from tests.builders import Desk
from tests.eventually import eventually


async def test_teammates_see_who_views_and_who_types(desk: Desk) -> None:
    await desk.a_ticket()
    ben = await desk.a_user()
    bens_key = await desk.a_key("*", user=ben)

    mine = await desk.call("PUT", "1/presence/", {"state": "viewing"})
    await desk.call("PUT", "1/presence/", {"state": "typing"}, key=bens_key)

    async def states() -> set[str]:
        page = (await desk.call("GET", "1/presence/")).json()
        return {one["state"] for one in page["results"]}

    assert mine.json()["results"][0]["email"] == desk.ada.email
    await eventually(states, {"viewing", "typing"})


async def test_somebody_who_left_is_not_there(desk: Desk) -> None:
    await desk.a_ticket()
    await desk.call("PUT", "1/presence/", {"state": "viewing"})
    await desk.call("PUT", "1/presence/", {"state": "gone"})

    async def page() -> object:
        return (await desk.call("GET", "1/presence/")).json()

    await eventually(page, {"results": []})


async def test_a_stream_is_told_and_one_that_does_not_listen_misses_the_oldest(
    desk: Desk, database: Database
) -> None:
    feed = Feed()
    presences = Presences(feed)
    ticket = await desk.a_ticket()
    want = Wanted(frozenset(), None)
    news = feed.follow(database, desk.project.id, want, None, 5.0)
    await anext(news)

    typing: list[State] = ["typing"] * (WHISPERS - 1)
    for state in ("viewing", *typing, "gone"):
        here = Presence(desk.project.id, ticket["id"], desk.ada.id, desk.ada.email, state)
        presences.heard(msgspec.json.encode(here).decode())
    whispers = (await anext(news)).whispers

    assert len(whispers) == WHISPERS
    assert b'"typing"' in whispers[0]
    assert b'"gone"' in whispers[-1]
    await news.aclose()


async def test_a_stream_of_one_ticket_is_told_who_is_there_and_nowhere_else(
    desk: Desk, database: Database
) -> None:
    feed = Feed()
    presences = Presences(feed)
    here, there = [UUID((await desk.a_ticket())["id"]) for _ in range(2)]
    want = Wanted(frozenset(), here)
    async with aclosing(feed.follow(database, desk.project.id, want, None, 5.0)) as news:
        await anext(news)

        for ticket in (there, here):
            present = Presence(desk.project.id, ticket, desk.ada.id, desk.ada.email, "viewing")
            presences.heard(msgspec.json.encode(present).decode())
        whispers = (await anext(news)).whispers

    assert len(whispers) == 1
    assert str(here).encode() in whispers[0]
