"""What an agent's browser does, timed inside the browser: from the click to the painted frame."""

import math
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, Final, TypeAlias, cast

from msgspec import Struct
from playwright.async_api import Browser, BrowserContext, CDPSession, Page

PROJECT: Final = 1
EMAIL: Final = "agent1@example.com"
PASSWORD: Final = "measured by the bench"

_ROW: Final = ".row .row-name"

# A frame is painted after its callbacks; a message that one of them sends arrives after the paint.
_WATCH: Final = """
const frame = () => new Promise(requestAnimationFrame);
const message = () => new Promise((done) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => done(performance.now());
  port2.postMessage(0);
});
globalThis.painted = async (isThere = () => true) => {
  do await frame(); while (!isThere());
  return await message();
};
globalThis.listed = painted(() => document.querySelector("ROW"));
""".replace("ROW", _ROW)

_OPEN: Final = """async (number) => {
  const link = [...document.querySelectorAll(".row-link")]
    .find((link) => link.pathname.endsWith(`/tickets/${number}`));
  link.scrollIntoView({ block: "nearest" });
  await painted();
  const began = performance.now();
  link.click();
  const end = await painted(() =>
    document.querySelector(".conversation-number")?.textContent === `#${number}`
    && document.querySelector(".said-message"));
  return end - began;
}"""

_SWITCH: Final = """async (view) => {
  const link = document.querySelector(`.pane-views a[href*="view=${view}"]`);
  const began = performance.now();
  link.click();
  const end = await painted(() => link.getAttribute("aria-current")
    && document.querySelector(".row .row-name, .pane-list .empty"));
  return end - began;
}"""

_NUMBERS: Final = """() => [...document.querySelectorAll(".row-link")]
  .map((link) => Number(link.pathname.split("/").at(-1)))"""


_Send: TypeAlias = Callable[[str, dict[str, Any]], Awaitable[dict[str, Any]]]


class Took(Struct, frozen=True):
    """Milliseconds that passed, and those in which the page's thread had a processor."""

    passed: float
    worked: float


class Seat:
    """A browser that is signed in, and has seen nothing yet."""

    def __init__(self, context: BrowserContext, page: Page, line: CDPSession, url: str) -> None:
        self._context = context
        self._page = page
        self._send = cast("_Send", line.send)  # pyright: ignore[reportUnknownMemberType]  half typed
        self._list = f"{url}/projects/{PROJECT}/tickets?view=all"

    async def begin(self) -> None:
        await self._send("Network.enable", {})
        await self._send("Performance.enable", {"timeDomain": "threadTicks"})

    async def delay(self, ms: float) -> None:
        """Every answer of the server takes so much longer from now on."""
        speed = {"offline": False, "latency": ms, "downloadThroughput": -1, "uploadThroughput": -1}
        await self._send("Network.emulateNetworkConditions", speed)

    async def load(self) -> tuple[Took, Took]:
        """From the navigation to the first paint, and to the rows of the list."""
        await self._page.goto(self._list, wait_until="commit")
        listed: float = await self._page.evaluate("listed")
        first: float = await self._page.evaluate(
            "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? listed"
        )
        return Took(first, math.nan), Took(listed, await self._worked())

    async def numbers(self) -> list[int]:
        """The tickets in the list."""
        return await self._page.evaluate(_NUMBERS)

    async def open(self, number: int) -> Took:
        """Until what was said in the ticket is painted."""
        return await self._time(_OPEN, number)

    async def switch(self, view: str) -> Took:
        """Until the rows of the view are painted."""
        return await self._time(_SWITCH, view)

    async def _time(self, script: str, argument: object) -> Took:
        before = await self._worked()
        passed: float = await self._page.evaluate(script, argument)
        return Took(passed, await self._worked() - before)

    async def _worked(self) -> float:
        found = (await self._send("Performance.getMetrics", {}))["metrics"]
        return next(each["value"] * 1000 for each in found if each["name"] == "TaskDuration")

    async def settle(self) -> None:
        """Until nothing is on its way any more, the stream apart."""
        await self._page.wait_for_function("() => !document.querySelector('[aria-busy=true]')")
        await self._page.wait_for_timeout(2_000)


@asynccontextmanager
async def seated(browser: Browser, url: str) -> AsyncGenerator[Seat]:
    context = await browser.new_context(viewport={"width": 1440, "height": 900})
    body: dict[str, Any] = {"email": EMAIL, "password": PASSWORD}
    answer = await context.request.post(f"{url}/api/login/", data=body)
    assert answer.ok, await answer.text()
    await context.add_init_script(_WATCH)
    page = await context.new_page()
    line = await context.new_cdp_session(page)
    seat = Seat(context, page, line, url)
    await seat.begin()
    yield seat
    await context.close()
