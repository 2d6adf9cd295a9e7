"""What happens elsewhere becomes notifications and mail to the team."""

from typing import Final
from uuid import UUID

import msgspec
from msgspec import Struct

from rejoinder.events.event import Actor
from rejoinder.events.reactions import Reaction
from rejoinder.events.work import Work
from rejoinder.jobs.queue import enqueue
from rejoinder.jobs.types import Job, NewJob
from rejoinder.notifications import commands, queries, rules
from rejoinder.notifications.letters import Letters
from rejoinder.notifications.mailer import Mailer
from rejoinder.notifications.types import Letter

NOTIFY: Final = "notifications.notify"
MAIL: Final = "notifications.mail"
DISABLED_WEBHOOK: Final = "notifications.disabled_webhook"
SEND: Final = "notifications.send"


class ToMail(Struct, frozen=True):
    """The payload of the job that mails a notification."""

    project_id: int
    notification_id: UUID


class Reactions:
    """What the package does, with the operator's SMTP server if there is one."""

    def __init__(self, mailer: Mailer, letters: Letters) -> None:
        self._mailer = mailer
        self._letters = letters

    async def notify(self, work: Work, job: Job) -> None:
        """Notifies the teammates whom the event concerns; run again, it finds them notified."""
        reaction = msgspec.json.decode(job.payload, type=Reaction)
        facts = await queries.facts(work.database, reaction.project_id, reaction.event_id)
        concerned = rules.concerned(facts) if facts else None
        if not facts or not concerned or not concerned[1]:
            return
        actor = Actor(reaction.project_id, "system", "notifications")
        depth = reaction.depth + 1
        async with work.begin(actor, cause=reaction.event_id, depth=depth) as tx:
            added = await commands.notify(tx, facts, *concerned)
            if self._mailer.is_configured:
                mails = [NewJob(MAIL, ToMail(tx.project_id, each.id)) for each in added]
                await enqueue(tx, *mails)

    async def mail(self, work: Work, job: Job) -> None:
        """Mails a notification to whoever wants that, unless they have read it meanwhile."""
        wanted = msgspec.json.decode(job.payload, type=ToMail)
        found = await queries.unmailed(work.database, wanted.project_id, wanted.notification_id)
        if found is None:
            return
        if rules.wants_mail(msgspec.json.decode(found.preferences), found.kind):
            await self._send(self._letters.notification(found))

    async def disabled_webhook(self, work: Work, job: Job) -> None:
        """Tells owners and admins, each in a job of its own."""
        reaction = msgspec.json.decode(job.payload, type=Reaction)
        webhook = await queries.disabled(work.database, reaction.project_id, reaction.event_id)
        if webhook is None:
            return
        emails = await queries.administrators(work.database, reaction.project_id)
        letters = [self._letters.disabled_webhook(email, webhook) for email in emails]
        await enqueue(work.database, *(NewJob(SEND, letter) for letter in letters))

    async def send(self, work: Work, job: Job) -> None:  # noqa: ARG002  jobs are given it
        """Sends a letter that is ready."""
        await self._send(msgspec.json.decode(job.payload, type=Letter))

    async def _send(self, letter: Letter) -> None:
        await self._mailer.send(letter.to, letter.subject, letter.text)
