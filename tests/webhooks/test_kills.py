"""A real server whose PostgreSQL is killed while webhooks are on their way."""

import asyncio
from collections.abc import AsyncGenerator, Generator

import httpx
import pytest

from tests.browser.server import Server, a_server
from tests.processes import kill_postgres
from tests.receiver import Received, Receiver, reply

TICKETS = 24


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Generator[Server]:
    settings = {
        "rate_limits": "false",
        "egress_ports": "1-65535",
        "egress_networks": "127.0.0.0/8",
    }
    with a_server(tmp_path_factory.mktemp("kills"), **settings) as server:
        yield server


@pytest.fixture
async def api(server: Server) -> AsyncGenerator[httpx.AsyncClient]:
    base, headers = f"{server.url}/api/projects/1/", {"Authorization": f"Bearer {server.key}"}
    async with httpx.AsyncClient(base_url=base, headers=headers, timeout=8) as client:
        yield client


async def a_ticket(api: httpx.AsyncClient, number: int) -> str:
    """Its id, as soon as it is acknowledged; with its key it is created once, however often asked.

    A browser would go on like this, too.
    """
    headers = {"Idempotency-Key": f"ticket {number}"}
    async with asyncio.timeout(60):
        while True:
            try:
                response = await api.post("conversations/tickets/", headers=headers, json={})
            except httpx.TransportError:
                continue
            if response.status_code == 201:
                return response.json()["id"]
            await asyncio.sleep(0.05)


async def until_heard_of(receiver: Receiver, tickets: set[str]) -> None:
    async with asyncio.timeout(60):
        while not tickets <= {each.json["data"]["ticket_id"] for each in receiver.received}:
            await receiver.until(len(receiver.received) + 1)


async def test_every_acknowledged_change_arrives_across_kills_of_postgres(
    server: Server, api: httpx.AsyncClient, receiver: Receiver
) -> None:
    async def kill_before_some_answers(_: Received) -> bytes:
        """What was just received can then not be written down."""
        if len(receiver.received) in (3, 12):
            kill_postgres(server.data_dir)
        return reply(200)

    receiver.behaviour = kill_before_some_answers
    fields = {"url": receiver.url, "event_types": ["ticket.created"]}
    assert (await api.post("webhooks/", json=fields)).status_code == 201

    tickets: set[str] = set()
    for number in range(TICKETS):
        if number in (8, 18):
            kill_postgres(server.data_dir)
        tickets.add(await a_ticket(api, number))
    await until_heard_of(receiver, tickets)

    log = (await api.get("events/", params={"types": "ticket.created"})).json()["results"]
    sent = {(each.id, each.json["data"]["ticket_id"]) for each in receiver.received}
    assert sent == {(event["id"], event["ticket_id"]) for event in log}
    assert {ticket for _, ticket in sent} == tickets
