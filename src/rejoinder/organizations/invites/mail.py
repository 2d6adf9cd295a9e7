"""The job that mails an invite. The token in the mail is one of its own, made when it is sent."""

from collections.abc import Awaitable, Callable
from typing import Final
from uuid import UUID

import msgspec
from msgspec import Struct

from rejoinder.errors import NotFound
from rejoinder.events.event import INSTALLATION, Actor
from rejoinder.events.work import Work
from rejoinder.jobs.types import Job
from rejoinder.organizations.invites import commands, queries

SEND_INVITE: Final = "organizations.send_invite"


class InviteWanted(Struct, frozen=True):
    """The payload of the job."""

    invite_id: UUID


class InviteMail(Struct, frozen=True):
    """What has to reach the address, and nobody else."""

    email: str
    organization_name: str
    inviter: str
    token: str


SendInvite = Callable[[InviteMail], Awaitable[None]]


async def send_invite(work: Work, job: Job, send: SendInvite | None) -> None:
    """The job: mails the invite, if it is still open and there is a way to send mail."""
    wanted = msgspec.json.decode(job.payload, type=InviteWanted)
    invitation = await queries.invitation(work.database, wanted.invite_id)
    if send is None or invitation is None:
        return
    try:
        async with work.begin(Actor(INSTALLATION, "system", "invite")) as tx:
            token = await commands.issue_token(tx, invitation.id)
    except NotFound:
        return
    await send(
        InviteMail(invitation.email, invitation.organization_name, invitation.inviter, token)
    )


async def purge_invites(work: Work) -> int:
    """Removes invites that nobody accepted in time; returns how many."""
    return await queries.purge_invites(work.database)
