"""Merging two tickets, and undoing it."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from rejoinder.errors import Conflict, Invalid, NotFound
from rejoinder.events.work import Tx
from rejoinder.tickets import queries, rules
from rejoinder.tickets.commands import change
from rejoinder.tickets.commands.link import link, unlink
from rejoinder.tickets.events import UnmergedBy
from rejoinder.tickets.merging.queries import merged_ids
from rejoinder.tickets.types import Ticket

MOST_MERGED: Final = 200


async def merge(tx: Tx, source_id: UUID, target_id: UUID) -> None:
    """The source becomes a part of the target, and what was merged into it does so, too.

    Raises:
        NotFound, Invalid: one of them is gone, they are the same, or one is merged already.
        Conflict: something else was merged into the source at the same moment.
    """
    if source_id == target_id:
        raise Invalid("A ticket cannot be merged into itself.", attr="into")
    parts = await merged_ids(tx, tx.project_id, source_id)
    # All of them in one order, so that two merges wait for each other instead of for ever.
    locked = await _locked(tx, sorted({source_id, target_id, *parts}))
    source, target = locked.get(source_id), locked.get(target_id)
    if source is None or source.deleted_at is not None:
        raise NotFound
    if target is None or target.deleted_at is not None:
        raise Invalid("There is no such ticket.", attr="into")
    if source.merged_into == target.id:
        return
    _check_unmerged(source, target)
    if await merged_ids(tx, tx.project_id, source_id) != parts:
        raise Conflict("The ticket was changed in the meantime.")
    await _check_room(tx, target, len(parts) + 1)
    await _resolve_into(tx, source, target)
    for part in parts:
        moved = locked[part]
        await link(tx, moved, target.id, moved.status_before_merge or moved.status)


async def unmerge(tx: Tx, ticket: Ticket, reason: UnmergedBy = "asked") -> Ticket:
    """The ticket stands for itself again, with the status that it had."""
    before = ticket.status_before_merge
    ticket = await unlink(tx, ticket, reason)
    return ticket if before is None else await change.change_status(tx, ticket, before)


async def release(tx: Tx, target_id: UUID) -> None:
    """The target is gone for good: what was merged into it stands for itself, as it is."""
    for part in (await _locked(tx, await merged_ids(tx, tx.project_id, target_id))).values():
        if part.merged_into == target_id:
            await unlink(tx, part, "purged")


async def _locked(tx: Tx, ids: Sequence[UUID]) -> dict[UUID, Ticket]:
    found = [await queries.locked(tx, tx.project_id, ticket_id) for ticket_id in ids]
    return {ticket.id: ticket for ticket in found if ticket is not None}


def _check_unmerged(source: Ticket, target: Ticket) -> None:
    for ticket in (source, target):
        if ticket.merged_into is not None:
            message = f"Ticket {ticket.ticket_number} is merged into another one already."
            raise Invalid(message, attr="into", code="already_merged")


async def _check_room(tx: Tx, target: Ticket, more: int) -> None:
    if len(await merged_ids(tx, tx.project_id, target.id)) + more > MOST_MERGED:
        message = f"No more than {MOST_MERGED} tickets can be merged into one."
        raise Invalid(message, attr="into", code="too_many")


async def _resolve_into(tx: Tx, source: Ticket, target: Ticket) -> None:
    # Asleep it would wake up one day, and no longer be merged.
    before = rules.status_after_snooze(source.snoozed_until, None) or source.status
    source = await change.snooze(tx, source, None)
    source = await change.change_status(tx, source, "resolved")
    await link(tx, source, target.id, before)
