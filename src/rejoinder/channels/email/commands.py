"""Beginning a ticket from the team's side, and saying that a mail did not arrive."""

from typing import Final
from uuid import UUID

import msgspec

from rejoinder.channels.email import queries, rules
from rejoinder.channels.email.errors import (
    ComposeInProgress,
    EmailDisabled,
    UnknownConfig,
    WrongRecipient,
)
from rejoinder.channels.email.events import MessageDeliveryFailed
from rejoinder.channels.email.types import Composed, Composition
from rejoinder.errors import Invalid
from rejoinder.events.work import Tx
from rejoinder.ids import new_id
from rejoinder.messages import queries as messages
from rejoinder.messages.commands import add
from rejoinder.messages.errors import SupportDisabled
from rejoinder.messages.rules import fingerprint
from rejoinder.messages.types import Draft
from rejoinder.people.queries import person_by_distinct_id
from rejoinder.people.types import Person
from rejoinder.tickets.access import locked_ticket
from rejoinder.tickets.commands import life
from rejoinder.tickets.types import NewTicket

_LONGEST_REASON: Final = 200


async def compose(tx: Tx, user_id: int, wanted: Composition, *, can_mail: bool) -> Composed:
    """A ticket with the teammate's message as its first; the same within two minutes is the same.

    Raises:
        SupportDisabled, EmailDisabled, UnknownConfig: nothing can be begun here, or not by mail.
        WrongRecipient, Invalid: the person has another address, or is not known.
        ComposeInProgress: the very same is being composed right now.
    """
    if not (await messages.conversation_settings(tx, tx.project_id)).enabled:
        raise SupportDisabled
    await _check_recipient(tx, wanted, can_mail=can_mail)
    digest = fingerprint(tx.project_id, 0, f"compose:{user_id}", rules.said(wanted))
    if not await messages.try_fingerprint(tx, digest):
        raise ComposeInProgress
    client_id = f"compose:{digest.hex()}"
    before = await queries.composed_before(tx, tx.project_id, client_id)
    if before is not None:
        return before
    created = await life.create(tx, _new_ticket(wanted))
    draft = Draft(
        author_type="human",
        author_user_id=user_id,
        content=wanted.content,
        rich_content=wanted.rich_content,
        attachment_ids=wanted.attachment_ids,
        client_id=client_id,
        moves_status=False,
    )
    await add(tx, await locked_ticket(tx, created.id), draft)
    return Composed(created.id, created.ticket_number)


async def _check_recipient(tx: Tx, wanted: Composition, *, can_mail: bool) -> None:
    person = None
    if wanted.distinct_id:
        person = await person_by_distinct_id(tx, tx.project_id, wanted.distinct_id)
    if wanted.email is None:
        if person is None:
            attr = "recipient_distinct_id" if wanted.distinct_id else "recipient_email"
            raise Invalid("Give an address, or somebody who is known.", attr=attr)
        return
    if not can_mail:
        raise EmailDisabled
    if wanted.config_id not in {None, rules.config_id(tx.project_id)}:
        raise UnknownConfig
    known = _address_of(person)
    if known and known.lower() != wanted.email.lower():
        raise WrongRecipient


def _address_of(person: Person | None) -> str | None:
    if person is None:
        return None
    found = msgspec.json.decode(person.properties, type=dict[str, object]).get("email")
    return found if isinstance(found, str) else None


def _new_ticket(wanted: Composition) -> NewTicket:
    return NewTicket(
        id=new_id(),
        channel_source="widget" if wanted.email is None else "email",
        channel_detail=None,
        status="open",
        priority=None,
        distinct_id=wanted.distinct_id,
        assignee=None,
        anonymous_traits={} if wanted.email is None else {"email": wanted.email},
        ai_resolved=False,
        escalation_reason=None,
        sla_due_at=None,
        snoozed_until=None,
        tags=wanted.tags,
        email_subject=wanted.subject,
        email_from=wanted.email,
    )


async def give_up(tx: Tx, ticket_id: UUID | None, message_id: UUID, reason: str) -> None:
    """The message does not arrive by mail, and the team is told."""
    tx.emit(
        MessageDeliveryFailed(
            ticket_id=ticket_id,
            message_id=message_id,
            reason=rules.line(reason)[:_LONGEST_REASON],
        )
    )
