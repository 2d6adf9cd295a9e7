"""Tickets that are created at the same time share a transaction, and one flush to the disk."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from itertools import groupby
from operator import itemgetter

from rejoinder.db.batch import Batcher
from rejoinder.events.event import Actor
from rejoinder.events.work import Tx, Work
from rejoinder.tickets.commands import life
from rejoinder.tickets.types import NewTicket, TicketView

FirstMessage = Callable[[Tx, TicketView, str], Awaitable[object]]
"""Adds the customer's first message to a ticket that was just created with it."""


_Asked = tuple[Actor, NewTicket]


class Creations:
    """Creates tickets; those of one project that wait together go together."""

    def __init__(self, first_message: FirstMessage, *, batched: bool = True) -> None:
        self._first_message = first_message
        self._batched = batched
        self._lanes: dict[int, Batcher[_Asked, TicketView]] = {}

    async def create(self, work: Work, actor: Actor, new: NewTicket) -> TicketView:
        """The ticket, committed."""
        if not self._batched:
            (ticket,) = await self._write(work, [(actor, new)])
            return ticket
        lane = self._lanes.get(actor.project_id)
        if lane is None:
            lane = self._lanes[actor.project_id] = Batcher(partial(self._write, work))
        return await lane.do((actor, new))

    async def add(self, tx: Tx, new: Sequence[NewTicket]) -> list[TicketView]:
        """The tickets with their first messages, in the caller's transaction."""
        tickets = await life.create_all(tx, new)
        for each, ticket in zip(new, tickets, strict=True):
            if each.first_text is not None:
                await self._first_message(tx, ticket, each.first_text)
        return tickets

    async def _write(self, work: Work, asked: Sequence[_Asked]) -> list[TicketView]:
        created: list[TicketView] = []
        async with work.begin(asked[0][0]) as tx:
            for actor, group in groupby(asked, itemgetter(0)):
                new = [each for _, each in group]
                created += await self.add(tx.on_behalf_of(actor), new)
        return created
