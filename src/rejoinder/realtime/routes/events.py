"""The event log over HTTP: `/api/projects/:project_id/events/` and its stream."""

import asyncio
import random
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import Final

import msgspec
from litestar import Response, Router, get
from litestar.di import NamedDependency, Provide
from litestar.response import Stream

from rejoinder.auth.guards import TeamRequest, requires
from rejoinder.events import queries
from rejoinder.events.event import BEGINNING, Position, Recorded
from rejoinder.realtime.feed import Feed, Whispers
from rejoinder.realtime.filters import Wanted, position, wanted
from rejoinder.realtime.wire import EventPage, event_out
from rejoinder.web.answer import answer
from rejoinder.web.openapi import errors_of
from rejoinder.web.paging import slice_of
from rejoinder.web.parameters import LIMIT, Parameter, reads

_NOW: Final = "now"
_LONGEST_WAIT_S: Final = 10.0
_HEARTBEAT_S: Final = 15.0
_STALLED_S: Final = 30.0
_WHISPERS: Final = 64
_WANTED: Final = {
    "after": Parameter("The cursor of the last event seen, or `now`."),
    "types": Parameter("Only events of these types, separated by commas."),
    "ticket": Parameter("Only events of this ticket, by its id."),
}
_WAIT: Final = {"wait": Parameter("Seconds to wait for an event if there is none yet, 10 at most.")}
_LAST_SEEN: Final = {
    "Last-Event-ID": Parameter(
        "Goes before `after`; browsers send it by themselves.", place="header"
    )
}
# After a shutdown clients come back spread over this time, not all at once.
_RETRY_MS: Final = (500, 5_000)


@get(
    "/",
    guards=[requires("ticket:read")],
    summary="Read the event log",
    operation_class=reads(_WANTED, LIMIT, _WAIT),
    responses=errors_of(400, 401, 403, 404, 429),
)
async def list_events(request: TeamRequest, feed: NamedDependency[Feed]) -> Response[EventPage]:
    """Events after a cursor, in the order of the log; every one is seen exactly once.

    `after` is the cursor of the last answer, nothing for the beginning, or `now`. With `wait` the
    answer may take up to so many seconds (10 at most) if there is nothing yet.
    """
    given = request.query
    project_id = request.caller.project_id
    want = wanted(given)
    limit = slice_of(request).limit
    after = await _after(request, given.get("after")) or BEGINNING
    found = await queries.log(request.database, project_id, after, want.clauses(), limit)
    if not found and (wait := _seconds(given.get("wait"))):
        await _wait(request, feed, after, want, wait)
        found = await queries.log(request.database, project_id, after, want.clauses(), limit)
    end = found[-1].position if found else after
    return answer(EventPage(list(map(event_out, found)), str(end), len(found) == limit))


async def _wait(
    request: TeamRequest, feed: Feed, after: Position, want: Wanted, seconds: float
) -> None:
    """Returns when the log has something wanted, or when the time is over."""
    project_id = request.caller.project_id
    async with aclosing(feed.follow(request.database, project_id, after, seconds)) as batches:
        async for batch in batches:
            if not batch or any(map(want.matches, batch)):
                return


@get(
    "/stream",
    guards=[requires("ticket:read")],
    summary="Follow the event log",
    operation_class=reads(_WANTED, _LAST_SEEN),
    media_type="text/event-stream",
    responses=errors_of(400, 401, 403, 404, 429),
)
async def stream_events(request: TeamRequest, feed: NamedDependency[Feed]) -> Stream:
    """Server-sent events from now on, or after `Last-Event-ID` (or `after`).

    Each has its cursor as `id` and its type as `event`, so a client that comes back misses none.
    """
    want = wanted(request.query)
    last = request.headers.get("last-event-id") or request.query.get("after")
    after = await _after(request, last)
    feed.check_room()
    whispers = Whispers(maxlen=_WHISPERS)
    batches = feed.follow(
        request.database, request.caller.project_id, after, _HEARTBEAT_S, whispers
    )
    return Stream(_unstalled(_frames(batches, want, whispers)), media_type="text/event-stream")


async def _frames(
    batches: AsyncGenerator[Sequence[Recorded]], want: Wanted, whispers: Whispers
) -> AsyncGenerator[bytes]:
    """The stream's bytes: a frame for each event, a comment when there is none for long."""
    yield b": hello\n\n"
    async with aclosing(batches):
        async for batch in batches:
            frames = [frame(event) for event in batch if want.matches(event)]
            while whispers:
                frames.append(whispers.popleft())
            yield b"".join(frames) or b": still here\n\n"
    yield f"retry: {random.randint(*_RETRY_MS)}\n\n".encode()  # noqa: S311  spreads load only


async def _unstalled(chunks: AsyncGenerator[bytes]) -> AsyncGenerator[bytes]:
    """The chunks, cut off when the client does not take one: nothing piles up for it."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    async with aclosing(chunks):
        async for chunk in chunks:
            cut = loop.call_later(_STALLED_S, task.cancel) if task else None
            yield chunk
            if cut:
                cut.cancel()


def frame(event: Recorded) -> bytes:
    """One event as server-sent."""
    data = msgspec.json.encode(event_out(event))
    return f"id: {event.position}\nevent: {event.type}\ndata: ".encode() + data + b"\n\n"


async def _after(request: TeamRequest, text: str | None) -> Position | None:
    if not text:
        return None
    if text == _NOW:
        return await queries.end_of_log(request.database)
    return position(text, "after")


def _seconds(text: str | None) -> float:
    """How long to wait; nonsense is no time at all."""
    return min(float(text), _LONGEST_WAIT_S) if text and text.isdecimal() else 0.0


def router(feed: Feed) -> Router:
    return Router(
        "/api/projects/{project_id:str}/events",
        route_handlers=[list_events, stream_events],
        dependencies={"feed": Provide(lambda: feed, sync_to_thread=False)},
        tags=["events"],
    )
