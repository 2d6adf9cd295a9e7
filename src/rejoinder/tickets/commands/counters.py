"""The project's counters, kept in the transaction of the ticket."""

from collections.abc import Iterable

from rejoinder.events.work import Tx
from rejoinder.tickets import queries, rules
from rejoinder.tickets.types import Ticket


async def recount(tx: Tx, before: Ticket, after: Ticket) -> None:
    """Adjusts the counters by what the ticket's change makes of its share.

    Comes last: the counters' row is shared by the whole project.
    """
    await recount_all(tx, [(before, after)])


async def recount_all(tx: Tx, changes: Iterable[tuple[Ticket, Ticket]]) -> None:
    """As `recount`, for many tickets at once."""
    change = rules.summed(
        rules.counted(after).minus(rules.counted(before)) for before, after in changes
    )
    if any(change):
        await queries.adjust_counters(tx, tx.project_id, change)
