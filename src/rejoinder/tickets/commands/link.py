"""The link of a merged ticket, and its end. What becomes of the status is decided elsewhere."""

from uuid import UUID

from msgspec.structs import replace

from rejoinder.events.work import Tx
from rejoinder.tickets.events import TicketAbsorbed, TicketMerged, TicketUnmerged, UnmergedBy
from rejoinder.tickets.merging import queries
from rejoinder.tickets.types import Status, Ticket


async def link(tx: Tx, ticket: Ticket, into: UUID, before: Status) -> Ticket:
    """The ticket is part of another one; unmerged, it has the status `before` again."""
    updated_at = await queries.link(tx, tx.project_id, ticket.id, into, before)
    tx.emit(TicketMerged(ticket_id=ticket.id, into=into, previous=before))
    tx.emit(TicketAbsorbed(ticket_id=into, absorbed=ticket.id))
    return replace(ticket, merged_into=into, status_before_merge=before, updated_at=updated_at)


async def unlink(tx: Tx, ticket: Ticket, reason: UnmergedBy) -> Ticket:
    """The ticket stands for itself again, if it did not."""
    if ticket.merged_into is None:
        return ticket
    updated_at = await queries.link(tx, tx.project_id, ticket.id, None, None)
    tx.emit(TicketUnmerged(ticket_id=ticket.id, reason=reason, previous=ticket.merged_into))
    return replace(ticket, merged_into=None, status_before_merge=None, updated_at=updated_at)
