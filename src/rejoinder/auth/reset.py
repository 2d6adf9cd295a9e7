"""Forgotten passwords: a link by mail, and the job that makes and sends it.

The request only queues the job, for known and unknown addresses alike: neither the answer nor the
time it takes tells them apart.
"""

from collections.abc import Awaitable, Callable
from typing import Final

import msgspec
from msgspec import Struct

from rejoinder.auth import commands, queries
from rejoinder.auth.types import STRANGER
from rejoinder.events.work import Work
from rejoinder.jobs.types import Job

SEND_PASSWORD_RESET: Final = "auth.send_password_reset"  # noqa: S105  the name of a job


class ResetWanted(Struct, frozen=True):
    """The payload of the job: somebody asked for a new password for this address."""

    email: str


class ResetMail(Struct, frozen=True):
    """What has to reach the address, and nobody else."""

    email: str
    token: str


SendReset = Callable[[ResetMail], Awaitable[None]]


async def send_reset(work: Work, job: Job, send: SendReset) -> None:
    """The job: if somebody has the address, mails them a link with a token of its own."""
    wanted = msgspec.json.decode(job.payload, type=ResetWanted)
    user = await queries.user_by_email(work.database, wanted.email)
    if user is None or not user.is_active:
        return
    async with work.begin(STRANGER) as tx:
        token = await commands.issue_reset(tx, user.id)
    await send(ResetMail(user.email, token))
