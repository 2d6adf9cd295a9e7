"""Events on their way to a receiver: signed, chosen, in order, each once."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from rejoinder.db.pool import Database
from rejoinder.events.event import Actor
from rejoinder.events.work import Work
from rejoinder.tickets.events import TicketReadByTeam
from rejoinder.web.egress.addresses import policy
from tests.builders import Desk
from tests.receiver import Received, Receiver, reply
from tests.webhooks.hooks import a_hook, sending


async def test_an_event_arrives_signed_by_the_standard(
    desk: Desk, receiver: Receiver, database: Database
) -> None:
    hook = await a_hook(desk, receiver, event_types=["ticket.created"])
    ticket = await desk.a_ticket()

    async with sending(database):
        (received,) = await receiver.until(1)

    body: Any = Webhook(hook.secret).verify(received.body, dict(received.headers))
    assert received.target == "/hook"
    assert (body["type"], body["timestamp"]) == ("ticket.created", body["data"]["at"])
    assert body["data"]["id"] == received.id
    assert body["data"]["ticket_id"] == ticket["id"]
    assert body["data"]["ticket_number"] == 1
    assert body["data"]["actor"] == {"kind": "user", "id": str(desk.ada.id)}
    with pytest.raises(WebhookVerificationError):
        Webhook(hook.secret).verify(received.body + b" ", dict(received.headers))


async def test_what_the_receiver_answered_is_kept_up_to_a_size(
    desk: Desk, receiver: Receiver, database: Database
) -> None:
    async def behave(_: Received) -> bytes:
        return reply(200, b"\0\xff" + b"x" * 10_000)

    receiver.behaviour = behave
    hook = await a_hook(desk, receiver)
    await desk.a_ticket()

    async with sending(database):
        (delivery,) = await hook.until("delivered", 1)

    assert delivery["id"] == receiver.received[0].id
    assert delivery["response"]["status"] == 200
    assert delivery["response"]["milliseconds"] >= 0
    assert delivery["response"]["body"] == "\ufffd\ufffd" + "x" * 4_094
    assert (delivery["attempts"], delivery["next_attempt_at"], delivery["error"]) == (1, None, None)


async def test_public_messages_are_sent_with_their_text_and_notes_not_at_all(
    desk: Desk, receiver: Receiver, database: Database
) -> None:
    await a_hook(desk, receiver)
    await desk.a_ticket(message="Help!")
    await desk.call("POST", "1/reply/", {"message": "psst, a secret", "is_private": True})
    await desk.call("POST", "1/reply/", {"message": "Here you are."})

    async with sending(database):
        await receiver.until(3)

    sent = {each.json["type"]: each.json["data"]["message"] for each in receiver.received}
    assert set(sent) == {"ticket.created", "message.received", "message.sent"}
    assert (sent["message.received"]["content"], sent["message.sent"]["content"]) == (
        "Help!",
        "Here you are.",
    )
    assert b"secret" not in b"".join(each.body for each in receiver.received)


async def test_who_asks_for_notes_is_told_of_them_without_their_text(
    desk: Desk, receiver: Receiver, database: Database
) -> None:
    await a_hook(desk, receiver, event_types=["note.added"], public_only=False)
    await desk.a_ticket(message="Help!")
    await desk.call("POST", "1/reply/", {"message": "psst, a secret", "is_private": True})

    async with sending(database):
        (received,) = await receiver.until(1)

    assert received.json["data"]["data"]["message_id"]
    assert received.json["data"]["message"] is None
    assert b"secret" not in received.body


async def test_what_was_waiting_when_a_webhook_was_restricted_is_withheld(
    desk: Desk, receiver: Receiver, database: Database
) -> None:
    receiver.status = 500
    hook = await a_hook(desk, receiver, public_only=False, event_types=["note.added"])
    await desk.a_ticket(message="Help!")
    await desk.call("POST", "1/reply/", {"message": "psst", "is_private": True})
    async with sending(database):
        await hook.until("pending", 1, attempts=1)
        receiver.status = 200
        await hook.patch(public_only=True)
        await hook.later(database, timedelta(seconds=5))
        await hook.until("withheld", 1)

    assert len(receiver.received) == 1


async def test_a_deleted_message_is_not_sent_any_more(
    desk: Desk, receiver: Receiver, database: Database
) -> None:
    await a_hook(desk, receiver, event_types=["message.sent"])
    await desk.a_ticket(message="Help!")
    reply_id = (await desk.call("POST", "1/reply/", {"message": "Oops"})).json()["id"]
    response = await desk.call("PATCH", f"{desk.comments}{reply_id}/", {"deleted": True})
    assert response.status_code == 200

    async with sending(database):
        (received,) = await receiver.until(1)

    assert received.json["data"]["message"] is None


async def test_nothing_is_sent_of_what_stays_inside(
    desk: Desk, receiver: Receiver, database: Database
) -> None:
    await a_hook(desk, receiver)
    await desk.set(enabled=False)
    await desk.set(enabled=True)
    await desk.a_ticket()

    async with sending(database):
        await receiver.until(1)

    assert receiver.types == ["ticket.created"]


async def test_a_failing_event_holds_up_its_own_ticket_only(
    desk: Desk, receiver: Receiver, database: Database
) -> None:
    first, second = await desk.a_ticket(), await desk.a_ticket()
    hook = await a_hook(desk, receiver, event_types=["ticket.priority_changed"])
    for priority in ("low", "medium", "high"):
        for number in (1, 2):
            await desk.call("PATCH", f"{number}/", {"priority": priority})
    is_down = True

    async def behave(request: Received) -> bytes:
        fails = is_down and request.json["data"]["ticket_id"] == first["id"]
        return reply(503 if fails else 200)

    def priorities(ticket: dict[str, Any]) -> list[str]:
        return [
            each.json["data"]["data"]["priority"]
            for each in receiver.received
            if each.json["data"]["ticket_id"] == ticket["id"]
        ]

    receiver.behaviour = behave
    async with sending(database):
        await hook.until("delivered", 3)
        assert priorities(first) == ["low"]
        assert priorities(second) == ["low", "medium", "high"]

        is_down = False
        await hook.later(database, timedelta(seconds=5))
        await hook.until("delivered", 6)

    assert priorities(first) == ["low", "low", "medium", "high"]


async def test_a_slow_receiver_delays_nobody_else(
    desk: Desk, receiver: Receiver, other_receiver: Receiver, database: Database
) -> None:
    never = asyncio.Event()

    async def hang(_: Received) -> bytes:
        await never.wait()
        return b""

    receiver.behaviour = hang
    for _ in range(3):
        await a_hook(desk, receiver)
    quick = await a_hook(desk, other_receiver)
    for _ in range(20):
        await desk.a_ticket()

    async with sending(database):
        await quick.until("delivered", 20)
        await receiver.until(3 * 8)
        await desk.a_ticket()
        await quick.until("delivered", 21)
        hanging = len(receiver.received)
        never.set()

    assert len(other_receiver.received) == 21
    assert hanging == 3 * 8


async def test_every_event_of_many_writers_arrives_once_and_in_order(
    desk: Desk, receiver: Receiver, database: Database
) -> None:
    hook = await a_hook(desk, receiver, event_types=["ticket.read_by_team"])
    tickets = [(await desk.a_ticket())["id"] for _ in range(4)]
    work = Work(database)

    async def write(writer: int) -> None:
        for number in range(5):
            async with work.begin(Actor(desk.project.id, "system", "test")) as tx:
                tx.emit(TicketReadByTeam(ticket_id=tickets[writer % 4], previous=number))
                await tx.connection.execute("SELECT pg_current_xact_id()")
                await asyncio.sleep(0.002 * (writer % 5))

    async with sending(database), sending(database):
        await asyncio.gather(*(write(writer) for writer in range(16)))
        await hook.until("delivered", 80)

    assert len(receiver.ids) == len(set(receiver.ids)) == 80
    for ticket in tickets:
        cursors = [
            tuple(map(int, each.json["data"]["cursor"].split("-")))
            for each in receiver.received
            if each.json["data"]["ticket_id"] == ticket
        ]
        assert cursors == sorted(cursors)


async def test_an_address_that_became_private_is_not_connected_to(
    desk: Desk, receiver: Receiver, database: Database
) -> None:
    hook = await a_hook(desk, receiver)
    await desk.a_ticket()

    async with sending(database, allowed=policy("1-65535", "")):
        (delivery,) = await hook.until("pending", 1, attempts=1)

    assert "not a public address" in delivery["error"]
    assert receiver.connections == 0


@pytest.mark.parametrize("status", [301, 302, 307, 308, 400, 404, 500, 503])
async def test_whatever_is_no_success_is_tried_again(
    status: int, desk: Desk, receiver: Receiver, database: Database
) -> None:
    async def behave(_: Received) -> bytes:
        return reply(status, b"no", f"Location: {receiver.url}")

    receiver.behaviour = behave
    hook = await a_hook(desk, receiver)
    await desk.a_ticket()

    async with sending(database):
        (delivery,) = await hook.until("pending", 1, attempts=1)

    assert delivery["response"]["status"] == status
    assert delivery["error"] == f"The receiver answered {status}."
    assert len(receiver.received) == 1
