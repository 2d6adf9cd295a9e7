"""Server-Sent Events for one ticket, or for all of a viewer's: what polling would find, at once.

`ticket` tells how a ticket stands, `message` brings a public message, with its time as the event's
id: from there on a client goes on after a break. Each time the viewer's right is looked at anew.
"""

import asyncio
from collections.abc import AsyncGenerator, Iterable
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec
from litestar.types import Send
from msgspec import Struct

from rejoinder.channels.widget import access, queries, wire
from rejoinder.channels.widget.call import Call
from rejoinder.channels.widget.errors import Refused
from rejoinder.channels.widget.fields import Fields
from rejoinder.channels.widget.memory import Part
from rejoinder.channels.widget.switchboard import Switchboard
from rejoinder.channels.widget.wire import Claims, TicketChange
from rejoinder.errors import RejoinderError, Unavailable

HEARTBEAT_S: Final = 20.0
# While we are deaf, streams look for themselves.
_DEAF_S: Final = 5.0
_PAGE: Final = 100

_encode = msgspec.json.Encoder().encode
_HEADERS: Final = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    # Proxies must not collect what is meant to arrive at once.
    (b"x-accel-buffering", b"no"),
]


class Subscription(Struct, frozen=True):
    """What a stream was opened for."""

    call: Call
    who: Claims
    ticket_id: UUID | None
    after: datetime | None


async def stream(board: Switchboard, call: Call, send: Send) -> None:
    """Answers with events until the client leaves, loses its right, or the server stops."""
    project = await access.project(board, call)
    fields = Fields(call.query | ({"after": call.last_event_id} if call.last_event_id else {}))
    wanted = Subscription(
        call, wire.claims(fields), fields.uuid("ticket_id"), fields.moment("after")
    )
    fields.check()
    access.count_poll(board, project, wanted.who)
    follower = _Follower(board, wanted)
    news = await follower.look()
    if board.streams >= board.max_streams:
        raise Unavailable("There are too many streams. Poll instead.", code="overloaded")
    board.streams += 1
    try:
        start: Any = {"type": "http.response.start", "status": 200, "headers": _HEADERS}
        await send(start)
        for chunk in (b"retry: 3000\n\n", *news):
            await _send(send, chunk)
        await _pump(follower, send)
        await send({"type": "http.response.body", "body": b"", "more_body": False})
    finally:
        board.streams -= 1


async def _pump(follower: "_Follower", send: Send) -> None:
    gone = asyncio.create_task(_wait_until_gone(follower.wanted.call))
    try:
        async for chunk in follower.events(gone):
            await _send(send, chunk)
    finally:
        gone.cancel()


async def _send(send: Send, chunk: bytes) -> None:
    await send({"type": "http.response.body", "body": chunk, "more_body": True})


async def _wait_until_gone(call: Call) -> None:
    while (await call.receive())["type"] != "http.disconnect":
        pass


class _Follower:
    """Follows what a subscription is about; remembers what it has told."""

    def __init__(self, board: Switchboard, wanted: Subscription) -> None:
        self.board = board
        self.wanted = wanted
        self._after = wanted.after
        self._told: dict[UUID, TicketChange] = {}
        self._project_id = 0
        self._parts: frozenset[Part] = frozenset()

    async def events(self, gone: "asyncio.Task[None]") -> AsyncGenerator[bytes]:
        """Chunks of the stream, with a sign of life when there is nothing else."""
        while not (gone.done() or self.board.bells.closed):
            parts = self._parts
            # The bell comes first: what happens while we look makes it ring.
            with self.board.bells.waiting(self._project_id, parts) as bell:
                try:
                    news = await self.look()
                except (Refused, RejoinderError):
                    return
                for chunk in news:
                    yield chunk
                if parts == self._parts and not await self._rings(bell, gone):
                    yield b": \n\n"

    async def _rings(self, bell: asyncio.Event, gone: "asyncio.Task[None]") -> bool:
        """Whether something happened before the patience ran out."""
        patience = HEARTBEAT_S if self.board.hears() else _DEAF_S
        ringing = asyncio.create_task(bell.wait())
        try:
            done, _ = await asyncio.wait(
                {ringing, gone}, timeout=patience, return_when=asyncio.FIRST_COMPLETED
            )
        finally:
            ringing.cancel()
        return bool(done)

    async def look(self) -> list[bytes]:
        """What has changed since the last look, as events.

        Raises:
            Refused, RejoinderError: the viewer may no longer see it.
        """
        project = await access.project(self.board, self.wanted.call)
        viewer = await access.viewer(self.board, project, self.wanted.who)
        self._project_id = project.id
        if self.wanted.ticket_id is not None:
            self._parts = frozenset({self.wanted.ticket_id})
            ticket = await access.ticket(self.board, project, viewer, self.wanted.ticket_id)
            state = ticket.state
            self._after = self._after or state.last_public_at
            messages = await self._messages(project.id, state.id, state.last_public_at)
            change = TicketChange(state.id, state.status, state.unread_customer_count)
            return [*messages, *self._changes([change])]
        rows = await queries.tickets_of_viewer(
            self.board.database, project.id, viewer, None, _PAGE, 0
        )
        self._parts = access.parts_of(viewer) | {row.id for row in rows}
        return self._changes(TicketChange(row.id, row.status, row.unread_count) for row in rows)

    async def _messages(
        self, project_id: int, ticket_id: UUID, last: datetime | None
    ) -> list[bytes]:
        chunks: list[bytes] = []
        link = self.board.link(self.wanted.call, project_id)
        while last is not None and (self._after is None or self._after < last):
            found = await queries.messages_after(
                self.board.database, project_id, ticket_id, self._after, _PAGE
            )
            if not found:
                break
            shown = [wire.message_out(message, link) for message in found]
            chunks += [_event("message", message, id=message.created_at) for message in shown]
            self._after = found[-1].created_at
        return chunks

    def _changes(self, tickets: Iterable[TicketChange]) -> list[bytes]:
        news = [ticket for ticket in tickets if self._told.get(ticket.ticket_id) != ticket]
        self._told.update({ticket.ticket_id: ticket for ticket in news})
        return [_event("ticket", ticket) for ticket in news]


def _event(name: str, data: object, *, id: str = "") -> bytes:  # noqa: A002  the field's own name
    line = f"id: {id}\n".encode() if id else b""
    return b"%sevent: %s\ndata: %s\n\n" % (line, name.encode(), _encode(data))
