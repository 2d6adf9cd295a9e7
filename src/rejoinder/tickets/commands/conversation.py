"""What its public messages do to a ticket."""

from datetime import datetime
from typing import Final

from msgspec.structs import replace

from rejoinder.events.work import Tx
from rejoinder.tickets import queries
from rejoinder.tickets.commands.counters import recount
from rejoinder.tickets.commands.merge import unmerge
from rejoinder.tickets.types import Ticket

_LAST_TEXT: Final = 500


async def message_added(
    tx: Tx, ticket: Ticket, at: datetime, text: str, *, by_customer: bool
) -> Ticket:
    """Counts it, shows it as the last one, and has it unread by the other side.

    A merged ticket whose customer goes on writing stands for itself again.
    """
    if by_customer:
        ticket = await unmerge(tx, ticket, "written")
    await queries.count_message(
        tx, tx.project_id, ticket.id, at, text[:_LAST_TEXT], by_customer=by_customer
    )
    unread = ticket.unread_team_count + int(by_customer)
    after = replace(ticket, unread_team_count=unread, updated_at=at)
    await recount(tx, ticket, after)
    return after


async def message_removed(tx: Tx, ticket: Ticket, *, by_customer: bool) -> None:
    """Counts it no more. The customer's badge goes down; what the team had unread stays so."""
    await queries.uncount_message(tx, tx.project_id, ticket.id, by_customer=by_customer)


async def show_last(tx: Tx, ticket: Ticket, *, at: datetime | None, text: str | None) -> None:
    """Shows this as the last message, or that there is none."""
    await queries.set_last_message(tx, tx.project_id, ticket.id, at, text and text[:_LAST_TEXT])
