"""What no framework could beat: a bare ASGI function on the same server, with the same statements.

No authentication, no validation, no log, no limits; rows become Structs and msgspec encodes them.
Served by `python -m bench.floor` with the settings of `rejoinder serve`.
"""

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any
from uuid import UUID

import msgspec

from bench.cases import PROJECT
from bench.reading import FILTERS
from bench.statements import page_of
from bench.talk import WRITTEN_IN
from rejoinder.channels.widget import queries as talk
from rejoinder.channels.widget.types import PublicMessage
from rejoinder.cli.workers import serve_until_stopped
from rejoinder.db.pool import connect
from rejoinder.events.event import Actor
from rejoinder.events.work import Work
from rejoinder.ids import new_id
from rejoinder.settings import load
from rejoinder.tickets import queries
from rejoinder.tickets.commands import life
from rejoinder.tickets.types import NewTicket, TicketView

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder().decode
CONSTANT = b'{"count":12}'

Reply = Callable[[bytes], Awaitable[None]]


class Floor:
    """The ASGI application."""

    def __init__(self) -> None:
        self._stack = AsyncExitStack()
        self._pages = {name: page_of(query) for name, query in FILTERS.items()}

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        _, route, argument = scope["path"].split("/", 2)
        match route:
            case "page":
                body = await self._page(argument)
            case "retrieve":
                body = await self._retrieve(argument)
            case "thread":
                body = await self._thread(argument)
            case "create":
                body = await self._create((await receive())["body"])
            case _:
                body = CONSTANT
        headers = [
            (b"content-type", b"application/json"),
            (b"content-length", b"%d" % len(body)),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _live(self, receive: Any, send: Any) -> None:
        await receive()
        settings = load()
        database = await self._stack.enter_async_context(connect(settings.database_url, settings))
        self._pool = database.pool
        # A pool of its own: `Work` keeps connections at hand, which the driver's pool then lacks.
        writing = await self._stack.enter_async_context(connect(settings.database_url, settings))
        self._work = Work(writing)
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self._stack.aclose()
        await send({"type": "lifespan.shutdown.complete"})

    async def _page(self, name: str) -> bytes:
        (page, page_args), (count, count_args) = self._pages[name]
        async with self._pool.acquire() as connection:
            rows = await connection.fetch(page, *page_args)
            total = await connection.fetchval(count, *count_args)
        return _encode({"count": total, "results": [TicketView(*row) for row in rows]})

    async def _retrieve(self, ticket_id: str) -> bytes:
        async with self._pool.acquire() as connection:
            row = await connection.fetchrow(queries.sql.view_by_id, PROJECT, UUID(ticket_id))
        return _encode(TicketView(*row or ()))

    async def _thread(self, ticket_id: str) -> bytes:
        args = PROJECT, UUID(ticket_id), None, 50
        async with self._pool.acquire() as connection:
            rows = await connection.fetch(talk.sql.messages_after, *args)
        return _encode({"messages": [PublicMessage(*row) for row in rows]})

    async def _create(self, body: bytes) -> bytes:
        given = _decode(body)
        new = NewTicket(
            id=new_id(), channel_source="widget", channel_detail=None, status="new",
            priority=given["priority"], distinct_id=given["distinct_id"], assignee=None,
            anonymous_traits={}, ai_resolved=False, escalation_reason=None, sla_due_at=None,
            snoozed_until=None, tags=[], email_subject=given["email_subject"], email_from=None,
        )  # fmt: skip
        async with self._work.begin(Actor(WRITTEN_IN, "user", "1")) as tx:
            ticket = await life.create(tx, new)
        return _encode(ticket)


def create() -> Floor:
    return Floor()


if __name__ == "__main__":
    serve_until_stopped(load(), "127.0.0.1", "bench.floor:create")
