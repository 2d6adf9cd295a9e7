"""The project's counters, kept in the transaction of the ticket."""

from rejoinder.events.work import Tx
from rejoinder.tickets import queries, rules
from rejoinder.tickets.types import Ticket


async def recount(tx: Tx, before: Ticket, after: Ticket) -> None:
    """Adjusts the counters by what the ticket's change makes of its share.

    Comes last: the counters' row is shared by the whole project.
    """
    change = rules.counted(after).minus(rules.counted(before))
    if any(change):
        await queries.adjust_counters(tx, tx.project_id, change)
