"""Old state plus events is the new state: for messages and notes, and for what is unread."""

import random
from typing import Any

import pytest

from rejoinder.messages import commands
from rejoinder.tickets.commands import change, customer
from tests.builders import Desk
from tests.channels.widget.browser import Browser, configure, reply
from tests.realtime.rebuilding import Logged, reader
from tests.realtime.replays import replays

State = dict[str, tuple[bool, int]]
"""Of each message whether it is a note, and its version."""


def apply(state: State, event: Logged) -> None:
    """What one event makes of the ticket's messages."""
    subject, _, happened = event.type.partition(".")
    if subject not in ("message", "note"):
        return
    message_id = event.data["message_id"]
    match happened:
        case "received" | "sent" | "added":
            state[message_id] = subject == "note", 0
        case "edited":
            assert state[message_id] == (subject == "note", event.data["previous"])
            state[message_id] = subject == "note", event.data["version"]
        case "deleted":
            assert state.pop(message_id)[0] == (subject == "note")
        case _:
            raise AssertionError(event.type)


async def thread_of(desk: Desk) -> list[dict[str, Any]]:
    return (await desk.call("GET", "1/messages/?limit=200")).json()["results"]


async def act(desk: Desk, chance: random.Random) -> None:
    """One thing that is said, or done to what was said."""
    said = chance.choice(await thread_of(desk))
    text = f"Text {chance.random()}"
    match chance.randrange(8):
        case 0:
            await desk.call("PATCH", f"1/notes/{said['id']}/", {"message": text})
        case 1:
            await desk.call("DELETE", f"1/notes/{said['id']}/")
        case 2 | 3:
            await desk.call("PATCH", f"{desk.comments}{said['id']}/", {"content": text})
        case 4:
            await desk.call("PATCH", f"{desk.comments}{said['id']}/", {"deleted": True})
        case 5:
            await desk.call("POST", "1/notes/", {"message": text})
        case _:
            await desk.call("POST", "1/reply/", {"message": text})


@replays(
    commands.begin,
    commands.begin_with_text,
    commands.post,
    commands.add,
    commands.edit,
    commands.edit_note,
    commands.delete,
    commands.delete_note,
)
@pytest.mark.parametrize("seed", range(3))
async def test_messages_and_notes_can_be_rebuilt_from_their_events(desk: Desk, seed: int) -> None:
    chance = random.Random(seed)
    await desk.set(enabled=True)
    log = await reader(desk)
    await desk.a_ticket(message="Hello")
    await desk.call("POST", "1/notes/", {"message": "He said hello."})
    state: State = {}
    for _ in range(4):
        for _ in range(15):
            if await thread_of(desk):
                await act(desk, chance)

        for event in await log.news():
            apply(state, event)

        fresh = await thread_of(desk)
        assert state == {said["id"]: (said["is_private"], said["version"]) for said in fresh}


def apply_to_unread(unread: dict[str, int], event: Logged) -> None:
    """What one event makes of what the team and the customer have not read yet."""
    match event.type:
        case "message.received":
            unread["team"] += 1
        case "message.sent":
            unread["customer"] += 1
        case "ticket.read_by_team":
            assert unread["team"] == event.data["previous"]
            unread["team"] = 0
        case "ticket.marked_unread":
            assert unread["team"] == 0
            unread["team"] = 1
        case "ticket.read_by_customer":
            assert unread["customer"] == event.data["previous"]
            unread["customer"] = 0
        case _:
            pass


@replays(
    change.mark_read_by_team,
    change.mark_unread,
    customer.mark_read_by_customer,
    customer.describe,
)
@pytest.mark.parametrize("seed", range(3))
async def test_what_is_unread_can_be_rebuilt_from_events(desk: Desk, seed: int) -> None:
    chance = random.Random(seed)
    await configure(desk, enabled=True, widget_enabled=True)
    log, browser = await reader(desk), Browser(desk)
    ticket = (await browser.say("Hello"))["ticket_id"]
    traits: dict[str, Any] = {}
    unread = {"team": 0, "customer": 0}
    for number in range(40):
        match chance.randrange(6):
            case 0:
                await desk.call("GET", f"{ticket}/")
            case 1:
                await desk.call("POST", f"{ticket}/mark_unread/")
            case 2:
                await browser.post(f"messages/{ticket}/read")
            case 3:
                await reply(desk, ticket, f"Text {number}")
            case _:
                said = {"name": chance.choice(["Ada", "Ben"])}
                await browser.say(f"Text {number}", ticket, traits=said)

    for event in await log.news():
        apply_to_unread(unread, event)
        if event.type in ("ticket.created", "ticket.traits_changed"):
            traits = event.data["anonymous_traits"]

    fresh = (await desk.call("GET", f"?ids={ticket}")).json()["results"][0]
    assert unread["team"] == fresh["unread_team_count"]
    assert unread["customer"] == fresh["unread_customer_count"]
    assert traits == fresh["anonymous_traits"]
