"""Changing a ticket on behalf of another system."""

from msgspec import UNSET, UnsetType

from rejoinder.channels.external.rules import tags_after
from rejoinder.channels.external.types import Change
from rejoinder.events.work import Tx
from rejoinder.tickets.commands import change
from rejoinder.tickets.rules import normal_tags, status_after_snooze
from rejoinder.tickets.types import Ticket


async def apply(tx: Tx, ticket: Ticket, wanted: Change) -> Ticket:
    """One command for each given field; an explicit status beats the one a snooze implies.

    Raises:
        Invalid: a field is refused; then nothing is changed.
    """
    status = wanted.status
    if wanted.tags is not UNSET:
        tags = normal_tags(tags_after(ticket.tags, wanted.tags, wanted.tags_mode))
        ticket = await change.tag(tx, ticket, tags)
    if not isinstance(wanted.assignee, UnsetType):
        await change.check_assignee(tx, wanted.assignee)
        ticket = await change.assign(tx, ticket, wanted.assignee)
    if wanted.priority is not UNSET:
        ticket = await change.change_priority(tx, ticket, wanted.priority)
    if wanted.due_at is not UNSET:
        ticket = await change.set_deadline(tx, ticket, wanted.due_at)
    if wanted.snoozed_until is not UNSET:
        implied = status_after_snooze(ticket.snoozed_until, wanted.snoozed_until)
        ticket = await change.snooze(tx, ticket, wanted.snoozed_until)
        status = implied or UNSET if status is UNSET else status
    if status is not UNSET:
        ticket = await change.change_status(tx, ticket, status)
    return ticket
