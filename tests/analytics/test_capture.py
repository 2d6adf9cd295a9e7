"""Conversations as analytics events, as a capture URL receives them."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

import pytest

from rejoinder.db.pool import connect
from rejoinder.db.sql import Statement
from rejoinder.events.work import Work
from rejoinder.settings import Settings
from tests.builders import Desk, a_desk
from tests.conftest import a_client
from tests.receiver import Receiver, a_receiver

TOKEN = "phc_analytics"
CUSTOMER = {"name": "Cleo", "email": "cleo@example.com"}


@pytest.fixture
async def receiver() -> AsyncGenerator[Receiver]:
    async with a_receiver() as receiver:
        yield receiver


@pytest.fixture
def token() -> str:
    return TOKEN


@pytest.fixture
async def desk(dsn: str, receiver: Receiver, token: str) -> AsyncGenerator[Desk]:
    """On a server that runs its jobs, of which the receiver is told."""
    settings = Settings(
        database_url=dsn,
        rate_limits=False,
        analytics_capture_url=receiver.url,
        analytics_token=token,
    )
    async with connect(dsn, settings) as database, a_client(settings) as client:
        yield await a_desk(Work(database), client)


async def captured(receiver: Receiver, *names: str) -> dict[str, dict[str, Any]]:
    """The events by name, as soon as there are those and no others."""
    received = await receiver.until(len(names))
    found = {each.json["event"]: each.json for each in received}
    assert set(found) == set(names)
    return found


async def test_every_step_of_a_conversation_is_captured_with_its_properties(
    desk: Desk, receiver: Receiver
) -> None:
    ticket = await desk.a_ticket(message="Help! " * 300, anonymous_traits=CUSTOMER)
    await desk.call("PATCH", "1/", {"priority": "high", "sla_due_at": "2020-01-01T00:00:00Z"})
    await desk.call("PATCH", "1/", {"assignee": {"type": "user", "id": desk.ada.id}})
    await desk.call("POST", "1/reply/", {"message": "not for analytics", "is_private": True})
    await desk.call("POST", "1/reply/", {"message": "Here you are."})
    await desk.call("PATCH", "1/", {"status": "resolved"})
    kinds = ("ticket_created", "ticket_priority_changed", "ticket_assigned", "message_received")
    kinds += ("message_sent", "ticket_status_changed")

    found = await captured(receiver, *(f"$conversation_{kind}" for kind in kinds))

    def properties(kind: str) -> dict[str, Any]:
        return found[f"$conversation_{kind}"]["properties"]

    for event in found.values():
        assert (event["api_key"], event["distinct_id"]) == (TOKEN, str(desk.ada.id))
        assert event["properties"]["ticket_id"] == ticket["id"]
        assert event["properties"]["ticket_number"] == 1
        assert event["properties"]["channel_source"] == ticket["channel_source"]
        assert event["properties"]["customer_name"] == "Cleo"
        assert event["properties"]["customer_email"] == "cleo@example.com"
    received = properties("message_received")
    assert (len(received["message_content"]), received["author_type"]) == (1_000, "customer")
    sent = properties("message_sent")
    assert (sent["message_content"], sent["author_type"]) == ("Here you are.", "team")
    assert (sent["sla_active"], sent["sla_breached"]) == (True, True)
    assert sent["sla_delta_seconds"] > 0
    status = properties("ticket_status_changed")
    assert (status["new_status"], status["actor_type"]) == ("resolved", "user")
    assert (status["actor_id"], status["actor_email"]) == (str(desk.ada.id), desk.ada.email)
    priority = properties("ticket_priority_changed")
    assert (priority["old_priority"], priority["new_priority"]) == (None, "high")
    assigned = properties("ticket_assigned")
    assert (assigned["assignee_type"], assigned["assignee_id"]) == ("user", str(desk.ada.id))
    assert b"not for analytics" not in b"".join(each.body for each in receiver.received)


async def test_the_ids_are_those_of_the_log(desk: Desk, receiver: Receiver) -> None:
    await desk.a_ticket()
    await captured(receiver, "$conversation_ticket_created")

    log = await desk.call("GET", f"{desk.url}events/", params={"types": "ticket.created"})
    (event,) = log.json()["results"]
    assert receiver.received[0].json["uuid"] == event["id"]
    assert receiver.received[0].json["timestamp"] == event["at"]


@pytest.mark.parametrize("token", [""])
async def test_without_a_token_the_projects_own_is_sent(
    token: str, desk: Desk, receiver: Receiver
) -> None:
    await desk.a_ticket()

    found = await captured(receiver, "$conversation_ticket_created")

    assert found["$conversation_ticket_created"]["api_key"] == desk.project.api_token


async def test_what_the_url_refuses_stays_a_job(desk: Desk, receiver: Receiver) -> None:
    receiver.status = 503
    await desk.a_ticket()
    await receiver.until(1)
    error = Statement("SELECT error FROM jobs WHERE name = 'analytics.capture'")

    async with asyncio.timeout(20):
        while not (found := await desk.work.database.value(error)):  # noqa: ASYNC110  a row
            await asyncio.sleep(0.02)

    assert found == "NotCaptured: The capture URL answered 503."


async def test_without_a_url_no_event_queues_anything(work: Work, settings: Settings) -> None:
    async with a_client(settings) as client:
        desk = await a_desk(work, client)
        ticket = await desk.a_ticket()

    queued = Statement("SELECT count(*) FROM jobs WHERE payload ->> 'ticket_id' = $1")
    assert await work.database.value(queued, ticket["id"]) == 0
