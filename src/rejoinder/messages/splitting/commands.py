"""Moving messages and notes out of a ticket into a new one."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

import msgspec
from msgspec.structs import replace

from rejoinder.errors import Invalid
from rejoinder.events.work import Tx
from rejoinder.ids import new_id
from rejoinder.messages.events import MessagesMoved, NotesMoved
from rejoinder.messages.splitting import queries
from rejoinder.messages.splitting.types import Moving
from rejoinder.tickets import access
from rejoinder.tickets.commands import life
from rejoinder.tickets.commands.change import check_assignee
from rejoinder.tickets.commands.counters import recount
from rejoinder.tickets.types import Assignee, NewTicket, Status, Ticket

_ATTR: Final = "message_ids"


async def split(tx: Tx, ticket: Ticket, ids: Sequence[UUID], status: Status) -> UUID:
    """A new ticket of the same customer that has these messages and notes; its id.

    Raises:
        Invalid: one is not there on the locked ticket, or nothing would stay.
    """
    wanted = sorted(set(ids))
    moving = await queries.moving(tx, tx.project_id, ticket.id, wanted)
    for missing in sorted(set(wanted) - {each.id for each in moving}):
        raise Invalid(f"There is no message {missing} on this ticket.", attr=_ATTR)
    await _check_rest(tx, ticket, moving)
    created = await life.create(tx, await _like(tx, ticket, status))
    await queries.move(tx, tx.project_id, wanted, created.id)
    await _recount(tx, ticket, await access.locked_ticket(tx, created.id), moving)
    tx.tell(*ticket.readers)
    _announce(tx, ticket.id, created.id, moving)
    return created.id


async def _check_rest(tx: Tx, ticket: Ticket, moving: Sequence[Moving]) -> None:
    """A customer's ticket does not become empty, nor one that has notes alone."""
    there = await queries.remaining(tx, tx.project_id, ticket.id)
    public = sum(not each.is_private for each in moving)
    if len(moving) == there.entries or (public and public == there.messages):
        raise Invalid("At least one message must stay.", attr=_ATTR, code="nothing_left")


async def _like(tx: Tx, ticket: Ticket, status: Status) -> NewTicket:
    """A ticket of the same customer, with the same tags and assignee."""
    view = await access.view(tx, tx.project_id, ticket.id)
    return NewTicket(
        id=new_id(),
        channel_source=view.channel_source,
        channel_detail=view.channel_detail,
        status=status,
        priority=None,
        distinct_id=view.distinct_id,
        assignee=await _still_there(tx, ticket.assignee),
        anonymous_traits=_decoded(view.anonymous_traits),
        ai_resolved=False,
        escalation_reason=None,
        sla_due_at=None,
        snoozed_until=None,
        tags=view.tags,
        email_subject=view.email_subject,
        email_from=view.email_from,
        widget_session_id=ticket.widget_session_id,
        session_id=view.session_id,
        session_context=_decoded(view.session_context),
        identity_verified=view.identity_verified,
    )


async def _still_there(tx: Tx, assignee: Assignee | None) -> Assignee | None:
    """The assignee, unless it has left since: then nobody."""
    try:
        await check_assignee(tx, assignee)
    except Invalid:
        return None
    return assignee


async def _recount(tx: Tx, source: Ticket, target: Ticket, moving: Sequence[Moving]) -> None:
    """Both tickets show what they have now, and the project counts what is unread of each."""
    for_team = sum(each.unread_by_team for each in moving)
    for_customer = sum(each.unread_by_customer for each in moving)
    left = replace(
        source,
        unread_team_count=source.unread_team_count - for_team,
        unread_customer_count=source.unread_customer_count - for_customer,
    )
    got = replace(target, unread_team_count=for_team, unread_customer_count=for_customer)
    for before, after in ((source, left), (target, got)):
        await queries.recount(tx, tx.project_id, after)
        await recount(tx, before, after)


def _announce(tx: Tx, source_id: UUID, target_id: UUID, moving: Sequence[Moving]) -> None:
    """On both tickets; of notes apart, so that customers' systems are not told of any."""
    for kind, is_private in ((MessagesMoved, False), (NotesMoved, True)):
        ids = [each.id for each in moving if each.is_private == is_private]
        for ticket_id in (source_id, target_id) if ids else ():
            tx.emit(
                kind(ticket_id=ticket_id, message_ids=ids, moved_from=source_id, moved_to=target_id)
            )


def _decoded(value: msgspec.Raw) -> dict[str, object]:
    return msgspec.json.decode(value, type=dict[str, object])
