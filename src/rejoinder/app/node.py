"""What one process holds, and for how long."""

import gc
import secrets
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager

from litestar import Litestar

from rejoinder.auth.credentials import Credentials
from rejoinder.auth.passwords import Passwords
from rejoinder.auth.sessions import Sessions
from rejoinder.cache.answers import Answers
from rejoinder.cache.cached import Cached
from rejoinder.cache.stores import open_store
from rejoinder.channels.widget.switchboard import Switchboard
from rejoinder.db.pool import Database, connect, connect_for_jobs
from rejoinder.errors import Unavailable
from rejoinder.events.announcement import Announcement
from rejoinder.events.listen import Ear
from rejoinder.events.reactions import queue_reactions
from rejoinder.events.work import Work
from rejoinder.jobs import metrics as jobs_metrics
from rejoinder.jobs.background import Background
from rejoinder.messages.attachments.files import Files
from rejoinder.messages.attachments.links import Links
from rejoinder.messages.commands import begin_with_text
from rejoinder.notifications.mailer import Mailer
from rejoinder.process import when_told_to_finish
from rejoinder.realtime.feed import Feed
from rejoinder.realtime.presence import CHANNEL, Presences
from rejoinder.settings import Settings
from rejoinder.tickets.rendered import RenderedTickets
from rejoinder.tickets.routes.creating import Creations
from rejoinder.web.egress.client import Egress
from rejoinder.web.health import database_checks
from rejoinder.web.limits import RateLimits
from rejoinder.web.metrics import watch
from rejoinder.web.pages import Pages
from rejoinder.webhooks import metrics as webhook_metrics
from rejoinder.webhooks.courier import Courier
from rejoinder.wiring import UNREAD_CLEARED_BY, jobs, reactions, schedule

# The first generation is collected this rarely: what a request allocates has no cycles.
_GC_THRESHOLD = 50_000
# Jobs at a time, each with a connection that requests cannot take.
_JOBS = 4


class Node:
    """What one process holds: pool, caches, jobs, streams, and its LISTEN connection."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.database: Database | None = None
        self.process = secrets.token_hex(6)
        self.pages = Pages(settings)
        self.creations = Creations(begin_with_text, batched=settings.batch_writes)
        self.limits = RateLimits(settings)
        self.sessions, self.passwords = Sessions(settings), Passwords()
        self.files = Files(settings)
        self.links = Links(settings)
        self.board = Switchboard(
            self.limits,
            lambda: self.ear.hearing,
            max_streams=settings.max_streams,
            stream_patience=settings.stream_patience_s,
            files=self.files,
            links=self.links,
        )
        self.feed = Feed(settings.max_streams)
        self.presences = Presences(self.feed)
        self.ear = Ear(
            settings.database_url,
            self.process,
            self._heard,
            self._deaf,
            is_untold=self._is_untold,
            others={CHANNEL: self.presences.heard},
        )
        self.credentials = Credentials(lambda: self.ear.hearing, self.sessions.life)
        # With several processes a change made by another is heard of a moment too late.
        alone = settings.workers == 1 and not settings.redis_url
        self.store = open_store(settings.redis_url, trusted=lambda: alone and self.ear.hearing)
        self.unread = Cached(self.store, "unread", int, cleared_by=UNREAD_CLEARED_BY)
        self.lists = Answers(trusted=lambda: alone and self.ear.hearing)
        self.rendered = RenderedTickets(settings.rendered_mb * 1024 * 1024)
        self.egress, self.trusted = Egress.of(settings), Egress.anywhere()
        self.courier = Courier(self.egress)
        mailer = Mailer(settings)
        self.background = Background(
            jobs(settings, mailer, self.files, self.trusted),
            schedule(settings, self.files, mailer),
            woken_by=frozenset(reactions(settings)),
            slots=_JOBS,
        )

    @asynccontextmanager
    async def lifespan(self, app: Litestar) -> AsyncGenerator[None]:
        async with AsyncExitStack() as stack:
            stack.push_async_callback(self.store.close)
            stack.push_async_callback(self.limits.close)
            stack.callback(self.passwords.close)
            self.database = await stack.enter_async_context(
                connect(self.settings.database_url, self.settings)
            )
            work = Work(
                self.database,
                process=self.process,
                listeners=[self._heard],
                reactors=[queue_reactions(reactions(self.settings))],
                batched=self.settings.batch_writes,
            )
            app.state.update(
                {
                    "database": self.database,
                    "work": work,
                    "credentials": self.credentials,
                    "sessions": self.sessions,
                    "passwords": self.passwords,
                    "pages": self.pages,
                    "limits": self.limits,
                    "files": self.files,
                    "links": self.links,
                }
            )
            watch(self.database)
            stack.push_async_callback(self.credentials.close)
            await stack.enter_async_context(self.egress.opened())
            await stack.enter_async_context(self.trusted.opened())
            await stack.enter_async_context(self.ear.listening())
            if self.settings.background_jobs:
                patient = await stack.enter_async_context(
                    connect_for_jobs(self.settings.database_url, self.settings, size=_JOBS)
                )
                await stack.enter_async_context(
                    self.background.running(self.database, work.over(patient))
                )
                await stack.enter_async_context(self.courier.running(work))
            self.board.open(work)
            stack.callback(self._end_streams)
            when_told_to_finish(self._end_streams)
            _spare_the_collector()
            yield

    def _end_streams(self) -> None:
        """Streams never end by themselves; their clients come back to the next server."""
        self.feed.close()
        self.board.close()

    async def ready(self) -> None:
        """Raises unless the database answers and has the schema of this version."""
        await database_checks(self._open())["database"]()

    async def measure(self) -> None:
        """Brings the figures of jobs and webhooks up to date."""
        await jobs_metrics.measure(self._open())
        await webhook_metrics.measure(self._open())

    def _open(self) -> Database:
        if self.database is None:
            raise Unavailable("The server is starting.")
        return self.database

    def _is_untold(self, announcement: Announcement) -> bool:
        return self.board.work.is_untold(announcement)

    async def _heard(self, announcement: Announcement) -> None:
        await self.credentials.heard(announcement)
        await self.unread.heard(announcement)
        await self.lists.heard(announcement)
        await self.background.heard(announcement)
        await self.courier.heard(announcement)
        await self.feed.heard(announcement)
        await self.board.heard(announcement)

    async def _deaf(self) -> None:
        self.credentials.forget()
        self.lists.clear()
        self.rendered.clear()
        await self.board.deaf()
        await self.store.clear()


def _spare_the_collector() -> None:
    """What stands now stands until the end: no collection needs to look at it again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_GC_THRESHOLD)
