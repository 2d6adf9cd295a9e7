"""The same for many tickets, each as if changed alone; the counters are adjusted once, at the end.

All rows are locked before the first change, in the order of their ids: two of these never wait for
each other in a circle.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Literal

from rejoinder.errors import Invalid
from rejoinder.events.work import Tx
from rejoinder.tickets import rules
from rejoinder.tickets.commands import change, life, update
from rejoinder.tickets.commands.counters import recount_all
from rejoinder.tickets.types import Changes, Ticket

TagAction = Literal["add", "remove", "set"]


async def update_all(tx: Tx, tickets: Sequence[Ticket], changes: Changes) -> list[Ticket]:
    """The tickets with what is given; one that was so already is the very same object.

    Raises:
        Invalid: the assignee does not belong to the project's organization.
    """
    await update.check(tx, changes)

    async def one(ticket: Ticket) -> Ticket:
        return await update.apply(tx, ticket, changes)

    return await _each(tx, tickets, one)


async def retag_all(
    tx: Tx, tickets: Sequence[Ticket], action: TagAction, tags: Sequence[str]
) -> list[Ticket | None]:
    """The tickets with other tags; None for one that would get more than it can have."""
    changed: list[Ticket | None] = []
    for ticket in tickets:
        try:
            wanted = rules.retagged(ticket.tags, action, tags)
        except Invalid:
            changed.append(None)
        else:
            changed.append(await change.tag(tx, ticket, wanted))
    return changed


async def delete_all(tx: Tx, tickets: Sequence[Ticket]) -> list[Ticket]:
    """All of them deleted; one that was so already is the very same object."""

    async def one(ticket: Ticket) -> Ticket:
        return ticket if ticket.deleted_at else await life.mark_deleted(tx, ticket)

    return await _each(tx, tickets, one)


async def restore_all(tx: Tx, tickets: Sequence[Ticket]) -> list[Ticket]:
    """None of them deleted; one that was not is the very same object."""

    async def one(ticket: Ticket) -> Ticket:
        return await life.mark_restored(tx, ticket) if ticket.deleted_at else ticket

    return await _each(tx, tickets, one)


async def _each(
    tx: Tx, tickets: Sequence[Ticket], one: Callable[[Ticket], Awaitable[Ticket]]
) -> list[Ticket]:
    changed = [await one(ticket) for ticket in tickets]
    await recount_all(tx, zip(tickets, changed, strict=True))
    return changed
