"""The composition root for background work in a process of its own."""

import asyncio

from rejoinder.cache.cached import Cached
from rejoinder.cache.stores import open_store
from rejoinder.db.pool import connect, connect_for_jobs
from rejoinder.events.announcement import Announcement
from rejoinder.events.listen import Ear
from rejoinder.events.reactions import queue_reactions
from rejoinder.events.work import Work
from rejoinder.jobs.background import Background
from rejoinder.messages.attachments.files import Files
from rejoinder.notifications.mailer import Mailer
from rejoinder.settings import Settings
from rejoinder.web.egress.client import Egress
from rejoinder.webhooks.courier import Courier
from rejoinder.wiring import UNREAD_CLEARED_BY, jobs, reactions, schedule

# Connections for webhooks and for the signs of life.
_SPARE = 4


async def run(settings: Settings, stop: asyncio.Event) -> None:
    """Runs jobs until `stop` is set."""
    slots = max(2, settings.pool_size - _SPARE)
    egress, trusted = Egress.of(settings), Egress.anywhere()
    mailer, files = Mailer(settings), Files(settings)
    background = Background(
        jobs(settings, mailer, files, trusted),
        schedule(settings, files, mailer),
        woken_by=frozenset(reactions(settings)),
        slots=slots,
    )
    courier = Courier(egress)
    store = open_store(settings.redis_url, trusted=lambda: False)
    unread = Cached(store, "unread", int, cleared_by=UNREAD_CLEARED_BY)
    async with (
        connect(settings.database_url, settings, size=_SPARE) as database,
        connect_for_jobs(settings.database_url, settings, size=slots) as patient,
    ):
        work = Work(
            database,
            listeners=[unread.heard, background.heard, courier.heard],
            reactors=[queue_reactions(reactions(settings))],
        )

        async def heard(announcement: Announcement) -> None:
            await background.heard(announcement)
            await courier.heard(announcement)

        ear = Ear(settings.database_url, work.process, heard, _deaf)
        async with (
            egress.opened(),
            trusted.opened(),
            ear.listening(),
            background.running(database, work.over(patient)),
            courier.running(work),
        ):
            await stop.wait()
    await store.close()


async def _deaf() -> None:
    """Nothing: what is not heard of is found a second later."""
