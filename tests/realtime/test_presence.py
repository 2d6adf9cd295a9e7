"""Who is at a ticket."""

import asyncio
from collections import deque

import msgspec

from rejoinder.db.pool import Database
from rejoinder.realtime.feed import Feed
from rejoinder.realtime.presence import Presence, Presences
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


async def test_a_stream_is_told_and_a_full_one_forgets_the_oldest(
    desk: Desk, database: Database
) -> None:
    feed = Feed()
    presences = Presences(feed)
    whispers: deque[bytes] = deque(maxlen=2)
    ticket = await desk.a_ticket()
    batches = feed.follow(database, desk.project.id, None, 5.0, whispers)
    first = asyncio.create_task(anext(batches))

    async def followed() -> bool:
        feed.whisper(desk.project.id, b"hello")
        return bool(whispers)

    await eventually(followed, expected=True)
    assert await first == ()
    for state in ("viewing", "typing", "gone"):
        here = Presence(desk.project.id, ticket["id"], desk.ada.id, desk.ada.email, state)
        presences.heard(msgspec.json.encode(here).decode())

    assert len(whispers) == 2
    assert b'"gone"' in whispers[-1]
    await batches.aclose()
