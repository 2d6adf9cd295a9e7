"""Captured events over HTTP: persons are learnt, everything is accepted, nothing is trusted."""

import gzip
from typing import Any

import httpx
import msgspec
import pytest
from msgspec.structs import replace

from rejoinder.channels.host import forwarding
from rejoinder.channels.host.forwarding import Forwarded
from rejoinder.settings import Settings
from tests.builders import Desk, a_desk
from tests.conftest import a_client

BROWSER = "0199b2a1-0000-7000-8000-00000000000a"
PATHS = ["/e/", "/i/v0/e/", "/batch/", "/capture/", "/e"]


def identify(distinct_id: str = "ada", **set_: object) -> dict[str, Any]:
    return {
        "event": "$identify",
        "distinct_id": distinct_id,
        "properties": {"$anon_distinct_id": BROWSER, "$set": set_},
    }


async def send(desk: Desk, *events: dict[str, Any], path: str = "/e/") -> httpx.Response:
    return await desk.client.post(
        path, json={"api_key": desk.project.api_token, "batch": list(events)}
    )


async def person(desk: Desk, distinct_id: str) -> dict[str, Any]:
    found = await desk.call("GET", desk.persons, params={"distinct_id": distinct_id})
    (only,) = found.json()["results"]
    return only


@pytest.mark.parametrize("path", PATHS)
async def test_an_identified_visitor_becomes_a_person(desk: Desk, path: str) -> None:
    answer = await send(desk, identify(email="ada@example.com"), path=path)

    found = await person(desk, BROWSER)
    assert (answer.status_code, answer.json()) == (200, {"status": 1})
    assert found["distinct_ids"] == ["ada", BROWSER]
    assert found["properties"] == {"email": "ada@example.com"}
    assert found["is_identified"] is True


async def test_the_ticket_of_the_visitor_shows_the_person(desk: Desk) -> None:
    await desk.a_ticket(distinct_id=BROWSER)

    await send(desk, identify(name="Ada Lovelace"))

    ticket = (await desk.call("GET", "1/")).json()
    assert ticket["person"]["properties"]["name"] == "Ada Lovelace"


@pytest.mark.parametrize("encoding", [{}, {"Content-Encoding": "gzip"}])
async def test_gzip_is_known_by_its_first_bytes(desk: Desk, encoding: dict[str, str]) -> None:
    body = msgspec.json.encode({"api_key": desk.project.api_token, "batch": [identify()]})

    answer = await desk.client.post(
        "/e/", content=gzip.compress(body), headers={"Content-Type": "text/plain", **encoding}
    )

    assert answer.status_code == 200
    assert (await person(desk, "ada"))["is_identified"] is True


async def test_other_events_are_accepted_and_leave_no_trace(desk: Desk) -> None:
    answer = await send(desk, {"event": "$pageview", "distinct_id": BROWSER, "properties": {}})

    people = await desk.call("GET", desk.persons)
    assert answer.json() == {"status": 1}
    assert people.json()["results"] == []


async def test_one_bad_event_does_not_spoil_the_others(desk: Desk) -> None:
    bad = [
        identify(huge="x" * 70_000),
        identify(text="\0"),
        identify(number=2**63),
        identify("x" * 401),
    ]

    answer = await send(desk, *bad, identify(plan="pro"))

    assert answer.status_code == 200
    assert (await person(desk, "ada"))["properties"] == {"plan": "pro"}


async def test_unknown_tokens_and_unreadable_bodies_are_refused(desk: Desk) -> None:
    unknown = await desk.client.post("/e/", json={"api_key": "phc_unknown", "batch": []})
    secret = await desk.client.post("/e/", json={"api_key": desk.project.secret_api_token})
    broken = await desk.client.post("/e/", content=b"nonsense")

    assert [answer.status_code for answer in (unknown, secret, broken)] == [401, 401, 400]
    assert broken.headers["access-control-allow-origin"] == "*"


async def test_a_project_can_say_only_so_much_about_persons(settings: Settings, desk: Desk) -> None:
    limited = replace(
        settings, rate_limits=True, limit_identify="2/minute", limit_capture="2/minute"
    )
    async with a_client(limited) as client:
        desk = await a_desk(desk.work, client)
        accepted = await send(desk, *[identify(number=number) for number in range(5)])
        again = [await send(desk) for _ in range(2)]
        people = await person(desk, "ada")

    assert accepted.status_code == 200
    assert people["properties"] == {"number": 1}
    assert [answer.status_code for answer in again] == [200, 429]


@pytest.mark.parametrize("path", ["/flags/?v=2&config=true", "/decide/?v=3"])
async def test_there_are_no_flags_but_the_configuration(desk: Desk, path: str) -> None:
    body = {"token": desk.project.api_token, "distinct_id": BROWSER}

    answer = (await desk.client.post(path, json=body)).json()
    nobody = await desk.client.post(path, content=b"nonsense")

    assert (answer["flags"], answer["featureFlags"]) == ({}, {})
    assert answer["errorsWhileComputingFlags"] is False
    assert answer["conversations"]["token"] == desk.project.widget_public_token
    assert "quota_limited" not in answer
    assert (nobody.status_code, nobody.json()["flags"]) == (200, {})


async def test_events_are_sent_on_as_they_came(settings: Settings, desk: Desk) -> None:
    forwarding_on = replace(settings, forward_events_to="https://posthog.example/")
    async with a_client(forwarding_on) as client:
        desk = await a_desk(desk.work, client)
        body = msgspec.json.encode({"api_key": desk.project.api_token, "batch": [identify()]})
        await client.post("/e/?ver=1", content=body, headers={"Content-Type": "text/plain"})

    payload = await desk.work.database.pool.fetchval(
        "DELETE FROM jobs WHERE name = $1 RETURNING payload", forwarding.FORWARD
    )
    queued = msgspec.json.decode(payload, type=Forwarded)
    assert (queued.host, queued.path, queued.body) == ("https://posthog.example", "/e/?ver=1", body)
    assert queued.headers["content-type"] == "text/plain"
    assert queued.headers["x-forwarded-for"] == "127.0.0.1"


async def test_what_is_too_large_to_wait_is_not_queued(desk: Desk) -> None:
    big = Forwarded("https://posthog.example", "/e/", {}, b"x" * (forwarding.LARGEST + 1))

    await forwarding.queue(desk.work.database, big, 1)

    waiting = "SELECT count(*) FROM jobs WHERE name = $1"
    assert await desk.work.database.pool.fetchval(waiting, forwarding.FORWARD) == 0
