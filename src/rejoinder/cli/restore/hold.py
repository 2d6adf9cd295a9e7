"""What a restored server must not do by itself: send again what may have been sent already."""

from typing import Annotated

import typer
from msgspec import Struct
from msgspec.structs import replace

from rejoinder.cli.operators import operator
from rejoinder.cli.restore import queries
from rejoinder.db.pool import Session
from rejoinder.errors import NotFound
from rejoinder.events.work import Work
from rejoinder.webhooks import commands
from rejoinder.webhooks import queries as webhooks
from rejoinder.webhooks.types import Key, NewWebhook, Webhook


class Held(Struct, frozen=True):
    """What ended, and what waits."""

    sessions: int
    jobs: int
    webhooks: int
    notices: int


class Released(Struct, frozen=True):
    jobs: int
    webhooks: int


async def hold(session: Session) -> Held:
    """Ends sessions; jobs and webhooks wait until somebody releases them."""
    return Held(
        sessions=await queries.end_sessions(session),
        jobs=await queries.hold_jobs(session),
        webhooks=await queries.hold_webhooks(session),
        notices=await queries.forget_notices(session),
    )


async def release(
    work: Work,
    *,
    discard: Annotated[
        bool, typer.Option("--discard", help="Send none of it: go on with what happens from now.")
    ] = False,
) -> Released:
    """Let go what a restore holds back: mails and other jobs, and webhooks."""
    keys = await queries.held_webhooks(work.database)
    for key in keys:
        await _release_webhook(work, key, discard=discard)
    settle = queries.discard_jobs if discard else queries.release_jobs
    return Released(jobs=await settle(work.database), webhooks=len(keys))


async def _release_webhook(work: Work, key: Key, *, discard: bool) -> None:
    async with work.begin(operator(key.project_id)) as tx:
        webhook = await webhooks.locked_webhook(tx, key.project_id, key.id)
        if webhook is None:
            raise NotFound
        if discard:
            await queries.pass_over(tx, key)
        await commands.change(tx, webhook, replace(_as_it_is(webhook), enabled=True))


def _as_it_is(webhook: Webhook) -> NewWebhook:
    return NewWebhook(**{name: getattr(webhook, name) for name in NewWebhook.__struct_fields__})
