"""What happens to tickets by itself: waking, purging, and counters held against a recount."""

from datetime import timedelta
from typing import Final

import structlog

from rejoinder.events.event import Actor
from rejoinder.events.work import Tx, Work
from rejoinder.tickets import queries, rules
from rejoinder.tickets.commands import change
from rejoinder.tickets.commands.merge import release
from rejoinder.tickets.events import CountersRepaired, TicketPurged
from rejoinder.tickets.rules import Counted
from rejoinder.tickets.types import Key

log = structlog.get_logger(__name__)

KEPT_AFTER_DELETION: Final = timedelta(days=14)
_BATCH: Final = 100


def system(project_id: int) -> Actor:
    """The actor of what nobody asked for."""
    return Actor(project_id, "system", "upkeep")


async def wake_snoozed(work: Work) -> int:
    """Wakes tickets whose snooze has run out; returns how many."""
    woken = 0
    while due := await queries.due_to_wake(work.database, _BATCH):
        for key in due:
            async with work.begin(system(key.project_id)) as tx:
                woken += await _wake(tx, key)
    return woken


async def _wake(tx: Tx, key: Key) -> bool:
    """Whether the ticket was still due once its row was locked."""
    ticket = await queries.locked(tx, key.project_id, key.id)
    if ticket is None or ticket.snoozed_until is None or ticket.deleted_at is not None:
        return False
    if not await queries.is_past(tx, ticket.snoozed_until):
        return False
    ticket = await change.snooze(tx, ticket, None)
    await change.change_status(tx, ticket, rules.status_after_waking(ticket.status))
    return True


async def purge_deleted(work: Work) -> int:
    """Removes tickets deleted more than 14 days ago, with their messages; returns how many."""
    purged = 0
    while due := await queries.due_to_purge(work.database, KEPT_AFTER_DELETION, _BATCH):
        for key in due:
            async with work.begin(system(key.project_id)) as tx:
                number = await queries.purge_ticket(tx, key.project_id, key.id, KEPT_AFTER_DELETION)
                if number is not None:
                    await release(tx, key.id)
                    tx.emit(TicketPurged(ticket_id=key.id, ticket_number=number))
                    purged += 1
    return purged


async def repair_counters(work: Work) -> int:
    """Holds every project's counters against a recount; repairs and reports those that differ."""
    drifts = await queries.drifts(work.database)
    for drift in drifts:
        async with work.begin(system(drift.project_id)) as tx:
            await _repair(tx)
    return len(drifts)


async def _repair(tx: Tx) -> None:
    # Under the counters' lock a recount sees every ticket whose change is already in the counters.
    await queries.lock_counters(tx, tx.project_id)
    for drift in await queries.drifts(tx, tx.project_id):
        difference = Counted(*drift.counted).minus(Counted(*drift.kept))
        await queries.adjust_counters(tx, tx.project_id, difference)
        tx.emit(CountersRepaired(counted=drift.counted, previous=drift.kept))
        log.error(
            "counters.drifted", project_id=tx.project_id, kept=drift.kept, counted=drift.counted
        )
