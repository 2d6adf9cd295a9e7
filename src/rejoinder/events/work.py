"""A transaction that carries events: the only kind that commands accept.

`async with work.begin(actor) as tx:` commits at the end of the block, together with the events that
commands emitted; then caches in this process are dropped, before the caller gets its answer.
"""

import secrets
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from copy import copy
from datetime import datetime
from itertools import count
from typing import Any, Final, TypeVar
from uuid import UUID

from rejoinder.db.batch import Batcher
from rejoinder.db.pool import Connection, Database, Session
from rejoinder.events import queries
from rejoinder.events.announcement import Announcement, encode, reader_key
from rejoinder.events.event import Actor, Event
from rejoinder.ids import new_id

Listener = Callable[[Announcement], Awaitable[None]]
Reactor = Callable[["Tx", Sequence[UUID]], Awaitable[None]]

T = TypeVar("T")

# Rolled back transactions leave theirs behind.
_MOST_UNTOLD: Final = 10_000


class Tx(Session):
    """An open transaction on behalf of `actor`; `cause` is the event it reacts to."""

    def __init__(
        self, connection: Connection, actor: Actor, cause: UUID | None = None, depth: int = 0
    ) -> None:
        super().__init__(connection)
        self.actor = actor
        self.cause = cause
        self.depth = depth
        self.events: list[Event] = []
        self.actors: list[Actor] = []
        self.times: list[datetime | None] = []
        self.readers: set[str] = set()

    def on_behalf_of(self, actor: Actor) -> "Tx":
        """The same transaction for somebody else in the project: their events are theirs."""
        tx = Tx(self.connection, actor, self.cause, self.depth)
        tx.events, tx.actors, tx.times = self.events, self.actors, self.times
        tx.readers = self.readers
        return tx

    @property
    def project_id(self) -> int:
        return self.actor.project_id

    def emit(self, event: Event, at: datetime | None = None) -> None:
        """Says that it happened; the event is written when the transaction commits.

        `at` is the time that a row of it was stamped with, if that is not the time of the commit.
        """
        self.events.append(event)
        self.actors.append(self.actor)
        self.times.append(at)

    def tell(self, *readers: str) -> None:
        """These distinct ids or widget sessions see other tickets than before."""
        self.readers.update(reader_key(reader) for reader in readers if reader)


class Work:
    """Opens transactions, writes their events, and tells this process' listeners after commit."""

    def __init__(
        self,
        database: Database,
        *,
        process: str = "",
        listeners: Sequence[Listener] = (),
        reactors: Sequence[Reactor] = (),
        batched: bool = True,
    ) -> None:
        """`reactors` run inside the transaction, after the events, whose ids they are given.

        `batched`: what is asked for `together` shares transactions.
        """
        self.database = database
        self.process = process or secrets.token_hex(6)
        self._listeners = tuple(listeners)
        self._reactors = tuple(reactors)
        self._batched = batched
        self._lanes: dict[tuple[Database, int], Batcher[_Asked, Any]] = {}
        self._numbers = count(1)
        # Announced, but no listener told yet: a request may be cancelled in the middle of a commit.
        self._untold: dict[int, None] = {}

    @asynccontextmanager
    async def begin(
        self, actor: Actor, *, cause: UUID | None = None, depth: int = 0
    ) -> AsyncGenerator[Tx]:
        async with self.database.session() as session:
            async with session.connection.transaction():
                tx = Tx(session.connection, actor, cause, depth)
                yield tx
                announcement = await self._record(tx)
            if announcement is not None:
                for listener in self._listeners:
                    await listener(announcement)
                self._untold.pop(announcement.number, None)

    async def together(self, actor: Actor, act: Callable[[Tx], Awaitable[T]]) -> T:
        """What `act` does in a transaction, committed; it may share that with others it waits with.

        It may be called twice, when the first transaction came to nothing.
        """
        if self._batched:
            return await self._lane(actor.project_id).do((actor, act))
        async with self.begin(actor) as tx:
            return await act(tx)

    def _lane(self, project_id: int) -> "Batcher[_Asked, Any]":
        """Where changes of the project wait for each other, over the same connections."""
        key = self.database, project_id
        if key not in self._lanes:
            self._lanes[key] = Batcher(self._share)
        return self._lanes[key]

    async def _share(self, asked: "Sequence[_Asked]") -> list[Any]:
        (first, _), *others = asked
        async with self.begin(first) as tx:
            if others:
                await queries.wait_briefly(tx)
            return [await act(tx.on_behalf_of(actor)) for actor, act in asked]

    def over(self, database: Database) -> "Work":
        """The same over other connections: who is told, and what they have been told, is shared."""
        other = copy(self)
        other.database = database
        return other

    def is_untold(self, announcement: Announcement) -> bool:
        """Whether listeners have not been told of a commit of this process, and may never be."""
        return announcement.number in self._untold

    async def _record(self, tx: Tx) -> Announcement | None:
        if not tx.events:
            return None
        types = frozenset(event.type for event in tx.events)
        tickets = frozenset(event.ticket_id for event in tx.events if event.ticket_id)
        readers = frozenset(tx.readers)
        announcement = Announcement(
            self.process, tx.project_id, types, tickets, readers, next(self._numbers)
        )
        self._remember(announcement)
        ids = [new_id() for _ in tx.events]
        await queries.record(
            tx,
            tx.actors,
            ids,
            tx.events,
            tx.times,
            encode(announcement),
            cause=tx.cause,
            depth=tx.depth,
        )
        for reactor in self._reactors:
            await reactor(tx, ids)
        return announcement

    def _remember(self, announcement: Announcement) -> None:
        self._untold[announcement.number] = None
        if len(self._untold) > _MOST_UNTOLD:
            del self._untold[next(iter(self._untold))]


_Asked = tuple[Actor, Callable[[Tx], Awaitable[Any]]]
