"""A list that is asked for again: 304 as long as nothing has changed, and never longer."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from tests.builders import Desk

Change = Callable[[Desk, dict[str, Any]], Awaitable[object]]


async def listed(desk: Desk, tag: str = "", key: str | None = None, **given: str) -> httpx.Response:
    headers = {"If-None-Match": tag} if tag else {}
    return await desk.call("GET", key=key, params=given, headers=headers)


async def test_an_unchanged_list_is_not_sent_again(desk: Desk) -> None:
    await desk.a_ticket(message="Hello")
    first = await listed(desk)

    again = await listed(desk, first.headers["etag"])
    whole = await listed(desk)

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert whole.content == first.content


async def patched(desk: Desk, ticket: dict[str, Any]) -> None:
    await desk.call("PATCH", f"{ticket['id']}/", {"priority": "high"})


async def answered(desk: Desk, ticket: dict[str, Any]) -> None:
    await desk.call("POST", f"{ticket['id']}/reply/", {"message": "Hello"})


async def read(desk: Desk, ticket: dict[str, Any]) -> None:
    await desk.call("GET", f"{ticket['id']}/")


async def joined(desk: Desk, ticket: dict[str, Any]) -> None:
    await desk.call("POST", json={"message": "Another"})


async def deleted(desk: Desk, ticket: dict[str, Any]) -> None:
    await desk.call("DELETE", f"{ticket['id']}/")


async def named(desk: Desk, ticket: dict[str, Any]) -> None:
    body = {"distinct_id": ticket["distinct_id"], "properties": {"name": "Ada Lovelace"}}
    answer = await desk.call("POST", desk.persons, body)
    assert answer.is_success, answer.text


@pytest.mark.parametrize("change", [patched, answered, read, joined, deleted, named])
async def test_after_any_change_it_is_sent_as_it_is_now(desk: Desk, change: Change) -> None:
    ticket = await desk.a_ticket(message="Hello", distinct_id="ada")
    before = await listed(desk)

    await change(desk, ticket)
    after = await listed(desk, before.headers["etag"])

    assert after.status_code == 200
    assert after.json() != before.json()


async def test_each_sees_what_is_theirs(desk: Desk, other_desk: Desk) -> None:
    await desk.a_ticket(message="Hello")
    ours = await listed(desk)
    viewer = await desk.a_key("ticket:read", user=await desk.a_user("viewer"))

    theirs = await listed(other_desk, ours.headers["etag"])
    viewed = await listed(desk, ours.headers["etag"], key=viewer)

    assert theirs.json()["results"] == []
    assert viewed.json()["results"][0]["user_access_level"] == "viewer"


async def test_other_parameters_are_another_list(desk: Desk) -> None:
    await desk.a_ticket(priority="low")
    everything = await listed(desk)

    high = await listed(desk, everything.headers["etag"], priority="high")

    assert high.json()["count"] == 0


@pytest.mark.parametrize("given", [{"sla": "breached"}, {"date_from": "-1d"}])
async def test_what_changes_with_the_clock_is_always_read(
    desk: Desk, given: dict[str, str]
) -> None:
    assert "etag" not in (await listed(desk, **given)).headers
