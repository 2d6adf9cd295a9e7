"""Two servers, one database, one Valkey, one folder of files: to callers they are one.

The tests share the servers and stand in order; the last one kills the first server.
"""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from msgspec import Struct

from rejoinder.db.pool import connect
from rejoinder.events.work import Work
from rejoinder.settings import Settings
from tests.auth.browsers import sign_in, with_password
from tests.builders import Desk, a_desk
from tests.cache.valkey import Valkey
from tests.conftest import a_copy
from tests.eventually import eventually
from tests.nodes.servers import Server, a_server
from tests.receiver import Receiver


class World(Struct):
    """Ada's desk as the two servers show it, and the system that webhooks and events go to."""

    servers: list[Server]
    a: Desk
    b: Desk
    receiver: Receiver


@pytest.fixture(scope="module")
async def world(
    server: str, template: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[World]:
    folder = tmp_path_factory.mktemp("nodes")
    async with a_copy(server, template) as dsn, Receiver().listening() as receiver:
        shared = {
            "database_url": dsn,
            "data_dir": str(folder / "data"),
            "egress_networks": "127.0.0.1/32",
            "egress_ports": str(receiver.port),
            "forward_events_to": f"http://127.0.0.1:{receiver.port}",
            "limit_login_address": "6/hour",
        }
        with Valkey(folder) as valkey:
            shared["redis_url"] = valkey.url
            async with (
                a_server(folder, **shared) as first,
                a_server(folder, **shared) as second,
                connect(dsn, Settings()) as database,
            ):
                desk = await a_desk(Work(database), first.client)
                yield World([first, second], desk, second.seen_by(desk), receiver)


@asynccontextmanager
async def streamed(desk: Desk) -> AsyncGenerator["asyncio.Queue[dict[str, Any]]"]:
    """What a stream of the desk's events is told, by the name of each event."""
    told: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    headers = {"Authorization": f"Bearer {desk.key}"}
    url = f"{desk.url}events/stream"
    async with desk.client.stream("GET", url, headers=headers) as answer:
        assert answer.status_code == 200

        async def read() -> None:
            name = ""
            async for line in answer.aiter_lines():
                field, _, text = line.partition(": ")
                if field == "event":
                    name = text
                elif field == "data":
                    told.put_nowait({"name": name, **json.loads(text)})

        task = asyncio.create_task(read())
        try:
            yield told
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def told_of(name: str, told: "asyncio.Queue[dict[str, Any]]") -> dict[str, Any]:
    async with asyncio.timeout(15):
        while (event := await told.get())["name"] != name:
            pass
        return event


async def test_what_one_server_changes_the_other_shows_at_once(world: World) -> None:
    for number in range(1, 11):
        writer, reader = (world.a, world.b) if number % 2 else (world.b, world.a)
        await reader.listed()
        ticket = await writer.a_ticket(message=f"Where is order {number}?")

        assert (await reader.listed())[0] == ticket["ticket_number"]
        changed = await writer.call("PATCH", ticket["id"] + "/", {"status": "pending"})
        read = await reader.call("GET", ticket["id"] + "/")
        assert (changed.status_code, read.json()["status"]) == (200, "pending")


async def test_the_count_of_unread_is_shared(world: World) -> None:
    for desk in (world.a, world.b):
        await desk.unread()
    customer = {"message": "Hello?", "unread_team_count": 1}
    await world.a.a_ticket(**customer)

    assert await world.b.unread() == await world.a.unread()


async def test_a_stream_on_one_server_is_told_of_what_happens_on_the_other(world: World) -> None:
    async with streamed(world.b) as told:
        ticket = await world.a.a_ticket(message="Hello?")
        event = await told_of("ticket.created", told)
        await world.a.call("PUT", f"{ticket['id']}/presence/", {"state": "typing"})
        presence = await told_of("presence", told)

    assert event["ticket_id"] == ticket["id"]
    assert presence["state"] == "typing"
    here = (await world.b.call("GET", f"{ticket['id']}/presence/")).json()["results"]
    assert [each["email"] for each in here] == [world.a.ada.email]


async def test_a_session_holds_and_ends_on_both(world: World) -> None:
    ada = await with_password(world.a)
    entered = await sign_in(world.a, ada.email)
    cookie = {"Cookie": entered.headers["set-cookie"].partition(";")[0]}
    proof = {
        **cookie,
        "X-CSRF-Token": entered.json()["csrf_token"],
        "Sec-Fetch-Site": "same-origin",
    }

    async def status(client: httpx.AsyncClient) -> int:
        return (await client.get("/api/users/@me/", headers=cookie)).status_code

    assert [await status(desk.client) for desk in (world.a, world.b)] == [200, 200]
    out = await world.b.client.post("/api/logout/", headers=cookie | proof)

    assert out.status_code == 204
    assert await status(world.b.client) == 401
    await eventually(lambda: status(world.a.client), 401)


async def test_a_limit_counts_what_both_are_asked(world: World) -> None:
    """One of six was used above."""
    tries = [
        (await sign_in(desk, "nobody@example.com", "wrong")).status_code
        for desk in (world.a, world.b) * 3
    ]

    assert tries == [401] * 5 + [429]


async def test_a_file_that_one_server_was_sent_the_other_hands_out(world: World) -> None:
    path = f"{world.a.url}conversations/attachments/"
    sent = await world.a.call("POST", path, files={"file": ("a.txt", b"Look at this")})
    ticket = await world.a.a_ticket(message="Hello?")
    reply = {"message": "See.", "attachment_ids": [sent.json()["id"]]}
    said = await world.a.call("POST", f"{ticket['id']}/reply/", reply)
    assert said.status_code in {200, 201}, said.text

    link = httpx.URL(sent.json()["url"]).raw_path.decode()
    found = [await desk.client.get(link) for desk in (world.a, world.b)]

    assert [each.content for each in found] == [b"Look at this"] * 2


async def test_jobs_and_webhooks_are_done_once_by_whichever_server(world: World) -> None:
    hook = {"url": world.receiver.url, "event_types": ["ticket.created"]}
    made = await world.a.call("POST", f"{world.a.url}webhooks/", hook)
    assert made.status_code == 201, made.text
    token = world.a.project.api_token

    async def act(desk: Desk, number: int) -> None:
        await desk.a_ticket(message=f"Number {number}")
        captured = {"api_key": token, "event": "seen", "distinct_id": f"d{number}"}
        assert (await desk.client.post("/e/", json=captured)).status_code == 200

    desks = [world.a, world.b] * 10
    await asyncio.gather(*(act(desk, number) for number, desk in enumerate(desks)))
    received = await world.receiver.until(40)
    await eventually(lambda: _waiting(world), 0)

    hooks = [each.id for each in received if each.target == "/hook"]
    seen = [each.json["distinct_id"] for each in received if each.target.startswith("/e/")]
    assert (len(hooks), len(set(hooks))) == (20, 20)
    assert sorted(seen) == sorted(f"d{number}" for number in range(20))


async def _waiting(world: World) -> int:
    """How many jobs and deliveries are still to be done."""
    return await world.a.work.database.pool.fetchval(
        "SELECT (SELECT count(*) FROM jobs WHERE repeats_every IS NULL)"
        " + (SELECT count(*) FROM webhook_deliveries WHERE state = 'pending')"
    )


async def test_when_one_server_is_killed_the_other_goes_on(world: World) -> None:
    before = len(world.receiver.received)
    async with streamed(world.b) as told:
        world.servers[0].kill()
        ticket = await world.b.a_ticket(message="Is anybody there?")
        event = await told_of("ticket.created", told)

    assert event["ticket_id"] == ticket["id"]
    assert (await world.b.listed())[0] == ticket["ticket_number"]
    assert (await world.b.client.get("/readyz")).status_code == 200
    await world.receiver.until(before + 1)
    assert world.receiver.received[-1].json["data"]["ticket_number"] == ticket["ticket_number"]
