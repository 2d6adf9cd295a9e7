"""A customer who means harm: what they write wherever they can, and what a browser made of it."""

import asyncio
from typing import Any, Final
from urllib.parse import quote, urlsplit
from uuid import uuid4

from playwright.async_api import BrowserContext, Page, Request

from tests.browser.inbox.conftest import Desk
from tests.contract import naughty

# Each would call `ran`, or ask another host, if anything took it for more than text.
ATTACKS: Final = [
    "<script>ran('script')</script>",
    "</script><script>ran('closing')</script>",
    "</title></textarea></style></noscript><img src=x onerror=ran('closers')>",
    '"><img src=x onerror="ran(1)">',
    "'><svg/onload=ran(2)>",
    "<svg><script>ran(3)</script></svg>",
    "<svg><animate onbegin=ran(4) attributeName=x dur=1s></svg>",
    '<svg><use href="data:image/svg+xml,<svg id=x onload=ran(5)></svg>#x"></svg>',
    "<math><mi xlink:href='javascript:ran(6)'>click</mi></math>",
    "<iframe srcdoc='<script>parent.ran(7)</script>'></iframe>",
    "<iframe src=javascript:parent.ran(8)></iframe>",
    "<object data='https://evil.example/x.swf'></object>",
    "<embed src='https://evil.example/x'>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<base href='https://evil.example/'>",
    "<form action=https://evil.example/><input name=p autofocus onfocus=ran(9)><button>",
    "<details open ontoggle=ran(10)>",
    "<video><source onerror=ran(11)></video>",
    "<a href=javascript:ran(12)>click</a>",
    "<img src=https://evil.example/pixel.gif>",
    "<style>@import 'https://evil.example/x.css';</style>",
    "<p style='background:url(https://evil.example/bg)'>",
    "x');background:url(https://evil.example/css)",
    "javascript:ran(13)",
    "JaVaScRiPt:ran(14)",
    "java\tscript:ran(15)",
    "javascript://shop.example/%0Aran(16)",
    "data:text/html,<script>ran(17)</script>",
    "vbscript:ran(18)",
    'https://shop.example/"onmouseover="ran(19)',
    "{{constructor.constructor('ran(20)')()}}",
    "${ran(21)}",
    "<%= ran(22) %>",
    "#{ran(23)}",
    "[click](javascript:ran(24))",
    "![x](https://evil.example/markdown.png)",
    "&lt;script&gt;ran(25)&lt;/script&gt;",
    "\\u003cscript\\u003eran(26)\\u003c/script\\u003e",
    "<!--><img src=x onerror=ran(27)>-->",
    "<![CDATA[<img src=x onerror=ran(28)>]]>",
    '{"type":"img","props":{"src":"x","onError":"ran(29)"},"__v":1}',
    "__proto__",
    "constructor",
    "evil\u202egnp.exe",
    "\u2067right\u2066left",
    "zero\u200bwidth\u200djoined\ufeff",
    "w" * 220,
    "🏳️‍🌈" * 40,
]

TEXTS: Final = [*ATTACKS, *naughty.TEXTS]

_PNG: Final = b"\x89PNG\r\n\x1a\n" + bytes(100)
_AT_ONCE: Final = 8

# What may not stand in the page, whoever wrote it.
_PLANTED: Final = """() => {
  const strange = "iframe, object, embed, base, math, meta[http-equiv], animate, form[action]";
  const isOurs = (address) => address.startsWith(location.origin + "/");
  const found = [...document.querySelectorAll(strange)];
  for (const element of document.querySelectorAll("script, link, img, video, source"))
    if (!isOurs(element.src ?? element.href)) found.push(element);
  for (const element of document.querySelectorAll("*"))
    for (const { name, value } of element.attributes) {
      const leads = /^(href|src|action|formaction|data|poster|srcdoc|xlink:href)$/.test(name);
      const bad = leads && /^[\\s\\x00-\\x1f]*(javascript|vbscript|data):/i.test(value);
      const calls = /^on/.test(name) || (name === "style" && /url\\(/.test(value));
      if (bad || calls) found.push(element);
    }
  return found.map((element) => element.outerHTML.slice(0, 200));
}"""

# A text that pushes others out of sight does harm, too.
_PUSHED: Final = """() => [...document.querySelectorAll("html, main, main > *, .panes > *, dialog")]
  .filter((element) => element.scrollWidth > element.clientWidth + 1)
  .map((element) => {
    const { left, right } = element.getBoundingClientRect();
    const wide = [...element.querySelectorAll("*")].find((inner) => {
      const box = inner.getBoundingClientRect();
      return box.right > right + 1 || box.left < left - 1;
    });
    return `${element.className || element.tagName} by ${wide?.outerHTML.slice(0, 200)}`;
  })"""

_LISTEN: Final = """addEventListener("securitypolicyviolation",
  (event) => violated(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`))"""


class Watch:
    """Everything that a page ran, asked for, or was kept from."""

    def __init__(self, origin: str) -> None:
        self._origin = origin
        self.found: list[str] = []

    async def over(self, context: BrowserContext) -> None:
        """From the next page of this browser on."""
        await context.expose_function("ran", self._ran)  # pyright: ignore[reportUnknownMemberType]  untyped in playwright
        await context.expose_function("violated", self._violated)  # pyright: ignore[reportUnknownMemberType]
        await context.add_init_script(_LISTEN)
        context.on("request", self._asked)
        context.on("page", self._opened)
        for page in context.pages:
            self._opened(page)

    async def look(self, page: Page) -> None:
        """What stands on the page now is text, and everything has its place."""
        planted: list[str] = await page.evaluate(_PLANTED)
        pushed: list[str] = await page.evaluate(_PUSHED)
        self.found += [f"planted: {html}" for html in planted]
        self.found += [f"pushed: {where}" for where in pushed]
        assert not self.found, "\n".join(self.found)

    def _ran(self, *what: object) -> None:
        self.found.append(f"ran: {what}")

    def _violated(self, what: str) -> None:
        self.found.append(f"policy: {what}")

    def _opened(self, page: Page) -> None:
        page.on("dialog", lambda dialog: self.found.append(f"dialog: {dialog.message}"))
        page.on("pageerror", lambda error: self.found.append(f"error: {error}"))
        page.on("popup", lambda popup: self.found.append(f"popup: {popup.url}"))

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if f"{parts.scheme}://{parts.netloc}" != self._origin and parts.scheme != "blob":
            self.found.append(f"asked: {request.url}")


async def fill(desk: Desk, texts: list[str]) -> dict[str, dict[str, Any]]:
    """For each text a customer who has written it into everything; their tickets, newest last."""
    settings = {"widget_enabled": True, "widget_attachments_enabled": True}
    body = {"conversations_enabled": True, "conversations_settings": settings}
    project = await desk.call("PATCH", "", body)
    token = project["conversations_settings"]["widget_public_token"]
    gate = asyncio.Semaphore(_AT_ONCE)

    async def one(text: str) -> dict[str, Any]:
        async with gate:
            return await _write(desk, token, text)

    return dict(zip(texts, await asyncio.gather(*map(one, texts)), strict=True))


async def _write(desk: Desk, token: str, text: str) -> dict[str, Any]:
    session, own = str(uuid4()), f"{text[:100]}·{uuid4()}"
    file = await _upload(desk, token, session, text)
    said = {
        "widget_session_id": session,
        "distinct_id": own,
        "message": text.strip() or "(blank)",
        "traits": {"name": text, "email": text[:200], "company": text},
        "session_context": {
            "current_url": text[:2000],
            "session_replay_url": text[:2000],
            "referrer": text,
            "viewport": {"nested": [text]},
        },
        "attachment_ids": [file],
    }
    headers = {"X-Conversations-Token": token}
    path = "/api/conversations/v1/widget/message"
    answer = await desk.client.post(path, json=said, headers=headers)
    assert answer.is_success, (text, answer.text)
    person = {
        "distinct_id": own,
        "properties": {"name": text, "email": text, "plan": text, f"p {text}": [text], "$os": text},
    }
    await desk.call("POST", "persons/", person)
    ticket = await desk.call("GET", f"conversations/tickets/{answer.json()['ticket_id']}/")
    tags = [tag for tag in (text.strip()[:100],) if tag]
    return await desk.change(ticket, tags=tags, escalation_reason=text)


async def _upload(desk: Desk, token: str, session: str, text: str) -> str:
    query = f"widget_session_id={session}&name={quote(text[:100])}.png"
    path = f"/api/conversations/v1/widget/attachments?{query}"
    headers = {"X-Conversations-Token": token, "Content-Type": "application/octet-stream"}
    answer = await desk.client.post(path, content=_PNG, headers=headers)
    assert answer.is_success, (text, answer.text)
    return answer.json()["id"]
