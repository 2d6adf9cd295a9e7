"""The composition root for HTTP: settings → pool → the visible list of routers."""

import gc
import secrets
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from importlib.metadata import version

from litestar import Litestar
from litestar.openapi.spec import SecurityScheme
from litestar.types import ASGIApp

from rejoinder.auth.credentials import Credentials
from rejoinder.auth.guards import TeamRequest
from rejoinder.cache.cached import Cached
from rejoinder.cache.stores import open_store
from rejoinder.channels.external import routes as external
from rejoinder.channels.host import routes as host
from rejoinder.channels.widget import openapi as widget_openapi
from rejoinder.channels.widget import routes as widget
from rejoinder.channels.widget.switchboard import Switchboard
from rejoinder.db.pool import Database, connect
from rejoinder.errors import Unavailable
from rejoinder.events.announcement import Announcement
from rejoinder.events.listen import Ear
from rejoinder.events.reactions import queue_reactions
from rejoinder.events.work import Work
from rejoinder.jobs import metrics as jobs_metrics
from rejoinder.jobs.background import Background
from rejoinder.messages.attachments import routes as attachments
from rejoinder.messages.attachments.files import Files
from rejoinder.messages.attachments.links import Links
from rejoinder.messages.commands import begin_with_text
from rejoinder.messages.routes import comments, thread
from rejoinder.notifications.mailer import Mailer
from rejoinder.organizations import routes as projects
from rejoinder.people import routes as people
from rejoinder.process import die_with_parent, when_told_to_finish
from rejoinder.realtime.feed import Feed
from rejoinder.realtime.presence import CHANNEL, Presences
from rejoinder.realtime.routes import events, history, presence
from rejoinder.settings import Settings, load
from rejoinder.tickets.routes import table as tickets
from rejoinder.web.edge import Edge
from rejoinder.web.egress.client import Egress
from rejoinder.web.envelope import EXCEPTION_HANDLERS
from rejoinder.web.health import database_checks, health_router
from rejoinder.web.limits import RateLimits
from rejoinder.web.logs import configure_logging
from rejoinder.web.metrics import watch
from rejoinder.web.openapi import RawObjects, docs, openapi_config
from rejoinder.web.parameters import Parameter
from rejoinder.web.shortcuts import Application
from rejoinder.webhooks import metrics as webhook_metrics
from rejoinder.webhooks import routes as webhooks
from rejoinder.webhooks.courier import Courier
from rejoinder.wiring import UNREAD_CLEARED_BY, jobs, reactions, schedule

_DESCRIPTION = "Customer conversations over HTTP, wire-compatible with PostHog's."
_TAGS = {
    "tickets": "Conversations: what customers asked, who has it, and how it stands.",
    "messages": "What was said: replies to the customer, and notes among the team.",
    "attachments": "Files in messages: uploaded first, then named in a reply or note.",
    "comments": "The same messages in the words of PostHog's comments API.",
    "persons": "Who writes to us, known by distinct ids.",
    "widget": "What a chat on a customer's page speaks, opened by the project's public token.",
    "posthog-js": "What PostHog's libraries ask of their host: its settings, and where events go.",
    "external": "One ticket for other systems, opened by the project's secret token.",
    "projects": "A project's settings, and the tokens that open it.",
    "events": "Everything that happened, in order: read it, follow it, resume it.",
    "webhooks": "Events sent to other systems, signed, in order, and again if need be.",
    "health": "For whoever runs this server.",
}
_CREDENTIALS = {
    "secret": SecurityScheme(
        type="http", scheme="bearer", description="The project's secret token (`phs_…`)."
    ),
    widget_openapi.CREDENTIAL: SecurityScheme(
        type="apiKey",
        name="X-Conversations-Token",
        security_scheme_in="header",
        description="The project's public token for the widget.",
    ),
}
_IN_PATHS = {
    "project_id": Parameter("The project's number, or `@current`.", example="@current"),
    "ref": Parameter("The ticket's number or id.", example="1"),
    "ticket_id": Parameter("The ticket's id.", example="018f3b6e-1c2d-7a4b-9e8f-0123456789ab"),
}

# The first generation is collected this rarely: what a request allocates has no cycles.
_GC_THRESHOLD = 50_000


def create() -> ASGIApp:
    """The application, as a worker of `rejoinder serve` or any ASGI server starts it."""
    die_with_parent()
    settings = load()
    configure_logging(settings)
    return application(settings)


def application(settings: Settings) -> ASGIApp:
    """The application with these settings; its lifespan opens and closes what it needs."""
    node = Node(settings)
    app = Application(
        route_handlers=[
            health_router({"database": node.ready}, measure=node.measure),
            docs,
            tickets.router(node.unread, begin_with_text),
            thread.router,
            comments.router,
            attachments.upload_router,
            attachments.read_router,
            people.router,
            projects.router,
            events.router(node.feed),
            history.router,
            presence.router(node.presences),
            webhooks.router(node.egress),
            external.router,
            host.router(settings.forward_events_to),
        ],
        lifespan=[node.lifespan],
        request_class=TeamRequest,
        exception_handlers=EXCEPTION_HANDLERS,
        openapi_config=openapi_config(
            version=version("rejoinder"),
            description=_DESCRIPTION,
            tags=_TAGS,
            credentials=_CREDENTIALS,
            in_paths=_IN_PATHS,
            beside=[widget_openapi.described(widget.PREFIX)],
        ),
        plugins=[RawObjects()],
        logging_config=None,
    )
    app.shortcuts = tickets.shortcuts(node.unread)
    app.beside = {widget.PREFIX: widget.Widget(node.board)}
    return Edge(
        app,
        settings,
        open_to_all=(widget.PREFIX, *host.OPEN_TO_ALL),
        compressed=host.CAPTURE,
        uploads=("/conversations/attachments", f"{widget.PREFIX}attachments"),
    )


class Node:
    """What one process holds: pool, caches, jobs, streams, and its LISTEN connection."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.database: Database | None = None
        self.process = secrets.token_hex(6)
        self.limits = RateLimits(settings)
        self.files = Files(settings)
        self.links = Links(settings)
        self.board = Switchboard(
            self.limits,
            lambda: self.ear.hearing,
            max_streams=settings.max_streams,
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
        self.credentials = Credentials(trusted=lambda: self.ear.hearing)
        # With several processes a change made by another is heard of a moment too late.
        alone = settings.workers == 1
        self.store = open_store(settings.redis_url, trusted=lambda: alone and self.ear.hearing)
        self.unread = Cached(self.store, "unread", int, cleared_by=UNREAD_CLEARED_BY)
        self.egress, self.trusted = Egress.of(settings), Egress.anywhere()
        self.courier = Courier(self.egress)
        self.background = Background(
            jobs(settings, Mailer(settings), self.trusted),
            schedule(self.files),
            woken_by=frozenset(reactions(settings)),
        )

    @asynccontextmanager
    async def lifespan(self, app: Litestar) -> AsyncGenerator[None]:
        async with AsyncExitStack() as stack:
            stack.push_async_callback(self.store.close)
            stack.push_async_callback(self.limits.close)
            self.database = await stack.enter_async_context(
                connect(self.settings.database_url, self.settings)
            )
            work = Work(
                self.database,
                process=self.process,
                listeners=[self._heard],
                reactors=[queue_reactions(reactions(self.settings))],
            )
            app.state.update(
                {
                    "database": self.database,
                    "work": work,
                    "credentials": self.credentials,
                    "limits": self.limits,
                    "files": self.files,
                    "links": self.links,
                }
            )
            watch(self.database)
            await stack.enter_async_context(self.egress.opened())
            await stack.enter_async_context(self.trusted.opened())
            await stack.enter_async_context(self.ear.listening())
            if self.settings.background_jobs:
                await stack.enter_async_context(self.background.running(self.database, work))
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
        await self.background.heard(announcement)
        await self.courier.heard(announcement)
        await self.feed.heard(announcement)
        await self.board.heard(announcement)

    async def _deaf(self) -> None:
        self.credentials.forget()
        await self.board.deaf()
        await self.store.clear()


def _spare_the_collector() -> None:
    """What stands now stands until the end: no collection needs to look at it again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_GC_THRESHOLD)
