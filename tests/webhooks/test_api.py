"""The webhook API: who may use it, what it takes, what it shows."""

import asyncio
from datetime import timedelta

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from rejoinder.clock import now
from rejoinder.db.pool import Database
from rejoinder.db.sql import Statement
from rejoinder.events.work import Work
from rejoinder.webhooks.upkeep import purge_deliveries
from tests.builders import Desk
from tests.receiver import Received, Receiver
from tests.webhooks.hooks import Hook, a_hook, sending


def is_signed_by(secret: str, received: Received) -> bool:
    try:
        Webhook(secret).verify(received.body, dict(received.headers))
    except WebhookVerificationError:
        return False
    return True


async def test_a_webhook_is_made_changed_and_deleted(desk: Desk, receiver: Receiver) -> None:
    hook = await a_hook(desk, receiver, description="CRM", event_types=["ticket.created"])

    changed = await hook.patch(public_only=False, event_types=["note.added", "note.added"])
    listed = (await desk.call("GET", f"{desk.url}webhooks/")).json()
    deleted = await desk.call("DELETE", hook.url)

    assert changed["event_types"] == ["note.added"]
    assert (changed["url"], changed["description"]) == (receiver.url, "CRM")
    assert (listed["count"], listed["results"]) == (1, [changed])
    assert deleted.status_code == 204
    assert (await desk.call("GET", hook.url)).status_code == 404
    log = (await desk.call("GET", f"{desk.url}events/", params={"wait": "5"})).json()["results"]
    assert [each["type"] for each in log] == [
        "webhook.created",
        "webhook.changed",
        "webhook.deleted",
    ]
    assert log[1]["data"]["fields"] == ["event_types", "public_only"]


async def test_a_change_of_nothing_is_no_event(desk: Desk, receiver: Receiver) -> None:
    hook = await a_hook(desk, receiver)
    await hook.patch(url=receiver.url, enabled=True)
    await hook.patch()

    log = await desk.call("GET", f"{desk.url}events/", params={"types": "webhook.changed"})
    assert log.json()["results"] == []


async def test_a_secret_is_shown_once_and_never_again(desk: Desk, receiver: Receiver) -> None:
    hook = await a_hook(desk, receiver)
    rotated = await hook.post("rotate_secret/", expect=200)

    seen = (await desk.call("GET", hook.url)).text + (
        await desk.call("GET", f"{desk.url}webhooks/")
    ).text
    seen += (await desk.call("GET", f"{desk.url}events/", params={"wait": "5"})).text
    assert hook.secret.startswith("whsec_")
    assert rotated["secret"] != hook.secret
    assert "whsec_" not in seen


async def test_both_secrets_sign_until_the_former_is_deleted_or_expires(
    desk: Desk, receiver: Receiver, database: Database
) -> None:
    hook = await a_hook(desk, receiver)
    newer = (await hook.post("rotate_secret/", expect=200))["secret"]
    newest = (await hook.post("rotate_secret/", expect=200))["secret"]
    present, second, first = (await hook.get())["secrets"]
    age = Statement("UPDATE webhook_secrets SET expires_at = now() WHERE id = $1")

    async with sending(database):
        await desk.a_ticket()
        (received,) = await receiver.until(1)
        assert [is_signed_by(key, received) for key in (hook.secret, newer, newest)] == [True] * 3

        assert (await desk.call("DELETE", f"{hook.url}secrets/{first['id']}/")).status_code == 204
        await database.run(age, second["id"])
        await desk.a_ticket()
        received = (await receiver.until(2))[1]

    assert [is_signed_by(key, received) for key in (hook.secret, newer, newest)] == [
        False,
        False,
        True,
    ]
    assert (present["expires_at"], second["expires_at"] is None) == (None, False)
    refused = await desk.call("DELETE", f"{hook.url}secrets/{present['id']}/")
    assert refused.status_code == 404


async def test_too_many_secrets_at_once_are_refused(desk: Desk, receiver: Receiver) -> None:
    hook = await a_hook(desk, receiver)
    for _ in range(4):
        await hook.post("rotate_secret/", expect=200)

    await hook.post("rotate_secret/", expect=409)


async def test_a_test_event_goes_to_its_webhook_only(
    desk: Desk, receiver: Receiver, other_receiver: Receiver, database: Database
) -> None:
    hook = await a_hook(desk, receiver, event_types=["note.added"])
    other = await a_hook(desk, other_receiver)

    await hook.post("test/")
    async with sending(database):
        await receiver.until(1)
        await desk.a_ticket()
        await other_receiver.until(1)

    assert receiver.types == ["webhook.test"]
    assert receiver.received[0].json["data"]["data"]["webhook_id"] == hook.id
    assert other_receiver.types == ["ticket.created"]
    await other.patch(enabled=False)
    await other.post("test/", expect=409)


async def test_an_event_can_be_sent_again_with_its_id(
    desk: Desk, receiver: Receiver, database: Database
) -> None:
    hook = await a_hook(desk, receiver)
    await desk.a_ticket()
    await desk.a_ticket()

    async with sending(database):
        first, _ = await hook.until("delivered", 2)
        await hook.post(f"deliveries/{first['id']}/redeliver/")
        await receiver.until(3)

    assert receiver.ids.count(first["id"]) == 2
    await hook.post(f"deliveries/{hook.id}/redeliver/", expect=404)


async def test_a_range_can_be_sent_again_also_what_was_before_the_webhook(
    desk: Desk, receiver: Receiver, database: Database
) -> None:
    begin = await database.value(Statement("SELECT clock_timestamp()"))
    await desk.a_ticket(message="Before")
    await desk.call("PATCH", "1/", {"priority": "low"})
    hook = await a_hook(desk, receiver)
    await desk.a_ticket()

    async with sending(database):
        await hook.until("delivered", 1)
        end = await database.value(Statement("SELECT clock_timestamp()"))
        await desk.a_ticket()
        await hook.until("delivered", 2)
        queued = await hook.post("redeliver/", {"from": begin.isoformat(), "to": end.isoformat()})
        await receiver.until(6)
        await hook.until("delivered", 5)

    assert queued == {"queued": 4}
    assert len(set(receiver.ids)) == 5
    of_first = [each for each in receiver.received if each.json["data"]["ticket_number"] == 1]
    assert [each.json["type"] for each in of_first] == [
        "ticket.created",
        "message.received",
        "ticket.priority_changed",
    ]
    empty = await hook.post(
        "redeliver/", {"from": "1970-01-01T00:00:00Z", "to": "1971-01-01"}, expect=400
    )
    assert empty["attr"] == "to"
    nothing = {"from": "1969-01-01T00:00:00", "to": "1971-01-01T00:00:00"}
    assert await hook.post("redeliver/", nothing) == {"queued": 0}


async def test_deliveries_are_listed_page_by_page(
    desk: Desk, receiver: Receiver, database: Database
) -> None:
    hook = await a_hook(desk, receiver)
    for _ in range(5):
        await desk.a_ticket()
    async with sending(database):
        await hook.until("delivered", 5)

    found: list[str] = []
    url: str | None = f"{hook.url}deliveries/?limit=2"
    while url:
        page = (await desk.call("GET", url.removeprefix("http://testserver"))).json()
        found += [each["id"] for each in page["results"]]
        url = page["next"]

    assert found == sorted(found, reverse=True)
    assert set(found) == set(receiver.ids)
    ticket = receiver.received[0].json["data"]["ticket_id"]
    assert len(await hook.deliveries(ticket=ticket, event_type="ticket.created")) == 1
    for parameters in ({"state": "lost"}, {"ticket": "x"}, {"cursor": "x"}):
        response = await desk.call("GET", hook.url + "deliveries/", params=parameters)
        assert (response.status_code, response.json()["attr"]) == (400, next(iter(parameters)))


async def test_a_delivery_shows_what_was_sent(
    desk: Desk, receiver: Receiver, database: Database
) -> None:
    hook = await a_hook(desk, receiver)
    async with sending(database):
        await desk.a_ticket()
        (delivery,) = await hook.until("delivered", 1)

    shown = (await desk.call("GET", f"{hook.url}deliveries/{delivery['id']}/")).json()

    assert shown == {"delivery": delivery, "request": receiver.received[0].json}
    response = await desk.call("GET", f"{hook.url}deliveries/{hook.id}/")
    assert response.status_code == 404


async def test_a_note_that_is_not_sent_is_not_shown_as_sent(
    desk: Desk, receiver: Receiver, database: Database
) -> None:
    hook = await a_hook(desk, receiver, event_types=["note.added"], public_only=False)
    ticket = await desk.a_ticket()
    await desk.call("POST", f"{desk.tickets}{ticket['id']}/notes/", {"message": "Careful."})
    async with sending(database):
        (delivery,) = await hook.until("delivered", 1)
    await hook.patch(public_only=True)

    shown = (await desk.call("GET", f"{hook.url}deliveries/{delivery['id']}/")).json()

    assert shown["request"] is None


async def test_a_delivered_event_is_forgotten_after_a_month(
    desk: Desk, receiver: Receiver, database: Database, work: Work
) -> None:
    hook = await a_hook(desk, receiver)
    await desk.a_ticket()
    async with sending(database):
        await hook.until("delivered", 1)
    age = Statement(
        "UPDATE webhook_deliveries SET created_at = created_at - $2::interval WHERE webhook_id = $1"
    )

    await database.run(age, hook.id, timedelta(days=29))
    await purge_deliveries(work)
    assert len(await hook.deliveries()) == 1
    await database.run(age, hook.id, timedelta(days=2))
    await purge_deliveries(work)
    assert await hook.deliveries() == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("url", "ftp://example.org/"),
        ("url", "http://10.0.0.1/"),
        ("url", "http://169.254.169.254/latest/meta-data"),
        ("url", "http://localhost:5432@10.0.0.1/"),
        ("url", "https://nowhere.invalid/"),
        ("url", "x"),
        ("url", "http://a.test/" + "x" * 2_000),
        ("event_types", ["ticket"]),
        ("event_types", ["project.changed"]),
        ("event_types", ["ticket.created", "key.created"]),
    ],
)
async def test_what_is_never_called_or_sent_is_refused(
    field: str, value: object, desk: Desk, receiver: Receiver
) -> None:
    hook = await a_hook(desk, receiver)
    body = {"url": receiver.url, field: value}

    made = await desk.call("POST", f"{desk.url}webhooks/", body)
    changed = await desk.call("PATCH", hook.url, {field: value})

    for response in (made, changed):
        assert response.status_code == 400, response.text
        assert response.json()["attr"].startswith(field)
    assert receiver.connections == 0


async def test_webhooks_are_for_admins(desk: Desk, receiver: Receiver) -> None:
    hook = await a_hook(desk, receiver)
    ben = await desk.a_key("*", user=await desk.a_user("agent"))
    calls = [
        ("GET", f"{desk.url}webhooks/"),
        ("POST", f"{desk.url}webhooks/"),
        ("GET", hook.url),
        ("PATCH", hook.url),
        ("DELETE", hook.url),
        ("POST", hook.url + "rotate_secret/"),
        ("POST", hook.url + "test/"),
        ("POST", hook.url + "redeliver/"),
        ("GET", hook.url + "deliveries/"),
        ("GET", f"{hook.url}deliveries/{hook.id}/"),
    ]

    statuses = {(await desk.call(method, path, key=ben)).status_code for method, path in calls}

    assert statuses == {403}


async def test_another_project_neither_sees_nor_feeds_a_webhook(
    desk: Desk, other_desk: Desk, receiver: Receiver, database: Database
) -> None:
    hook = await a_hook(desk, receiver)
    await other_desk.a_ticket()
    theirs = Hook(other_desk, hook.id, hook.secret)

    async with sending(database):
        await desk.a_ticket()
        (delivery,) = await hook.until("delivered", 1)

    for method, path in [
        ("GET", ""),
        ("PATCH", ""),
        ("DELETE", ""),
        ("GET", "deliveries/"),
        ("GET", f"deliveries/{delivery['id']}/"),
        ("POST", "test/"),
        ("POST", "rotate_secret/"),
        ("POST", f"deliveries/{delivery['id']}/redeliver/"),
    ]:
        response = await other_desk.call(
            method, theirs.url + path, {} if method == "PATCH" else None
        )
        assert response.status_code == 404, (method, path)
    times = {"from": "2020-01-01T00:00:00Z", "to": now().isoformat()}
    await theirs.post("redeliver/", times, expect=404)
    assert [each.json["data"]["project_id"] for each in receiver.received] == [desk.project.id]


async def test_a_project_has_a_limit_of_webhooks(desk: Desk, receiver: Receiver) -> None:
    made = [a_hook(desk, receiver) for _ in range(50)]
    await asyncio.gather(*made[:25])
    await asyncio.gather(*made[25:])

    response = await desk.call("POST", f"{desk.url}webhooks/", {"url": receiver.url})

    assert response.status_code == 400
