"""New tickets, told to the addresses that a project names: a few by themselves, a flood together.

A notice is written down before it is mailed. What is held back, or was about to be mailed by a
process that did not return, goes out with the next mail that tells of many.
"""

from datetime import timedelta
from email.errors import MessageError
from typing import Final
from uuid import UUID

import aiosmtplib
import msgspec
import structlog

from rejoinder.events.event import Actor
from rejoinder.events.reactions import Reaction
from rejoinder.events.work import Work
from rejoinder.jobs.types import Job
from rejoinder.notifications import queries
from rejoinder.notifications.letters import Letters
from rejoinder.notifications.mailer import Mailer
from rejoinder.notifications.types import Letter, Recipient
from rejoinder.organizations.settings import decoded

log = structlog.get_logger(__name__)

ANNOUNCE: Final = "notifications.new_ticket"
AT_ONCE_A_MINUTE: Final = 5
EVERY: Final = timedelta(minutes=1)
_MOST_RECIPIENTS: Final = 50
_MOST_AT_A_TIME: Final = 1_000
_NOT_THIS_TIME: Final = (aiosmtplib.SMTPException, OSError, ValueError, MessageError)


class Newcomers:
    """The mail about new tickets."""

    def __init__(self, mailer: Mailer, letters: Letters) -> None:
        self._mailer = mailer
        self._letters = letters

    async def announce(self, work: Work, job: Job) -> None:
        """Tells the project's recipients of a ticket that a customer opened."""
        reaction = msgspec.json.decode(job.payload, type=Reaction)
        ticket_id = reaction.ticket_id
        if ticket_id is None or not self._mailer.is_configured:
            return
        for recipient in await _recipients(work, reaction):
            if await _note_down(work, recipient, ticket_id):
                await self._tell(work, recipient, [ticket_id])

    async def catch_up(self, work: Work) -> None:
        """Tells of everything that was held back: one mail for each recipient."""
        if not self._mailer.is_configured:
            return
        for recipient in await queries.waiting(work.database, _MOST_AT_A_TIME):
            ticket_ids = await queries.take_waiting(work.database, recipient)
            await self._tell(work, recipient, ticket_ids)

    async def _tell(self, work: Work, recipient: Recipient, ticket_ids: list[UUID]) -> None:
        tickets = await queries.new_tickets(work.database, recipient.project_id, ticket_ids)
        if tickets and not await self._sent(self._letters.new_tickets(recipient.address, tickets)):
            return
        await queries.mailed(work.database, recipient, ticket_ids)

    async def _sent(self, letter: Letter) -> bool:
        """One address that takes no mail is no reason to keep it from the others."""
        try:
            await self._mailer.send(letter.to, letter.subject, letter.text)
        except _NOT_THIS_TIME as error:
            log.warning("mail.failed", error=type(error).__name__)
            return False
        return True


async def _recipients(work: Work, reaction: Reaction) -> list[Recipient]:
    """Whom the project wants to be told, if it was a customer: addresses, or users by their ids."""
    project_id = reaction.project_id
    found = await queries.wanting(work.database, project_id, reaction.event_id)
    if found is None or found.actor_kind != "person":
        return []
    wanted = decoded(found.settings).notification_recipients
    if wanted is msgspec.UNSET:
        return []
    named = [str(each).strip().lower() for each in wanted[:_MOST_RECIPIENTS]]
    addresses = [each for each in named if "@" in each]
    users = [int(each) for each in named if each.isascii() and each.isdecimal()]
    if users:
        members = await queries.members_emails(work.database, project_id, users)
        addresses += [email.lower() for email in members]
    return [Recipient(project_id, address) for address in dict.fromkeys(addresses)]


async def _note_down(work: Work, recipient: Recipient, ticket_id: UUID) -> bool:
    """Whether it is to be mailed at once."""
    actor = Actor(recipient.project_id, "system", "notifications")
    async with work.begin(actor) as tx:
        await queries.lock_recipient(tx, recipient)
        return await queries.add_notice(tx, recipient, ticket_id, AT_ONCE_A_MINUTE)
