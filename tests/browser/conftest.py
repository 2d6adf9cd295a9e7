"""The npm posthog-js in headless Chromium, on a customer's page, against a running server."""

import shutil
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack
from typing import Any, Final
from uuid import uuid4

import httpx
import pytest
from msgspec import Struct
from playwright.async_api import Browser, async_playwright

from rejoinder.channels.host.assets import FOLDER
from tests.browser.mailbox import Mailbox, a_mailbox
from tests.browser.server import Server, a_server
from tests.browser.site import Site, a_site
from tests.browser.slow import slow_down
from tests.browser.team import Team
from tests.browser.visitor import Visitor

_ARGUMENTS: Final = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# Otherwise posthog-js keeps the events of a browser that is driven by a program.
_NO_BOT: Final = {"opt_out_useragent_filter": True}


class Shop(Struct, frozen=True):
    """A customer of ours: a site, the team behind it, and whoever visits."""

    server: Server
    site: Site
    team: Team
    browser: Browser
    mailbox: Mailbox
    stack: AsyncExitStack

    def page(self, *, host: str = "shop.localhost", **options: Any) -> str:
        """The address of a page of theirs, with these options of posthog-js."""
        given = {"api_host": self.server.url, "defaults": "2025-05-24", **_NO_BOT} | options
        return self.site.page(self.team.project["api_token"], given, host=host)

    async def visitor(self, page: str = "", **options: Any) -> Visitor:
        """Somebody on the page, in a browser that remembers nothing."""
        context = await self.browser.new_context(viewport={"width": 900, "height": 700})
        self.stack.push_async_callback(context.close)
        visitor = Visitor(await context.new_page())
        self.stack.callback(_expect_no_failures, visitor)
        await visitor.page.goto(page or self.page(**options))
        return visitor


@pytest.fixture(scope="session")
async def browser() -> AsyncGenerator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("There is no chromium on this machine.")
    async with (
        async_playwright() as playwright,
        await playwright.chromium.launch(executable_path=chromium, args=_ARGUMENTS) as browser,
    ):
        slow_down(browser)
        yield browser


@pytest.fixture(scope="session")
async def world(
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncGenerator[tuple[Server, Site, Mailbox]]:
    """A server, a web site and everybody's mail."""
    if not FOLDER.exists():
        pytest.skip("posthog-js is not installed: run `make setup`.")
    folder = tmp_path_factory.mktemp("server")
    async with a_mailbox() as mailbox:
        mail = {"smtp_url": mailbox.url, "mail_from": "Ada's shop <help@shop.example>"}
        with a_site() as site, a_server(folder, **mail) as server:
            yield server, site, mailbox


@pytest.fixture
async def shop(world: tuple[Server, Site, Mailbox], browser: Browser) -> AsyncGenerator[Shop]:
    """A project of its own, whose widget is switched on."""
    server, site, mailbox = world
    organization = server.admin("list-organizations")["organizations"][0]["id"]
    name = f"Shop {uuid4()}"
    project = server.admin("create-project", name, "--organization", organization)
    headers = {"Authorization": f"Bearer {server.key}"}
    async with (
        httpx.AsyncClient(base_url=server.url, headers=headers, timeout=30) as client,
        AsyncExitStack() as stack,
    ):
        team = Team(client, project)
        await team.set(widget_enabled=True)
        yield Shop(server, site, team, browser, mailbox, stack)


def _expect_no_failures(visitor: Visitor) -> None:
    assert visitor.failures == []
