"""The composition root for HTTP: settings → pool → the visible list of routers."""

import asyncio
import gc
import secrets
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from importlib.metadata import version

from litestar import Litestar
from litestar.types import ASGIApp

from rejoinder.auth.credentials import Credentials
from rejoinder.auth.guards import TeamRequest
from rejoinder.cache.cached import Cached, Store
from rejoinder.cache.local import LocalStore
from rejoinder.cache.shared import SharedStore
from rejoinder.db.pool import Database, connect
from rejoinder.errors import Unavailable
from rejoinder.events.announcement import Announcement
from rejoinder.events.listen import Ear
from rejoinder.events.work import Work
from rejoinder.messages.commands import receive
from rejoinder.messages.routes import comments, thread
from rejoinder.organizations import routes as projects
from rejoinder.people import routes as people
from rejoinder.process import die_with_parent
from rejoinder.settings import Settings, load
from rejoinder.tickets import routes as tickets
from rejoinder.web.edge import Edge
from rejoinder.web.envelope import EXCEPTION_HANDLERS
from rejoinder.web.health import database_checks, health_router
from rejoinder.web.limits import RateLimits
from rejoinder.web.logs import configure_logging
from rejoinder.web.openapi import docs, openapi_config
from rejoinder.wiring import UNREAD_CLEARED_BY

_DESCRIPTION = "Customer conversations over HTTP, wire-compatible with PostHog's."
_TAGS = {
    "tickets": "Conversations: what customers asked, who has it, and how it stands.",
    "messages": "What was said: replies to the customer, and notes among the team.",
    "comments": "The same messages in the words of PostHog's comments API.",
    "persons": "Who writes to us, known by distinct ids.",
    "projects": "A project's settings, and the tokens that open it.",
    "health": "For whoever runs this server.",
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
    app = Litestar(
        route_handlers=[
            health_router({"database": node.ready}),
            docs,
            tickets.router(node.unread, receive),
            thread.router,
            comments.router,
            people.router,
            projects.router,
        ],
        lifespan=[node.lifespan],
        request_class=TeamRequest,
        exception_handlers=EXCEPTION_HANDLERS,
        openapi_config=openapi_config(
            version=version("rejoinder"), description=_DESCRIPTION, tags=_TAGS
        ),
        logging_config=None,
    )
    return Edge(app, settings)


class Node:
    """What one process holds: pool, caches, the LISTEN connection and its listeners."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.database: Database | None = None
        self.process = secrets.token_hex(6)
        self.limits = RateLimits(settings)
        self.ear = Ear(settings.database_url, self.process, self._heard, self._deaf)
        self.credentials = Credentials(trusted=lambda: self.ear.hearing)
        self.store = self._store()
        self.unread = Cached(self.store, "unread", int, cleared_by=UNREAD_CLEARED_BY)

    @asynccontextmanager
    async def lifespan(self, app: Litestar) -> AsyncGenerator[None]:
        async with connect(self.settings.database_url, self.settings) as database:
            work = Work(database, process=self.process, listeners=[self._heard])
            self.database = database
            app.state.update(
                {
                    "database": database,
                    "work": work,
                    "credentials": self.credentials,
                    "limits": self.limits,
                }
            )
            listening = asyncio.create_task(self.ear.run())
            gc.collect()
            gc.freeze()
            gc.set_threshold(_GC_THRESHOLD)
            try:
                yield
            finally:
                listening.cancel()
                with suppress(asyncio.CancelledError):
                    await listening
                await self.limits.close()
                await self.store.close()

    async def ready(self) -> None:
        """Raises unless the database answers and has the schema of this version."""
        if self.database is None:
            raise Unavailable("The server is starting.")
        await database_checks(self.database)["database"]()

    def _store(self) -> Store:
        if self.settings.redis_url:
            return SharedStore(self.settings.redis_url)
        # With several processes a change made by another is heard of a moment too late.
        alone = self.settings.workers == 1
        return LocalStore(lambda: alone and self.ear.hearing)

    async def _heard(self, announcement: Announcement) -> None:
        await self.credentials.heard(announcement)
        await self.unread.heard(announcement)

    async def _deaf(self) -> None:
        self.credentials.forget()
        await self.store.clear()
