"""Whatever customers write is text: it runs nowhere, asks for nothing, and keeps its place."""

import os
import re
from typing import Any, Final
from unicodedata import category

import pytest
from playwright.async_api import Locator, Route, expect

from tests.browser.inbox.agent import PATIENCE_MS, Agent
from tests.browser.inbox.conftest import Desk
from tests.browser.inbox.disguises import disguises
from tests.browser.inbox.hostile import ATTACKS, TEXTS, Watch, fill

LONG: Final = os.environ.get("REJOINDER_TEST_LONG") == "1"
DISGUISED: Final = disguises()
_BATCH: Final = 100
# A few of the disguised ones always, all of them in the long form.
BATCHES: Final = [
    TEXTS if LONG else [*TEXTS, *DISGUISED[: _BATCH // 4]],
    *(DISGUISED[at : at + _BATCH] for at in range(0, len(DISGUISED) * LONG, _BATCH)),
]
OF_PEOPLE: Final = [ATTACKS, *BATCHES[1:]]

JAVASCRIPT: Final = "javascript:ran('link')"
HIDING: Final = re.compile("[\u00ad\u200b\u202a-\u202e\u2060-\u2069\ufeff]")
# What a browser trims; Python would also take separators like U+001F.
SPACES: Final = "\t\n\v\f\r \u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff" + "".join(
    map(chr, range(0x2000, 0x200B))
)
EVIL: Final = "https://evil.example/pixel.gif"

MARKS: Final[list[Any]] = [
    {"type": "link", "attrs": {"href": JAVASCRIPT}},
    {"type": "link", "attrs": {"href": " \tjava\nscript:ran(1)"}},
    {"type": "link", "attrs": {"href": "data:text/html,<script>ran(2)</script>"}},
    {"type": "link", "attrs": {"href": {"toString": "ran"}}},
    {
        "type": "link",
        "attrs": {"href": EVIL, "onclick": "ran(3)", "style": f"background:url({EVIL})"},
    },
    {"type": "textStyle", "attrs": {"style": f"background:url({EVIL})"}},
    *({"type": name, "attrs": {}} for name in ("constructor", "__proto__", "__defineGetter__")),
    *({"type": name} for name in ("valueOf", "hasOwnProperty", "toString", "", None)),
    None,
    "bold",
]
NODES: Final[list[Any]] = [
    {"type": "script", "attrs": {"src": EVIL}},
    {"type": "iframe", "attrs": {"src": JAVASCRIPT, "srcdoc": "<script>parent.ran(4)</script>"}},
    {
        "type": "html",
        "attrs": {"dangerouslySetInnerHTML": {"__html": "<img src=x onerror=ran(5)>"}},
    },
    {"type": "paragraph", "attrs": {"onmouseover": "ran(6)", "style": f"background:url({EVIL})"}},
    {"type": "heading", "attrs": {"level": "constructor"}},
    {"type": "orderedList", "attrs": {"start": "x onload=ran(7)"}},
    *({"type": name} for name in ("constructor", "__proto__", "toString", "valueOf", "unknown")),
]
IMAGES: Final = [
    EVIL,
    JAVASCRIPT,
    "data:image/svg+xml,<svg onload=ran(8)>",
    "//evil.example/x",
    "x",
    None,
]


def _text(number: int, mark: Any = None) -> dict[str, Any]:
    return {"type": "text", "text": f"text {number}", "marks": [mark]}


DOCUMENT: Final[dict[str, Any]] = {
    "type": "doc",
    "content": [
        *({"type": "paragraph", "content": [_text(at, mark)]} for at, mark in enumerate(MARKS)),
        *(node | {"content": [_text(at)]} for at, node in enumerate(NODES, len(MARKS))),
        *(
            {"type": "image", "attrs": {"src": src, "alt": "<img onerror=ran(9)>"}}
            for src in IMAGES
        ),
        {"type": "mention", "attrs": {"id": {"x": 1}, "label": "<script>ran(10)</script>"}},
        {"type": "paragraph", "content": "not a list", "marks": 7},
        {"type": "text", "text": {"type": "img", "props": {"onError": "ran(11)"}}, "marks": "bold"},
        None,
        "a text",
        {"type": "paragraph", "content": [{"type": "text", "text": "the end"}]},
    ],
}


async def watched(desk: Desk, path: str) -> tuple[Agent, Watch]:
    """An agent in whose browser nothing goes unnoticed."""
    watch = Watch(desk.server.url)
    agent = await desk.agent(path=None)
    await watch.over(agent.page.context)
    await agent.open(path)
    return agent, watch


@pytest.mark.parametrize("texts", BATCHES, ids=range(len(BATCHES)))
async def test_the_list_and_the_conversations_show_every_text_as_text(
    desk: Desk, texts: list[str]
) -> None:
    tickets = await fill(desk, texts)
    agent, watch = await watched(desk, "tickets?view=all")
    page = agent.page
    await expect(page.get_by_role("row")).to_have_count(min(50, len(texts)))
    while await page.get_by_role("row").count() < len(texts):
        await page.get_by_role("row").last.scroll_into_view_if_needed()
        await expect(page.get_by_role("row")).not_to_have_count(50)
    names = await page.locator(".row .row-name").all_text_contents()
    assert set(names) == {called(ticket) for ticket in tickets.values()}
    await watch.look(page)
    for text, ticket in tickets.items():
        await page.locator(f"[data-id='{ticket['id']}'] a").evaluate("link => link.click()")
        await shows(page.locator(".conversation-title h1"), called(ticket))
        await shows(page.locator(".said-message .plain").first, text.strip() or "(blank)")
        await shows(page.locator(".person-panel h2 .truncate"), called(ticket))
        await watch.look(page)


async def test_the_palette_and_the_search_take_every_text_as_text(desk: Desk) -> None:
    await fill(desk, ATTACKS)
    agent, watch = await watched(desk, "tickets?view=all")
    page = agent.page
    await expect(page.get_by_role("row")).to_have_count(len(ATTACKS))
    for text in ATTACKS:
        await agent.press("/")
        await page.keyboard.insert_text(text)
        await expect(page.get_by_role("row")).not_to_have_count(len(ATTACKS))
        await watch.look(page)
        await agent.press("Escape", "Escape")
        await expect(page.get_by_role("row")).to_have_count(len(ATTACKS))
    for text in ATTACKS:
        await agent.press("Mod+k")
        await expect(page.get_by_role("combobox")).to_be_focused()
        await page.keyboard.insert_text(text[:60])
        await expect(
            page.get_by_role("option").or_(page.get_by_text("Nothing found")).first
        ).to_be_visible()
        await watch.look(page)
        await agent.press("Escape")
        await expect(page.locator("dialog")).to_have_count(0)


@pytest.mark.parametrize("texts", OF_PEOPLE, ids=range(len(OF_PEOPLE)))
async def test_the_pages_of_people_show_every_text_as_text(desk: Desk, texts: list[str]) -> None:
    tickets = await fill(desk, texts)
    agent, watch = await watched(desk, "persons")
    page = agent.page
    rows = page.locator(".person-row")
    await expect(rows).to_have_count(len(texts))
    names = await page.locator(".person-row > .truncate:not(.muted)").all_text_contents()
    assert {*map(called, tickets.values())} <= {*names}
    await watch.look(page)
    for ticket in tickets.values():
        address = f"persons/{ticket['person']['id']}"
        await page.locator(f".person-row[href$='{address}']").evaluate("link => link.click()")
        await shows(page.locator(".person-page-head h1 .truncate"), called(ticket))
        await watch.look(page)


async def test_traits_of_any_shape_are_shown_as_text(desk: Desk) -> None:
    element = {"type": "img", "props": {"src": "x", "onError": "ran(1)"}, "constructor": None}
    html = {"props": {"dangerouslySetInnerHTML": {"__html": "<img src=x onerror=ran(2)>"}}}
    traits = {
        "name": element,
        "email": [element],
        "__proto__": html,
        "constructor": html,
        "plan": html,
    }
    ticket = await desk.call(
        "POST", "conversations/tickets/", {"anonymous_traits": traits, "message": "Hello?"}
    )
    agent, watch = await watched(desk, f"tickets/{ticket['ticket_number']}")
    await shows(agent.page.locator(".conversation-title h1"), "Anonymous")
    await agent.sees("constructor", "__proto__", "dangerouslySetInnerHTML")
    await watch.look(agent.page)


async def test_documents_that_nobody_checked_are_shown_as_text(desk: Desk) -> None:
    """The server checks rich content; what would get past it does no harm either."""
    ticket = await desk.ticket("Ada Lovelace")
    await desk.call("POST", f"conversations/tickets/{ticket['id']}/reply/", {"message": "Plain"})
    agent, watch = await watched(desk, "tickets?view=all")

    async def plant(route: Route) -> None:
        answer = await route.fetch()
        page = await answer.json()
        for entry in page["results"]:
            if entry["message"]:
                entry["message"]["rich_content"] = DOCUMENT
        await route.fulfill(response=answer, json=page)

    await agent.page.route("**/timeline**", plant)
    await agent.row("Ada Lovelace").get_by_role("link").click()
    await agent.sees(*(f"text {number}" for number in range(len(MARKS) + len(NODES))), "the end")
    await watch.look(agent.page)
    for link in await agent.page.locator(".rich a").all():
        assert re.match("https?://", await link.get_attribute("href") or "")


def called(ticket: dict[str, Any]) -> str:
    """What the inbox calls the customer: their name, if any of it can be seen."""
    name = ticket["anonymous_traits"].get("name", "")
    is_visible = any(category(letter)[0] in "LNPS" for letter in name)
    return HIDING.sub("", name).strip(SPACES) if is_visible else "Anonymous"


async def shows(place: Locator, text: str) -> None:
    """Letter for letter, as far as a page can show it."""
    await expect(place).to_have_text(text, use_inner_text=False, timeout=PATIENCE_MS)
