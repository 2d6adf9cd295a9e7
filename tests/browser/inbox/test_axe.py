"""Axe finds no violation on any page, in any state that matters, however the page looks."""

from collections.abc import Sequence
from typing import Any, Final

import pytest
from msgspec import Struct
from playwright.async_api import expect

from tests.browser.inbox.agent import PATIENCE_MS, Agent
from tests.browser.inbox.conftest import Desk

LOOKS: Final[dict[str, dict[str, Any]]] = {
    "english": {},
    "arabic": {"language": "ar"},
    "german, on a phone": {"language": "de", "width": 390, "height": 844},
}

SETTINGS: Final = [
    "general", "widget", "install", "identity", "conversations", "macros", "team", "roles",
    "webhooks", "danger",
]  # fmt: skip
ACCOUNT: Final = ["profile", "security", "notifications", "keys"]

# Nothing is on its way, and something is there.
_SETTLED: Final = """() => !document.querySelector("[aria-busy=true]")
  && document.querySelector(".rail .account, .front h1, .front h2")"""


class State(Struct, frozen=True):
    """An address, and the keys that are pressed there, one after the other."""

    path: str
    keys: Sequence[str] = ()
    shows: str = ""


async def states(desk: Desk) -> list[State]:
    """Everything that the inbox can look like, on a desk with a little of everything."""
    ticket = await desk.ticket(
        "Ada Lovelace", "Where is my order?\n\nIt is late.", tags=["vip", "eu"]
    )
    ref = f"conversations/tickets/{ticket['id']}"
    await desk.call("POST", f"{ref}/reply/", {"message": "On its way: https://shop.example/1"})
    await desk.call("POST", f"{ref}/notes/", {"message": "She asks every week."})
    await desk.change(ticket, priority="high", sla_due_at="2020-01-01T00:00:00Z")
    for name in ("Grace Hopper", "Hedy Lamarr"):
        await desk.ticket(name, status="open")
    person = await desk.call(
        "POST", "persons/", {"distinct_id": "ada", "properties": {"email": "ada@customer.example"}}
    )
    view = await desk.call("POST", "conversations/views/", {"name": "Ours", "filters": {}})
    opened = f"tickets/{ticket['ticket_number']}"
    return [
        State("tickets"),
        State("tickets?view=snoozed"),
        State("tickets?search=nobody"),
        State(f"tickets?view={view['short_id']}&priority=high", shows=".chip"),
        State("tickets", ["j", "x", "j", "x"], ".bulk-bar"),
        State("tickets", ["f"], "[role=listbox]"),
        State(opened),
        State("tickets/99999"),
        State(opened, ["r"], ".ProseMirror"),
        State(opened, ["n"], ".ProseMirror"),
        *(State(opened, [key], "[role=listbox]") for key in ("s", "a", "p", "t", "z")),
        State(opened, ["m"], "dialog[open]"),
        State(opened, ["Shift+M"], ".split-bar"),
        State("tickets", ["Mod+k"], "dialog[open] [role=option]"),
        State("tickets", ["?"], "dialog[open]"),
        State("tickets", ["c"], "dialog[open]"),
        State("tickets", ["g", "n"], ":popover-open"),
        State("persons"),
        State(f"persons/{person['id']}"),
        State("persons/00000000-0000-0000-0000-000000000000"),
        *(State(f"settings/{section}") for section in SETTINGS),
        State("settings/nowhere"),
        *(State(f"/account/{section}") for section in ACCOUNT),
    ]


@pytest.mark.parametrize("look", LOOKS)
async def test_nothing_is_wrong_on_any_page(desk: Desk, look: str) -> None:
    wanted = await states(desk)
    agent = await desk.agent(path=None, **LOOKS[look])
    problems = [problem for state in wanted for problem in await wrong(agent, state)]
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("look", LOOKS)
async def test_nothing_is_wrong_for_those_who_are_not_signed_in(desk: Desk, look: str) -> None:
    invites = f"/api/organizations/{desk.organization}/invites/"
    body = {"email": "new@team.example", "level": "agent"}
    invite = (await desk.client.post(invites, json=body)).json()
    agent = await desk.agent(path=None, **LOOKS[look])
    await agent.page.context.clear_cookies()
    paths = ["/sign-in", "/reset-password", "/reset-password?token=x", "/invites/x"]
    wanted = [State(path) for path in [*paths, invite["link"].removeprefix(desk.server.url)]]
    problems = [problem for state in wanted for problem in await wrong(agent, state)]
    assert not problems, "\n".join(problems)


async def wrong(agent: Agent, state: State) -> list[str]:
    """What axe has against the state, in the light and in the dark."""
    path = state.path if state.path.startswith("/") else f"/projects/{agent.project}/{state.path}"
    await agent.page.goto(agent.url + path)
    await agent.page.wait_for_function(_SETTLED)
    await agent.press(*state.keys)
    if state.shows:
        await expect(agent.page.locator(state.shows).first).to_be_visible(timeout=PATIENCE_MS)
        await agent.page.wait_for_function(_SETTLED)
    where = " ".join([state.path, *state.keys])
    found = [f"{where}: {problem}" for problem in await agent.problems()]
    await agent.page.emulate_media(color_scheme="dark")
    found += [f"{where}, dark: {problem}" for problem in await agent.problems("color-contrast")]
    await agent.page.emulate_media(color_scheme="light")
    return found
