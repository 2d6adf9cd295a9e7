"""DELETE, its undoing, and what happens to tickets by itself."""

from datetime import timedelta
from uuid import UUID

import pytest

from rejoinder.db.sql import Statement
from rejoinder.tickets.commands import upkeep
from tests.builders import Desk
from tests.tickets.log import events_of, types_of

AGE = Statement(
    "UPDATE tickets SET deleted_at = deleted_at - $3::interval WHERE project_id = $1 AND id = $2"
)
SNOOZE = Statement(
    "UPDATE tickets SET snoozed_until = now() - $3::interval WHERE project_id = $1 AND id = $2"
)
ROWS = Statement(
    "SELECT (SELECT count(*) FROM tickets WHERE project_id = $1)"
    " + (SELECT count(*) FROM messages WHERE project_id = $1)"
)
BREAK = Statement(
    "UPDATE project_counters SET unread = unread + 7, tickets_open = tickets_open - 1"
    " WHERE project_id = $1"
)


async def age(desk: Desk, ticket_id: str, days: float) -> None:
    database = desk.work.database
    assert await database.run(AGE, desk.project.id, UUID(ticket_id), timedelta(days=days)) == 1


async def overdue(desk: Desk, ticket_id: str, by: timedelta = timedelta(seconds=1)) -> None:
    """Its snooze has run out."""
    assert await desk.work.database.run(SNOOZE, desk.project.id, UUID(ticket_id), by) == 1


async def test_a_deleted_ticket_is_nowhere(desk: Desk) -> None:
    ticket = await desk.a_ticket(message="Where is my invoice?", tags=["a"], distinct_id="cleo")
    await desk.a_ticket()

    deleted = await desk.call("DELETE", f"{ticket['id']}/")

    assert (deleted.status_code, deleted.content) == (204, b"")
    for name in (ticket["id"], "1"):
        for method in ("GET", "PATCH", "DELETE"):
            assert (await desk.call(method, f"{name}/")).status_code == 404
    assert await desk.listed() == [2]
    assert await desk.listed(order_by="ticket_number", offset=0) == [2]
    assert await desk.listed(search="invoice") == []
    assert await desk.listed(search="#1") == []
    assert await desk.listed(tags='["a"]') == []
    assert await desk.listed(distinct_ids="cleo") == []
    assert (await desk.call("GET")).json()["count"] == 1
    assert await desk.unread() == 0
    assert await types_of(desk) == [
        "ticket.created",
        "message.received",
        "ticket.created",
        "ticket.deleted",
    ]


async def test_its_number_is_never_used_again(desk: Desk) -> None:
    ticket = await desk.a_ticket()
    await desk.call("DELETE", "1/")
    await age(desk, ticket["id"], 15)
    await upkeep.purge_deleted(desk.work)

    assert (await desk.a_ticket())["ticket_number"] == 2


async def test_deleting_can_be_undone(desk: Desk) -> None:
    ticket = await desk.a_ticket(message="Hello?", status="open")
    await desk.call("DELETE", "1/")

    restored = await desk.call("POST", "1/restore_deleted/")
    again = await desk.call("POST", "1/restore_deleted/")

    assert restored.status_code == 200
    assert restored.json() | {"updated_at": 0} == ticket | {"updated_at": 0}
    assert (again.status_code, again.json()["code"]) == (404, "not_found")
    assert await desk.listed(status="open") == [1]
    assert await desk.unread() == 1


async def test_a_ticket_that_was_not_deleted_cannot_be_restored(desk: Desk) -> None:
    await desk.a_ticket()

    assert (await desk.call("POST", "1/restore_deleted/")).status_code == 404


async def test_the_purge_takes_what_was_deleted_over_14_days_ago(desk: Desk) -> None:
    old, young, living = [await desk.a_ticket(message="x") for _ in range(3)]
    for ticket, days in ((old, 14.01), (young, 13.99)):
        await desk.call("DELETE", f"{ticket['id']}/")
        await age(desk, ticket["id"], days)

    await upkeep.purge_deleted(desk.work)

    # Two tickets with a message each are left.
    assert await desk.work.database.value(ROWS, desk.project.id) == 4
    assert (await desk.call("POST", f"{old['id']}/restore_deleted/")).status_code == 404
    assert (await desk.call("POST", f"{young['id']}/restore_deleted/")).status_code == 200
    assert (await desk.call("GET", f"{living['id']}/")).status_code == 200
    purged = [e for e in await events_of(desk) if e["type"] == "ticket.purged"]
    assert [(e["ticket_number"], e["by"]) for e in purged] == [(1, "system:upkeep")]


@pytest.mark.parametrize(
    ("status", "after"),
    [
        ("new", "new"),
        ("open", "open"),
        ("pending", "open"),
        ("on_hold", "open"),
        ("resolved", "open"),
    ],
)
async def test_a_snooze_that_has_run_out_wakes_the_ticket(
    desk: Desk, status: str, after: str
) -> None:
    ticket = await desk.a_ticket(status=status, snoozed_until="2030-01-01T00:00Z")
    await overdue(desk, ticket["id"])

    await upkeep.wake_snoozed(desk.work)
    await upkeep.wake_snoozed(desk.work)

    woken = (await desk.call("GET", "1/")).json()
    assert (woken["status"], woken["snoozed_until"]) == (after, None)
    assert await desk.listed(status=after) == [1]
    expected = ["ticket.snoozed"] + ["ticket.status_changed"] * (status != after)
    assert (await types_of(desk))[1:] == expected


async def test_all_that_is_due_is_woken_at_once_and_nothing_else(desk: Desk) -> None:
    tickets = [await desk.a_ticket(snoozed_until="2030-01-01T00:00Z") for _ in range(103)]
    for ticket in tickets[:102]:
        await overdue(desk, ticket["id"])
    await desk.call("DELETE", "1/")

    await upkeep.wake_snoozed(desk.work)

    assert await desk.listed(snoozed="true") == [103]
    assert (await desk.call("GET", params={"status": "open"})).json()["count"] == 101


async def test_counters_that_drifted_are_repaired_and_reported(desk: Desk) -> None:
    await desk.a_ticket(message="Hello?", status="open")
    await desk.unread()
    # Other tests may have broken theirs.
    await upkeep.repair_counters(desk.work)
    await desk.work.database.run(BREAK, desk.project.id)

    repaired = await upkeep.repair_counters(desk.work)
    none_left = await upkeep.repair_counters(desk.work)

    assert (repaired, none_left) == (1, 0)
    assert (await desk.call("GET", params={"status": "open"})).json()["count"] == 1
    event = (await events_of(desk))[-1]
    assert event["type"] == "counters.repaired"
    assert (event["counted"], event["previous"]) == ([0, 1, 0, 0, 0, 1], [0, 0, 0, 0, 0, 8])
