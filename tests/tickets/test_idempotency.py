"""Idempotency-Key on the routes that change tickets."""

import asyncio
from typing import Any

import httpx
import pytest

from tests.builders import Desk
from tests.tickets.log import types_of
from tests.web.app import envelope

REUSED = envelope(
    "invalid_request",
    "idempotency_key_reused",
    "This idempotency key was used for a different request.",
)
RUNNING = envelope(
    "invalid_request",
    "idempotency_key_in_use",
    "A request with this idempotency key is still running.",
)


async def keyed(
    desk: Desk, method: str, path: str, body: object, key: str = "k", **options: Any
) -> httpx.Response:
    return await desk.call(method, path, body, headers={"Idempotency-Key": key}, **options)


async def test_a_repeated_post_creates_once(desk: Desk) -> None:
    first = await keyed(desk, "POST", "", {"message": "Hello?"})
    await desk.call("GET", "1/")
    second = await keyed(desk, "POST", "", {"message": "Hello?"})

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content
    assert second.headers["idempotent-replayed"] == "true"
    assert "idempotent-replayed" not in first.headers
    assert await desk.listed() == [1]


async def test_a_repeated_patch_acts_once(desk: Desk) -> None:
    await desk.a_ticket()
    first = await keyed(desk, "PATCH", "1/", {"status": "open"})
    await desk.call("PATCH", "1/", {"status": "new"})
    second = await keyed(desk, "PATCH", "1/", {"status": "open"})

    assert first.content == second.content
    assert (await desk.call("GET", "1/")).json()["status"] == "new"
    assert (await types_of(desk)).count("ticket.status_changed") == 2


async def test_restoring_can_be_repeated(desk: Desk) -> None:
    await desk.a_ticket()
    await desk.call("DELETE", "1/")

    answers = [await keyed(desk, "POST", "1/restore_deleted/", None) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]


@pytest.mark.parametrize("body", [{"status": "open"}, {"message": "hello?"}, {}])
async def test_the_key_with_another_body_is_refused(desk: Desk, body: object) -> None:
    await keyed(desk, "POST", "", {"message": "Hello?"})

    other = await keyed(desk, "POST", "", body)

    assert (other.status_code, other.json()) == (422, REUSED)
    assert await desk.listed() == [1]


async def test_the_key_for_another_ticket_is_refused(desk: Desk) -> None:
    await desk.a_ticket()
    await desk.a_ticket()
    await keyed(desk, "PATCH", "1/", {"status": "open"})

    other = await keyed(desk, "PATCH", "2/", {"status": "open"})

    assert (other.status_code, other.json()) == (422, REUSED)


async def test_of_50_at_once_one_acts(desk: Desk) -> None:
    answers = await asyncio.gather(*(keyed(desk, "POST", "", {"message": "x"}) for _ in range(50)))

    bodies = {answer.content for answer in answers if answer.status_code == 201}
    refused = [answer.json() for answer in answers if answer.status_code != 201]
    assert len(bodies) == 1
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert all(problem == RUNNING for problem in refused)
    assert await desk.listed() == [1]


async def test_a_refused_request_does_not_use_its_key_up(desk: Desk) -> None:
    refused = await keyed(desk, "POST", "", {"message": " "})
    mended = await keyed(desk, "POST", "", {"message": "Hello?"})

    assert (refused.status_code, mended.status_code) == (400, 201)


async def test_keys_belong_to_their_owner_project_and_route(desk: Desk, other_desk: Desk) -> None:
    ben = await desk.a_key("*", user=await desk.a_user())

    answers = [
        await keyed(desk, "POST", "", {}),
        await keyed(desk, "POST", "", {}, key="other"),
        await desk.call("POST", "", {}, headers={"Idempotency-Key": "k"}),
        await desk.client.post(
            desk.tickets,
            json={},
            headers={"Idempotency-Key": "k", "Authorization": f"Bearer {ben}"},
        ),
        await keyed(other_desk, "POST", "", {}),
        await keyed(desk, "PATCH", "1/", {}),
    ]

    replayed = [answer.headers.get("idempotent-replayed") for answer in answers]
    assert replayed == [None, None, "true", None, None, None]
    assert await desk.listed(order_by="ticket_number") == [1, 2, 3]
    assert await other_desk.listed() == [1]


@pytest.mark.parametrize("key", ["", "x" * 256, "é", "a\tb"])
async def test_a_key_is_short_printable_text(desk: Desk, key: str) -> None:
    refused = await desk.client.post(
        desk.tickets,
        headers=[
            (b"Authorization", f"Bearer {desk.key}".encode()),
            (b"Idempotency-Key", key.encode()),
        ],
    )

    assert (refused.status_code, refused.json()["attr"]) == (400, "Idempotency-Key")
