"""What e-mail does when the team has written: it mails the message, once as far as it can know."""

from typing import Final

import aiosmtplib
import msgspec

from rejoinder.channels.email import commands, mime, queries, rules
from rejoinder.channels.email.mime import Enclosed
from rejoinder.channels.email.types import Enclosure, Mailbox, Outgoing, SendMail
from rejoinder.errors import NotFound
from rejoinder.events.event import Actor
from rejoinder.events.reactions import Reaction
from rejoinder.events.work import Work
from rejoinder.jobs.types import Job
from rejoinder.messages.attachments.files import Files

DELIVER: Final = "email.deliver"
# Over seven hours.
ATTEMPTS: Final = 16
# Servers take 25 MB at least, of which the encoding needs a third.
MOST_BYTES: Final = 15_000_000
_FOR_GOOD: Final = 500


class Delivery:
    """From a mailbox, through a server, with attachments out of the file store."""

    def __init__(self, mailbox: Mailbox | None, send: SendMail, files: Files) -> None:
        self._mailbox = mailbox
        self._send = send
        self._files = files

    async def react(self, work: Work, job: Job) -> None:
        """Mails the message of an event, if it belongs to a ticket of this channel.

        What is written down is not sent again; whoever gets a mail twice after a crash sees it
        by its Message-ID.

        Raises:
            aiosmtplib.SMTPException, OSError, Unavailable: not this time; worth another attempt.
        """
        reaction = msgspec.json.decode(job.payload, type=Reaction)
        project_id = reaction.project_id
        outgoing = await queries.outgoing(work.database, project_id, reaction.event_id)
        if outgoing is None or self._mailbox is None:
            return
        if not rules.is_address(outgoing.to):
            await _give_up(work, reaction, outgoing, f"{outgoing.to} is no address for mail.")
            return
        try:
            await self._send(mime.mail(outgoing, self._mailbox, await self._enclosed(outgoing)))
        except Exception as error:
            is_final = _is_refused(error)
            if is_final or job.attempts >= ATTEMPTS:
                await _give_up(work, reaction, outgoing, _said(error))
            if is_final:
                return
            raise
        header_id = rules.header_id(outgoing.message_id, self._mailbox.domain)
        await queries.add_sent(work.database, project_id, outgoing.message_id, header_id)

    async def _enclosed(self, outgoing: Outgoing) -> list[Enclosed]:
        """The attachments, with their bytes as far as there is room."""
        if outgoing.enclosures is None:
            return []
        room = MOST_BYTES
        found: list[Enclosed] = []
        for each in msgspec.json.decode(outgoing.enclosures, type=list[Enclosure]):
            content = await self._read(each) if each.size <= room else None
            room -= 0 if content is None else each.size
            found.append(Enclosed(each, content))
        return found

    async def _read(self, enclosure: Enclosure) -> bytes | None:
        try:
            pieces = await self._files.read(enclosure.object_key)
        except NotFound:
            return None
        return b"".join([piece async for piece in pieces])


def _is_refused(error: Exception) -> bool:
    """Whether the server will never take this mail; what is wrong with us may be put right."""
    match error:
        case aiosmtplib.SMTPRecipientsRefused(recipients=refused):
            return all(each.code >= _FOR_GOOD for each in refused)
        case aiosmtplib.SMTPDataError(code=code):
            return code >= _FOR_GOOD
        case _:
            return False


def _said(error: Exception) -> str:
    """What the server said, or what kept us from asking it."""
    match error:
        case aiosmtplib.SMTPRecipientsRefused(recipients=refused):
            return "; ".join(map(_said, refused))
        case aiosmtplib.SMTPResponseException(code=code, message=text):
            return f"{code} {text}"
        case _:
            return type(error).__name__


async def _give_up(work: Work, reaction: Reaction, outgoing: Outgoing, reason: str) -> None:
    actor = Actor(reaction.project_id, "system", "email")
    async with work.begin(actor, cause=reaction.event_id, depth=reaction.depth + 1) as tx:
        await commands.give_up(tx, reaction.ticket_id, outgoing.message_id, reason)
