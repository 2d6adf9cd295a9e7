"""The event log over HTTP: `/api/projects/:project_id/events/` and its stream."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Final

from litestar import Response, Router, get
from litestar.di import NamedDependency, Provide
from litestar.response import Stream

from rejoinder.auth.guards import Standing, TeamRequest, requires
from rejoinder.auth.types import Scope
from rejoinder.events import queries
from rejoinder.events.event import BEGINNING, Position
from rejoinder.realtime.feed import Feed
from rejoinder.realtime.filters import Wanted, position, wanted
from rejoinder.realtime.follower import News
from rejoinder.realtime.log import read_on
from rejoinder.realtime.wire import EventPage, event_out
from rejoinder.web.answer import answer
from rejoinder.web.openapi import errors_of
from rejoinder.web.paging import slice_of
from rejoinder.web.parameters import LIMIT, Parameter, reads
from rejoinder.web.streaming import EventStream, come_back

_SCOPE: Final[Scope] = "ticket:read"
_NOW: Final = "now"
_LONGEST_WAIT_S: Final = 10.0
_HEARTBEAT_S: Final = 15.0
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


@get(
    "/",
    guards=[requires(_SCOPE)],
    summary="Read the event log",
    operation_class=reads(_WANTED, LIMIT, _WAIT),
    responses=errors_of(400, 401, 403, 404, 429),
)
async def list_events(request: TeamRequest, feed: NamedDependency[Feed]) -> Response[EventPage]:
    """Events after a cursor, in the order of the log; every one is seen exactly once.

    `after` is the cursor of the last answer, nothing for the beginning, or `now`. With `wait` the
    answer may take up to so many seconds (10 at most) if there is nothing yet. With a filter an
    answer may hold few events, or none, and still say `has_more`: the log is read part by part.
    """
    given = request.query
    project_id = request.caller.project_id
    want = wanted(given)
    limit = slice_of(request).limit
    after = await _after(request, given.get("after")) or BEGINNING
    part = await read_on(request.database, project_id, after, want, limit)
    wait = _seconds(given.get("wait"))
    if wait and not (part.events or part.has_more):
        standing = Standing(request, _SCOPE)
        request.step_aside()
        await _wait(request, feed, part.end, want, wait)
        await standing.check()
        part = await read_on(request.database, project_id, part.end, want, limit)
    return answer(EventPage(list(map(event_out, part.events)), str(part.end), part.has_more))


async def _wait(
    request: TeamRequest, feed: Feed, after: Position, want: Wanted, seconds: float
) -> None:
    """Returns when the log has something wanted, or when the time is over."""
    project_id = request.caller.project_id
    async with aclosing(feed.follow(request.database, project_id, want, after, seconds)) as news:
        await anext(news, None)
        await anext(news, None)


@get(
    "/stream",
    guards=[requires(_SCOPE)],
    summary="Follow the event log",
    operation_class=reads(_WANTED, _LAST_SEEN),
    media_type="text/event-stream",
    responses=errors_of(400, 401, 403, 404, 429),
)
async def stream_events(
    request: TeamRequest, feed: NamedDependency[Feed], patience: NamedDependency[float]
) -> Stream:
    """Server-sent events from now on, or after `Last-Event-ID` (or `after`).

    Each has its cursor as `id` and its type as `event`, so a client that comes back misses none.
    It ends before the next event when its key or session does not open the project any more.
    """
    last = request.headers.get("last-event-id") or request.query.get("after")
    after = position(last, "after") if last and last != _NOW else None
    feed.check_room()
    project_id, want = request.caller.project_id, wanted(request.query)
    news = feed.follow(request.database, project_id, want, after, _HEARTBEAT_S)
    return EventStream(_chunks(news, Standing(request, _SCOPE)), patience)


async def _chunks(news: AsyncGenerator[News], standing: Standing) -> AsyncGenerator[bytes]:
    """The stream's bytes: a frame for each event, a comment when there is none for long."""
    async with aclosing(news):
        async for each in news:
            if not await standing.lasts():
                break
            frames = [told.frame for told in each.events]
            # An id without an event: who comes back goes on there, however little it was told.
            yield (
                b"".join([*frames, *each.whispers]) or f": still here\nid: {each.end}\n\n".encode()
            )
    yield come_back()


async def _after(request: TeamRequest, text: str | None) -> Position | None:
    if not text:
        return None
    if text == _NOW:
        return await queries.end_of_log(request.database)
    return position(text, "after")


def _seconds(text: str | None) -> float:
    """How long to wait; nonsense is no time at all."""
    return min(float(text), _LONGEST_WAIT_S) if text and text.isdecimal() else 0.0


def router(feed: Feed, patience: float) -> Router:
    """Streams cut clients that do not take what they are sent within `patience` seconds."""
    return Router(
        "/api/projects/{project_id:str}/events",
        route_handlers=[list_events, stream_events],
        dependencies={
            "feed": Provide(lambda: feed, sync_to_thread=False),
            "patience": Provide(lambda: patience, sync_to_thread=False),
        },
        tags=["events"],
    )
