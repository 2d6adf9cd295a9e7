"""Receivers that are away, workers that die: nothing is lost or sent twice without need."""

import asyncio
import os
import sys
from datetime import timedelta

from rejoinder.db.pool import Database, connect
from rejoinder.db.sql import Statement
from rejoinder.events.work import Work
from rejoinder.settings import Settings
from rejoinder.web.egress.client import Egress
from rejoinder.webhooks import rules
from rejoinder.webhooks.courier import Courier
from tests.builders import Desk, a_desk
from tests.conftest import a_client
from tests.receiver import Received, Receiver, reply
from tests.webhooks.hooks import HURRY, LOCAL, a_hook, sending

SECOND = timedelta(seconds=1)


async def test_a_receiver_that_was_away_for_a_day_gets_everything_once_and_in_order(
    desk: Desk, receiver: Receiver, database: Database
) -> None:
    hook = await a_hook(desk, receiver)
    receiver.status = 502
    refused: set[str] = set()
    async with sending(database):
        for attempt, pause in enumerate(rules.SCHEDULE[:6], 1):
            for _ in range(3):
                await desk.a_ticket(message="Hello?")
            await hook.until("pending", 3, attempts=attempt)
            await hook.later(database, pause)
        await hook.until("pending", 3, attempts=7)
        refused = set(receiver.ids)
        receiver.received.clear()
        receiver.status = 200
        await hook.later(database, timedelta(hours=12))
        await hook.until("delivered", 36)

    log = await desk.call("GET", f"{desk.url}events/", params={"limit": "1000"})
    wanted = [each for each in log.json()["results"] if each["ticket_id"]]
    assert len(receiver.ids) == len(set(receiver.ids)) == 36
    assert set(receiver.ids) == {each["id"] for each in wanted} >= refused
    for ticket in {each["ticket_id"] for each in wanted}:
        assert [
            each.id for each in receiver.received if each.json["data"]["ticket_id"] == ticket
        ] == [each["id"] for each in wanted if each["ticket_id"] == ticket]


async def test_when_a_receiver_is_back_what_failed_does_not_wait_for_hours(
    desk: Desk, receiver: Receiver, database: Database
) -> None:
    hook = await a_hook(desk, receiver)
    receiver.status = 502
    async with sending(database):
        await desk.a_ticket()
        await hook.until("pending", 1, attempts=1)
        for attempt, pause in enumerate(rules.SCHEDULE[:3], 2):
            await hook.later(database, pause)
            await hook.until("pending", 1, attempts=attempt)
        await desk.a_ticket()
        await hook.until("pending", 2, attempts=1)
        receiver.status = 200
        await hook.later(database, timedelta(minutes=2))
        await hook.until("delivered", 2)


async def test_a_failing_event_is_tried_by_the_schedule_and_then_the_webhook_is_disabled(
    desk: Desk, receiver: Receiver, database: Database
) -> None:
    receiver.status = 500
    hook = await a_hook(desk, receiver, event_types=["ticket.created"])
    await desk.a_ticket()
    statement = Statement(
        "SELECT due_at - attempted_at FROM webhook_deliveries WHERE webhook_id = $1"
    )
    pauses: list[timedelta] = []

    async with sending(database):
        for attempt, pause in enumerate(rules.SCHEDULE, 1):
            await hook.until("pending", 1, attempts=attempt)
            pauses.append(await database.value(statement, hook.id))
            await hook.later(database, pause)
        disabled = await hook.until_disabled()

        assert tuple(pauses) == rules.SCHEDULE
        assert disabled["disabled_because"].startswith("It failed for three days.")
        (notice,) = (
            await desk.call("GET", f"{desk.url}events/", params={"types": "webhook.disabled"})
        ).json()["results"]
        assert notice["data"]["webhook_id"] == hook.id
        assert notice["actor"] == {"kind": "system", "id": "webhooks"}

        receiver.status = 200
        await desk.a_ticket()
        await hook.patch(enabled=True)
        await hook.until("delivered", 2)

    assert len(receiver.received) == len(rules.SCHEDULE) + 1 + 2
    assert len(set(receiver.ids)) == 2


async def test_a_receiver_that_is_gone_is_left_alone_at_once(
    desk: Desk, receiver: Receiver, database: Database
) -> None:
    receiver.status = 410
    hook = await a_hook(desk, receiver)
    for _ in range(3):
        await desk.a_ticket()

    async with sending(database):
        disabled = await hook.until_disabled()
        await desk.a_ticket()

    assert "410" in disabled["disabled_because"]
    assert len(receiver.received) <= 3


async def test_a_connection_that_is_refused_is_tried_again(
    desk: Desk, receiver: Receiver, database: Database
) -> None:
    away = Receiver()
    async with away.listening():
        pass
    hook = await a_hook(desk, away)
    await desk.a_ticket()

    async with sending(database):
        (delivery,) = await hook.until("pending", 1, attempts=1)
        assert (delivery["response"], delivery["error"] != "") == (None, True)
        async with away.listening():
            await hook.later(database, 5 * SECOND)
            await hook.until("delivered", 1)


async def test_what_a_killed_worker_was_sending_is_sent_again_with_the_same_id(
    desk: Desk, receiver: Receiver, database: Database
) -> None:
    hung = asyncio.Event()

    async def hang_once(_: Received) -> bytes:
        if not hung.is_set():
            hung.set()
            await asyncio.Event().wait()
        return reply(200)

    receiver.behaviour = hang_once
    hook = await a_hook(desk, receiver)
    await desk.a_ticket()
    await desk.call("PATCH", "1/", {"priority": "low"})

    async with Egress(LOCAL).opened() as egress:
        doomed = asyncio.create_task(Courier(egress, pace=HURRY).run(Work(database)))
        await hung.wait()
        doomed.cancel()
        await asyncio.wait({doomed})
        async with sending(database):
            await hook.until("delivered", 2)

    first, again, second = receiver.received
    assert first.id == again.id != second.id
    assert [delivery["attempts"] for delivery in await hook.deliveries()] == [1, 1]


async def test_a_worker_process_that_is_killed_while_sending_loses_nothing(
    dsn: str, receiver: Receiver
) -> None:
    arrived = asyncio.Event()

    async def hang_once(_: Received) -> bytes:
        if not arrived.is_set():
            arrived.set()
            await asyncio.Event().wait()
        return reply(200)

    receiver.behaviour = hang_once
    settings = Settings(
        database_url=dsn,
        background_jobs=False,
        egress_ports="1-65535",
        egress_networks="127.0.0.0/8",
    )
    async with connect(dsn, settings) as database, a_client(settings) as client:
        desk = await a_desk(Work(database), client)
        hook = await a_hook(desk, receiver, event_types=["ticket.created"])
        tickets = [await desk.a_ticket() for _ in range(2)]
        process = await a_worker(dsn)
        await arrived.wait()
        process.kill()
        await process.wait()
        await database.run(Statement("UPDATE webhooks SET held_until = now()"))
        async with sending(database):
            await hook.until("delivered", 2)

    sent_to = {each.json["data"]["ticket_id"] for each in receiver.received}
    assert sent_to == {ticket["id"] for ticket in tickets}
    assert len(set(receiver.ids)) == 2
    assert receiver.ids.count(receiver.ids[0]) == 2


async def a_worker(dsn: str) -> asyncio.subprocess.Process:
    """A process of its own that sends to what listens on this machine."""
    code = "import typer; from rejoinder.cli.worker import worker; typer.run(worker)"
    allowing = {"REJOINDER_EGRESS_PORTS": "1-65535", "REJOINDER_EGRESS_NETWORKS": "127.0.0.0/8"}
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        code,
        "--database-url",
        dsn,
        env={**os.environ, **allowing},
        stdout=asyncio.subprocess.DEVNULL,
    )


async def test_stopping_lets_attempts_end_and_leaves_the_webhook_to_others(
    desk: Desk, receiver: Receiver, database: Database
) -> None:
    arrived, go_on = asyncio.Event(), asyncio.Event()

    async def wait(_: Received) -> bytes:
        arrived.set()
        await go_on.wait()
        return reply(200)

    receiver.behaviour = wait
    hook = await a_hook(desk, receiver)
    await desk.a_ticket()

    async with sending(database):
        await arrived.wait()
        asyncio.get_running_loop().call_later(0.1, go_on.set)

    assert [delivery["state"] for delivery in await hook.deliveries()] == ["delivered"]
    held = Statement("SELECT held_by FROM webhooks WHERE id = $1")
    assert await database.value(held, hook.id) is None


async def test_a_worker_that_lost_the_database_goes_on_when_it_is_back(
    desk: Desk, receiver: Receiver, database: Database
) -> None:
    hook = await a_hook(desk, receiver)
    cut = Statement(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )

    async with sending(database):
        await desk.a_ticket()
        await hook.until("delivered", 1)
        await database.run(cut)
        async with asyncio.timeout(20):
            while (await desk.call("POST")).status_code != 201:  # noqa: ASYNC110  a server
                await asyncio.sleep(0.1)
        await receiver.until(2)

    assert len(set(receiver.ids)) == 2
