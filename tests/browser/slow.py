"""Browsers on a slow machine behind an uneven line, on demand: races that nobody meets by luck."""

import asyncio
import os
import random
from typing import Any, Final

from playwright.async_api import Browser, BrowserContext, Error, Page, Route

_THROTTLE: Final = float(os.environ.get("REJOINDER_TEST_THROTTLE", "1"))
_JITTER_MS: Final = float(os.environ.get("REJOINDER_TEST_JITTER_MS", "0"))


def slow_down(browser: Browser) -> None:
    """By the environment: pages compute so many times slower, requests wait up to so long."""
    under_way = set[asyncio.Task[Any]]()

    def start(work: Any) -> None:
        task = asyncio.ensure_future(work)
        under_way.add(task)
        task.add_done_callback(under_way.discard)

    def hamper(context: BrowserContext) -> None:
        if _THROTTLE > 1:
            context.on("page", lambda page: start(_throttle(page)))
        if _JITTER_MS:
            start(context.route("**/api/**", _wait))

    browser.on("context", hamper)


async def _throttle(page: Page) -> None:
    # Any: the library leaves the type of what the browser answers open.
    session: Any = await page.context.new_cdp_session(page)
    await session.send("Emulation.setCPUThrottlingRate", {"rate": _THROTTLE})


async def _wait(route: Route) -> None:
    await asyncio.sleep(random.random() * _JITTER_MS / 1000)
    try:
        await route.fallback()
    except Error:
        return  # the page is gone
