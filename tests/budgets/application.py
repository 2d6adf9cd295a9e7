"""An application in which no request shares a statement with another one."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import cast

import httpx
from litestar import Litestar
from msgspec import Struct
from msgspec.structs import replace

from rejoinder.app.application import application
from rejoinder.db.pool import Database
from rejoinder.events.work import Work
from rejoinder.settings import Settings
from rejoinder.web.edge import Edge
from tests.budgets.asking import Asker
from tests.channels.widget.browser import configure
from tests.conftest import alive
from tests.isolation.world import a_world


class App(Struct, frozen=True):
    """Who speaks to the application, and the pool that it reads from."""

    client: httpx.AsyncClient
    database: Database
    work: Work

    async def asker(self) -> Asker:
        """The people of a world of its own."""
        world = await a_world(self.work, self.client)
        await configure(
            world.desk, widget_domains=["shop.example"], widget_attachments_enabled=True
        )
        return Asker(self.client, self.database, world)


@asynccontextmanager
async def an_app(settings: Settings, work: Work) -> AsyncGenerator[App]:
    """On the database of `settings`, which `work` writes to from outside."""
    alone = replace(settings, background_jobs=False, coalesce_reads=False, batch_writes=False)
    app = cast("Edge", application(alone))
    litestar = cast("Litestar", app.app)
    transport = httpx.ASGITransport(app=app)  # type: ignore[arg-type]  # two names for one protocol
    async with (
        alive(litestar),
        httpx.AsyncClient(transport=transport, base_url="http://testserver") as client,
    ):
        yield App(client, litestar.state["database"], work)
