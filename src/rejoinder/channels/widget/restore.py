"""Getting tickets back in another browser: a link by mail proves the address."""

from collections.abc import Awaitable, Callable
from typing import Final
from uuid import UUID

import msgspec
from msgspec import UNSET, Struct

from rejoinder.channels.widget import access, commands, queries, wire
from rejoinder.channels.widget.call import Answer, Call
from rejoinder.channels.widget.errors import Refused
from rejoinder.channels.widget.fields import Fields
from rejoinder.channels.widget.rules import origins
from rejoinder.channels.widget.switchboard import Switchboard
from rejoinder.channels.widget.types import WidgetProject
from rejoinder.channels.widget.wire import RestoreOut
from rejoinder.events.event import Actor
from rejoinder.events.work import Work
from rejoinder.jobs.queue import enqueue
from rejoinder.jobs.types import Job, NewJob

SEND_RESTORE_LINK: Final = "widget.send_restore_link"

_encode = msgspec.json.Encoder().encode
_OK: Final = b'{"ok":true}'


class RestoreWanted(Struct, frozen=True):
    """The payload of the job: somebody asked for a link to this address."""

    project_id: int
    email: str
    request_url: str


class RestoreMail(Struct, frozen=True):
    """What has to reach the address, and nobody else."""

    project_id: int
    email: str
    link: str


SendRestoreMail = Callable[[RestoreMail], Awaitable[None]]


async def request(board: Switchboard, call: Call) -> Answer:
    """Asks for a link. The answer does not tell whether the address has any tickets."""
    project = await access.project(board, call)
    access.check_origin(project, call)
    _check_enabled(project)
    fields = Fields(await call.body())
    email, url = wire.wanted_restore(fields)
    fields.check()
    _check_page(project, call, url)
    await board.limits.hit("widget_restore", f"{project.id}:{email}")
    await board.limits.hit("widget_token_write", str(project.id))
    wanted = RestoreWanted(project.id, email, url)
    await enqueue(board.database, NewJob(SEND_RESTORE_LINK, wanted))
    return Answer(200, _OK)


async def redeem(board: Switchboard, call: Call) -> Answer:
    """Trades the token of a link for the tickets of its address."""
    project = await access.project(board, call)
    access.check_origin(project, call)
    _check_enabled(project)
    fields = Fields(await call.body())
    token, session_id = wire.redeemed(fields)
    fields.check()
    await board.limits.hit("widget_redeem", call.address)
    async with board.work.begin(Actor(project.id, "person", "")) as tx:
        outcome = await commands.redeem(tx, token, str(session_id))
    return Answer(200, _encode(_out(outcome, session_id)))


async def send_link(work: Work, job: Job, send: SendRestoreMail) -> None:
    """The job: if the address has tickets, mails it a link with a token of its own."""
    wanted = msgspec.json.decode(job.payload, type=RestoreWanted)
    if not await queries.tickets_of_email(work.database, wanted.project_id, wanted.email):
        return
    async with work.begin(Actor(wanted.project_id, "system", "widget")) as tx:
        token = await commands.issue_restore_token(tx, wanted.email)
    link = origins.restore_link(wanted.request_url, token)
    await send(RestoreMail(wanted.project_id, wanted.email, link))


async def purge_restore_tokens(work: Work) -> int:
    """Removes tokens that have long expired; returns how many."""
    return await queries.purge_restore_tokens(work.database)


def _check_enabled(project: WidgetProject) -> None:
    if project.settings.restore_enabled is False:
        raise Refused(403, "Restore is not enabled")


def _check_page(project: WidgetProject, call: Call, url: str) -> None:
    """The link leads back to the page that asks for it, and only to pages that were named."""
    page = origins.place_of(url)
    if page is None or page != origins.place_of(call.origin or call.referer):
        raise Refused(403, "URL must match request origin")
    if not origins.is_allowed(page, project.domains):
        raise Refused(403, "URL domain not allowed")


def _out(outcome: commands.Redeemed, session_id: UUID | None) -> RestoreOut:
    if outcome.status != "success" or session_id is None:
        return RestoreOut(outcome.status, outcome.code)
    return RestoreOut(outcome.status, UNSET, session_id, outcome.ticket_ids)
