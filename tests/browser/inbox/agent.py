"""A teammate at the inbox, with a browser of their own."""

import asyncio
import re
from pathlib import Path
from typing import Any, Final

from playwright.async_api import ConsoleMessage, Error, Locator, Page, Request, expect

PATIENCE_MS: Final = 20_000

# Runs share their machine with others.
expect.set_options(timeout=PATIENCE_MS)

_ROOT: Final = Path(__file__).parents[3]
_PHOTOGRAPHS: Final = _ROOT / "artefacts" / "browser"
_AXE: Final = _ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"

# What the browser itself says about answers that tests ask for on purpose.
_EXPECTED: Final = re.compile("Failed to load resource")


# One more after all that the page began to write.
_WRITTEN: Final = """() => new Promise((done) => {
  const asked = indexedDB.open("rejoinder");
  asked.onsuccess = () => {
    const database = asked.result;
    const shelves = [...database.objectStoreNames];
    const end = () => { database.close(); done(); };
    if (shelves.length === 0) return end();
    const last = database.transaction(shelves, "readwrite");
    last.objectStore(shelves[0]).count();
    last.oncomplete = end;
  };
})"""


class Agent:
    """What somebody does, and finds on the screen."""

    def __init__(self, page: Page, url: str, project: int) -> None:
        self.page = page
        self.url = url
        self.project = project
        self.failures: list[str] = []
        page.set_default_timeout(PATIENCE_MS)
        self._asked = set[Request]()
        page.on("request", self._begun)
        page.on("requestfinished", self._ended)
        page.on("requestfailed", self._ended)
        page.on("pageerror", self._failed)
        page.on("console", self._said)

    async def sign_in(self, email: str, password: str) -> None:
        """By the API, as the form does it; the cookie stays with the browser."""
        answer = await self.page.context.request.post(
            f"{self.url}/api/login/", data={"email": email, "password": password}
        )
        assert answer.ok, await answer.text()

    async def open(self, path: str = "tickets") -> None:
        """A page of the project, once keys and buttons answer."""
        await self.page.goto(f"{self.url}/projects/{self.project}/{path}")
        await expect(self.page.locator(".rail .account")).to_be_visible(timeout=PATIENCE_MS)

    async def reload(self) -> None:
        """The page anew, once all is written that the browser keeps."""
        await self.page.evaluate(_WRITTEN)
        await self.page.reload()

    async def settled(self) -> None:
        """The server has answered what this page told it: what shows at once is told afterwards."""
        async with asyncio.timeout(PATIENCE_MS / 1000):
            quiet = 0
            while quiet < 3:
                await self.page.evaluate("new Promise((done) => setTimeout(done))")
                quiet = 0 if self._asked else quiet + 1

    async def press(self, *keys: str) -> None:
        """One after the other; `Mod` is the machine's own."""
        for key in keys:
            await self.page.keyboard.press(key.replace("Mod", "ControlOrMeta"))

    def button(self, name: str, *, exact: bool = True) -> Locator:
        return self.page.get_by_role("button", name=name, exact=exact)

    def row(self, name: str) -> Locator:
        """The row of the ticket that has this text."""
        return self.page.get_by_role("row").filter(has_text=name)

    async def pick(self, *options: str) -> None:
        """Options of the picker that is open."""
        for option in options:
            await self.page.get_by_role("option", name=option).first.click()

    async def sees(self, *texts: str) -> None:
        for text in texts:
            await expect(self.page.get_by_text(text).first).to_be_visible(timeout=PATIENCE_MS)

    async def sees_rows(self, *names: str) -> None:
        """These tickets and no others, from the top."""
        cells = self.page.locator(".row .row-name")
        await expect(cells).to_have_text(list(names), timeout=PATIENCE_MS)

    async def is_at(self, pattern: str) -> None:
        await expect(self.page).to_have_url(re.compile(pattern), timeout=PATIENCE_MS)

    async def photograph(self, name: str) -> None:
        """Keeps what is on the screen as an artefact of the run."""
        _PHOTOGRAPHS.mkdir(parents=True, exist_ok=True)
        await self.page.screenshot(path=_PHOTOGRAPHS / f"{name}.png")

    async def expect_accessible(self) -> None:
        """Axe finds nothing wrong with what is on the screen."""
        problems = await self.problems()
        assert not problems, "\n".join(problems)

    async def problems(self, *rules: str) -> list[str]:
        """What axe has against what is on the screen, by these rules or by all."""
        await self.page.evaluate(_AXE.read_text())
        options = {"runOnly": rules} if rules else {}
        found: dict[str, Any] = await self.page.evaluate("(o) => axe.run(document, o)", options)
        return [
            f"{violation['id']}: {node['html'][:200]} ({node['failureSummary']})"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]

    def _begun(self, request: Request) -> None:
        if request.method != "GET":
            self._asked.add(request)

    def _ended(self, request: Request) -> None:
        self._asked.discard(request)

    def _failed(self, error: Error) -> None:
        self.failures.append(error.message)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not _EXPECTED.search(message.text):
            self.failures.append(message.text)
