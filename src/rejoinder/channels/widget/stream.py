"""Server-Sent Events for one ticket, or for all of a viewer's: what polling would find, at once.

`ticket` tells how a ticket stands, `message` brings a public message, with its time as the event's
id: from there on a client goes on after a break. Each time the viewer's right is looked at anew.
"""

from collections.abc import AsyncGenerator, Iterable
from contextlib import aclosing
from datetime import datetime
from typing import Final
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
from rejoinder.clock import within
from rejoinder.db.connection import DATABASE_AWAY
from rejoinder.errors import RejoinderError, Unavailable
from rejoinder.web.streaming import come_back, send_events

HEARTBEAT_S: Final = 20.0
# While we are deaf, streams look for themselves.
_DEAF_S: Final = 5.0
_PAGE: Final = 100

_encode = msgspec.json.Encoder().encode


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
        await send_events(call.receive, send, _chunks(follower, news), board.stream_patience)
    finally:
        board.streams -= 1


async def _chunks(follower: "_Follower", news: Iterable[bytes]) -> AsyncGenerator[bytes]:
    yield b"retry: 3000\n\n"
    for chunk in news:
        yield chunk
    async with aclosing(follower.events()) as events:
        async for chunk in events:
            yield chunk
    yield come_back()


class _Follower:
    """Follows what a subscription is about; remembers what it has told."""

    def __init__(self, board: Switchboard, wanted: Subscription) -> None:
        self.board = board
        self.wanted = wanted
        self._after = wanted.after
        self._told: dict[UUID, TicketChange] = {}
        self._project_id = 0
        self._has_more = False
        self._parts: frozenset[Part] = frozenset()

    async def events(self) -> AsyncGenerator[bytes]:
        """Chunks of the stream, with a sign of life when there is nothing else."""
        while not self.board.bells.closed:
            parts = self._parts
            # The bell comes first: what happens while we look makes it ring.
            with self.board.bells.waiting(self._project_id, parts) as bell:
                try:
                    news = await self.look()
                except (Refused, RejoinderError, *DATABASE_AWAY):
                    return
                for chunk in news:
                    yield chunk
                if self._has_more or parts != self._parts:
                    continue
                if not await within(HEARTBEAT_S if self.board.hears() else _DEAF_S, bell):
                    yield b": \n\n"

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
            return messages if self._has_more else [*messages, *self._changes([change])]
        rows = await queries.tickets_of_viewer(
            self.board.database, project.id, viewer, None, _PAGE, 0
        )
        self._parts = access.parts_of(viewer) | {row.id for row in rows}
        return self._changes(TicketChange(row.id, row.status, row.unread_count) for row in rows)

    async def _messages(
        self, project_id: int, ticket_id: UUID, last: datetime | None
    ) -> list[bytes]:
        """A page of what was said since, at most: more is read when the client has taken it."""
        self._has_more = False
        if last is None or (self._after is not None and self._after >= last):
            return []
        found = await queries.messages_after(
            self.board.database, project_id, ticket_id, self._after, _PAGE
        )
        if not found:
            return []
        self._after = found[-1].created_at
        self._has_more = len(found) == _PAGE
        link = self.board.link(self.wanted.call, project_id)
        shown = [wire.message_out(message, link) for message in found]
        return [_event("message", message, id=message.created_at) for message in shown]

    def _changes(self, tickets: Iterable[TicketChange]) -> list[bytes]:
        news = [ticket for ticket in tickets if self._told.get(ticket.ticket_id) != ticket]
        self._told.update({ticket.ticket_id: ticket for ticket in news})
        return [_event("ticket", ticket) for ticket in news]


def _event(name: str, data: object, *, id: str = "") -> bytes:  # noqa: A002  the field's own name
    line = f"id: {id}\n".encode() if id else b""
    return b"%sevent: %s\ndata: %s\n\n" % (line, name.encode(), _encode(data))
