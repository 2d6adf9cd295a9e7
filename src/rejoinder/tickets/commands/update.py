"""Several changes of a ticket at once: everything is checked before anything is written."""

from msgspec import UNSET, UnsetType

from rejoinder.events.work import Tx
from rejoinder.tickets import rules
from rejoinder.tickets.commands import change
from rejoinder.tickets.commands.counters import recount
from rejoinder.tickets.types import Changes, Ticket


async def check(tx: Tx, changes: Changes) -> None:
    """Raises Invalid when tickets of this project cannot be changed so."""
    if not isinstance(changes.assignee, UnsetType):
        await change.check_assignee(tx, changes.assignee)


async def update(tx: Tx, ticket: Ticket, changes: Changes) -> Ticket:
    """The ticket with what is given, the counters adjusted; `check` comes before."""
    changed = await apply(tx, ticket, changes)
    await recount(tx, ticket, changed)
    return changed


async def apply(tx: Tx, ticket: Ticket, changes: Changes) -> Ticket:
    """As `update`, but the counters are left to the caller."""
    status = changes.status
    if not isinstance(changes.assignee, UnsetType):
        ticket = await change.assign(tx, ticket, changes.assignee)
    if changes.priority is not UNSET:
        ticket = await change.change_priority(tx, ticket, changes.priority)
    if changes.anonymous_traits is not UNSET:
        ticket = await change.replace_traits(tx, ticket, changes.anonymous_traits)
    if changes.ai_resolved is not UNSET:
        ticket = await change.set_ai_resolved(tx, ticket, ai_resolved=changes.ai_resolved)
    if changes.escalation_reason is not UNSET:
        ticket = await change.set_escalation_reason(tx, ticket, changes.escalation_reason)
    if changes.sla_due_at is not UNSET:
        ticket = await change.set_deadline(tx, ticket, changes.sla_due_at)
    if changes.tags is not UNSET:
        ticket = await change.tag(tx, ticket, changes.tags)
    if changes.snoozed_until is not UNSET:
        # An explicit status beats the one that a snooze implies.
        implied = rules.status_after_snooze(ticket.snoozed_until, changes.snoozed_until)
        ticket = await change.snooze(tx, ticket, changes.snoozed_until)
        status = implied or UNSET if status is UNSET else status
    if status is not UNSET:
        ticket = await change.set_status(tx, ticket, status)
    return ticket
