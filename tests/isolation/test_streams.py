"""A stream is open for as long as whoever opened it may look, and not an event longer."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager

import pytest

from tests.builders import Desk, SignedIn
from tests.channels.widget.browser import WIDGET, Browser, identified, reply
from tests.streams import Stream, following


async def _revoke_key(desk: Desk, ben: SignedIn, key_id: str) -> None:
    await ben.call("DELETE", f"/api/personal_api_keys/{key_id}/")


async def _narrow_key(desk: Desk, ben: SignedIn, key_id: str) -> None:
    second = await desk.call(
        "POST", f"/api/organizations/{desk.organization_id}/projects/", {"name": "Sales"}
    )
    body = {"scoped_projects": [second.json()["id"]]}
    await ben.call("PATCH", f"/api/personal_api_keys/{key_id}/", body)


async def _sign_out(desk: Desk, ben: SignedIn, key_id: str) -> None:
    await ben.call("POST", "/api/logout/")


async def _remove(desk: Desk, ben: SignedIn, key_id: str) -> None:
    members = f"/api/organizations/{desk.organization_id}/members/{ben.user.id}/"
    await desk.call("DELETE", members)


End = Callable[[Desk, SignedIn, str], Awaitable[None]]
ENDS_KEYS = [_revoke_key, _narrow_key, _remove]
ENDS_SESSIONS = [_sign_out, _remove]


@pytest.fixture
async def ben(desk: Desk) -> SignedIn:
    return await desk.session(await desk.a_user())


async def a_key(ben: SignedIn) -> tuple[str, dict[str, str]]:
    body = {"label": "stream", "scopes": ["ticket:read"]}
    made = (await ben.call("POST", "/api/personal_api_keys/", body)).json()
    return made["id"], {"Authorization": f"Bearer {made['value']}"}


def events(desk: Desk, headers: dict[str, str]) -> AbstractAsyncContextManager[Stream]:
    """From the beginning: then it does not matter when exactly it begins."""
    query = {"types": "ticket.created", "after": "0-0"}
    return following(desk.client, f"{desk.url}events/stream", headers, query)


@pytest.mark.parametrize("end", ENDS_KEYS)
async def test_a_stream_ends_with_its_key(desk: Desk, ben: SignedIn, end: End) -> None:
    key_id, headers = await a_key(ben)
    ada = {"Authorization": f"Bearer {desk.key}"}
    async with events(desk, headers) as stream, events(desk, ada) as others:
        await desk.a_ticket()
        assert (await stream.next()).data["data"]["ticket_number"] == 1
        await end(desk, ben, key_id)
        await desk.a_ticket(message="not for Ben")
        seen = [(await others.next()).data["data"]["ticket_number"] for _ in range(2)]
        rest = await stream.until_end()

    assert seen == [1, 2]
    assert b"ticket.created" not in rest


@pytest.mark.parametrize("end", ENDS_SESSIONS)
async def test_a_stream_ends_with_its_session(desk: Desk, ben: SignedIn, end: End) -> None:
    async with events(desk, {"Cookie": ben.cookie}) as stream:
        await desk.a_ticket()
        assert (await stream.next()).data["data"]["ticket_number"] == 1
        await end(desk, ben, "")
        await desk.a_ticket(message="not for Ben")
        rest = await stream.until_end()

    assert b"ticket.created" not in rest


async def test_who_waits_for_events_and_loses_the_right_to_is_refused(
    desk: Desk, ben: SignedIn
) -> None:
    key_id, headers = await a_key(ben)
    url = f"{desk.url}events/?after=now&wait=10"
    waiting = asyncio.create_task(desk.client.get(url, headers=headers))
    await asyncio.sleep(0.2)

    await _revoke_key(desk, ben, key_id)
    await desk.a_ticket()

    assert (await waiting).status_code == 401


async def test_a_widgets_stream_ends_when_the_widget_is_switched_off(desk: Desk) -> None:
    browser = Browser(desk)
    ticket = (await browser.say("One"))["ticket_id"]
    async with widgets(browser, ticket) as stream:
        await stream.next()
        await desk.call("POST", f"{desk.url}generate_conversations_public_token/")
        await reply(desk, ticket, "not for the old token")
        rest = await stream.until_end()

    assert b"not for the old token" not in rest


async def test_a_widgets_stream_ends_when_somebody_proves_the_ticket_to_be_theirs(
    desk: Desk,
) -> None:
    browser = Browser(desk)
    ticket = (await browser.say("One"))["ticket_id"]
    async with widgets(browser, ticket) as stream:
        await stream.next()
        await identified(desk, "cleo", session=browser.session).say("It is I", ticket)
        await reply(desk, ticket, "for Cleo")
        rest = await stream.until_end()

    assert b"for Cleo" not in rest


def widgets(browser: Browser, ticket: str) -> AbstractAsyncContextManager[Stream]:
    token = {"X-Conversations-Token": browser.desk.project.widget_public_token}
    query = browser.credentials | {"ticket_id": ticket}
    return following(browser.desk.client, f"{WIDGET}stream", token, query)
