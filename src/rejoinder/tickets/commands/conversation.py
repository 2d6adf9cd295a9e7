"""What a new public message does to its ticket."""

from datetime import datetime
from typing import Final

from msgspec.structs import replace

from rejoinder.events.work import Tx
from rejoinder.tickets import queries
from rejoinder.tickets.commands.counters import recount
from rejoinder.tickets.types import Ticket

_LAST_TEXT: Final = 500


async def message_added(
    tx: Tx, ticket: Ticket, at: datetime, text: str, *, by_customer: bool
) -> Ticket:
    """Counts it, shows it as the last one, and has it unread by the other side."""
    await queries.count_message(
        tx, tx.project_id, ticket.id, at, text[:_LAST_TEXT], by_customer=by_customer
    )
    unread = ticket.unread_team_count + int(by_customer)
    after = replace(ticket, unread_team_count=unread, updated_at=at)
    await recount(tx, ticket, after)
    return after
