"""A transaction that carries events: the only kind that commands accept.

`async with work.begin(actor) as tx:` commits at the end of the block, together with the events that
commands emitted; then caches in this process are dropped, before the caller gets its answer.
"""

import secrets
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

from rejoinder.db.pool import Connection, Database, Session
from rejoinder.events import queries
from rejoinder.events.announcement import Announcement, encode
from rejoinder.events.event import Actor, Event

Listener = Callable[[Announcement], Awaitable[None]]
Reactor = Callable[["Tx"], Awaitable[None]]


class Tx(Session):
    """An open transaction on behalf of `actor`."""

    def __init__(self, connection: Connection, actor: Actor) -> None:
        super().__init__(connection)
        self.actor = actor
        self.events: list[Event] = []

    @property
    def project_id(self) -> int:
        return self.actor.project_id

    def emit(self, event: Event) -> None:
        """Says that it happened; the event is written when the transaction commits."""
        self.events.append(event)


class Work:
    """Opens transactions, writes their events, and tells this process' listeners after commit."""

    def __init__(
        self,
        database: Database,
        *,
        process: str = "",
        listeners: Sequence[Listener] = (),
        reactors: Sequence[Reactor] = (),
    ) -> None:
        """`reactors` run inside the transaction, after the events: they queue the jobs."""
        self.database = database
        self.process = process or secrets.token_hex(6)
        self._listeners = tuple(listeners)
        self._reactors = tuple(reactors)

    @asynccontextmanager
    async def begin(self, actor: Actor) -> AsyncGenerator[Tx]:
        async with self.database.session() as session:
            async with session.connection.transaction():
                tx = Tx(session.connection, actor)
                yield tx
                announcement = await self._record(tx)
            if announcement is not None:
                for listener in self._listeners:
                    await listener(announcement)

    async def _record(self, tx: Tx) -> Announcement | None:
        if not tx.events:
            return None
        types = frozenset(event.type for event in tx.events)
        announcement = Announcement(self.process, tx.project_id, types)
        await queries.record(tx, tx.actor, tx.events, encode(announcement))
        for reactor in self._reactors:
            await reactor(tx)
        return announcement
