"""A visitor of a customer's page, with a browser of their own and the widget that it shows."""

import re
from pathlib import Path
from typing import Any, Final

from playwright.async_api import Error, Locator, Page, expect

# The closed widget polls every 15 s, and the machine may be busy.
PATIENCE_MS: Final = 40_000

_PHOTOGRAPHS: Final = Path(__file__).parents[2] / "artefacts" / "browser"
_API: Final = "/api/conversations/"


class Visitor:
    """What somebody does, and finds on the screen."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.failures: list[str] = []
        self.asked: list[str] = []
        page.on("pageerror", self._failed)
        page.on("request", lambda request: self.asked.append(request.url))
        self.widget = page.locator("#ph-conversations-widget-container")
        self.launcher = page.get_by_role("button", name=re.compile("^Open chat"))
        self.input = page.get_by_placeholder("Type your message...")
        self.new_conversation = page.get_by_role("button", name="New conversation")

    async def open(self) -> None:
        await self.launcher.click(timeout=PATIENCE_MS)

    async def close(self) -> None:
        await self.page.get_by_role("button", name="Close", exact=True).click()

    async def back(self) -> None:
        await self.page.get_by_role("button", name="Back to conversations").click()

    async def say(self, text: str) -> None:
        """Sends a message, and waits until the server has it."""
        await self.input.fill(text)
        async with self.page.expect_response(
            lambda answer: answer.url.endswith("/message")
        ) as sent:
            await self.page.get_by_role("button", name="Send message").click()
        assert (await sent.value).status == 200

    async def starts(self, text: str) -> None:
        """Opens another ticket, which the widget itself offers in some states only."""
        new_ticket = True
        await self.conversations("sendMessage", text, None, new_ticket)

    def text(self, text: str) -> Locator:
        return self.widget.get_by_text(text, exact=True)

    async def sees(self, *texts: str) -> None:
        for text in texts:
            await expect(self.text(text)).to_be_visible(timeout=PATIENCE_MS)

    async def does_not_see(self, *texts: str) -> None:
        for text in texts:
            await expect(self.text(text)).to_have_count(0)

    async def polls(self) -> None:
        """Comes back online, whereupon the widget asks at once, and is answered."""
        async with self.page.expect_response(_is_poll, timeout=PATIENCE_MS):
            await self.page.evaluate("dispatchEvent(new Event('online'))")

    async def conversations(self, call: str, *given: object) -> Any:
        """What `posthog.conversations.<call>(…)` comes to.

        Raises:
            Error: the client could not do it.
        """
        await self.page.wait_for_function(
            "window.posthog?.conversations?.isAvailable?.()", timeout=PATIENCE_MS
        )
        script = "([call, given]) => posthog.conversations[call](...given)"
        return await self.page.evaluate(script, [call, list(given)])

    async def photograph(self, name: str) -> None:
        """Keeps what is on the screen as an artefact of the run."""
        await self.page.screenshot(path=_PHOTOGRAPHS / f"{name}.png")

    def _failed(self, error: Error) -> None:
        self.failures.append(error.message)


def _is_poll(answer: Any) -> bool:
    return answer.request.method == "GET" and _API in answer.url
