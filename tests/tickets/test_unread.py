"""unread_count: a sum of messages, right at once after every change by whomever."""

import asyncio
from uuid import UUID

import pytest

from rejoinder.events.event import Actor
from rejoinder.events.work import Work
from rejoinder.organizations.commands import change_settings
from rejoinder.tickets.access import locked_ticket
from rejoinder.tickets.commands import change
from tests.builders import Desk
from tests.customers import write
from tests.eventually import eventually


@pytest.fixture
async def elsewhere(desk: Desk) -> Work:
    """Another process on the same database: it changes things and we only hear of it."""
    return Work(desk.work.database, process="elsewhere")


async def test_it_is_a_sum_of_messages_over_tickets_not_resolved(desk: Desk) -> None:
    for status in ("new", "open", "pending", "on_hold", "resolved"):
        ticket = await desk.a_ticket(status=status, message="One")
        await write(desk.work, desk.project.id, ticket["id"])

    answer = await desk.call("GET", "unread_count/")

    assert (answer.status_code, answer.json()) == (200, {"count": 8})
    listed = (await desk.call("GET", params={"status": "new,open,pending,on_hold"})).json()
    assert sum(ticket["unread_team_count"] for ticket in listed["results"]) == 8


async def test_a_project_without_tickets_has_nothing_to_read(desk: Desk) -> None:
    assert await desk.unread() == 0


async def test_every_change_is_seen_at_once(desk: Desk) -> None:
    seen = [await desk.unread()]

    for method, path, body in (
        ("POST", "", {"message": "Hello?"}),
        ("POST", "", {"message": "Hello?", "snoozed_until": "2030-01-01T00:00Z"}),
        ("POST", "", {}),
        ("PATCH", "1/", {"status": "resolved"}),
        ("PATCH", "1/", {"status": "pending"}),
        ("PATCH", "1/", {"priority": "high"}),
        ("DELETE", "1/", None),
        ("POST", "1/restore_deleted/", None),
        ("GET", "1/", None),
        ("PATCH", "2/", {"status": "resolved"}),
        ("GET", "2/", None),
        ("PATCH", "2/", {"status": "open"}),
        ("POST", "2/mark_unread/", None),
        ("POST", "2/mark_unread/", None),
        ("GET", "2/?mark_read=false", None),
        ("GET", "2/", None),
    ):
        assert (await desk.call(method, path, body)).is_success
        seen.append(await desk.unread())

    assert seen == [0, 1, 2, 2, 1, 2, 2, 1, 2, 1, 0, 0, 0, 1, 1, 1, 0]


async def test_other_projects_have_their_own(desk: Desk, other_desk: Desk) -> None:
    await desk.a_ticket(message="Hello?")

    assert (await desk.unread(), await other_desk.unread()) == (1, 0)


async def test_what_another_process_changes_is_heard(desk: Desk, elsewhere: Work) -> None:
    ticket = await desk.a_ticket(message="One")
    assert await desk.unread() == 1
    customer = Actor(desk.project.id, "person", "cleo")

    await write(elsewhere, desk.project.id, ticket["id"])
    await eventually(desk.unread, 2)
    async with elsewhere.begin(customer) as tx:
        locked = await locked_ticket(tx, UUID(ticket["id"]))
        await change.change_status(tx, locked, "resolved")
    await eventually(desk.unread, 0)


async def test_a_project_switched_off_has_nothing_to_read(desk: Desk, elsewhere: Work) -> None:
    await desk.a_ticket(message="One")
    assert await desk.unread() == 1

    for enabled, expected in ((False, 0), (True, 1)):
        async with elsewhere.begin(Actor(desk.project.id, "system", "test")) as tx:
            await change_settings(tx, enabled=enabled)
        await eventually(desk.unread, expected)


async def test_it_stays_true_while_many_change_it(desk: Desk) -> None:
    tickets = [await desk.a_ticket(message="Hello?") for _ in range(6)]

    async def churn(number: int, ticket_id: str) -> None:
        for status in ("resolved", "open"):
            await desk.call("PATCH", f"{number}/", {"status": status})
            await write(desk.work, desk.project.id, ticket_id)
            await desk.unread()
            await desk.call("GET", f"{number}/") if number % 2 else None

    await asyncio.gather(*(churn(n, t["id"]) for n, t in enumerate(tickets, 1)))

    listed = (await desk.call("GET", params={"status": "new,open,pending,on_hold"})).json()
    expected = sum(ticket["unread_team_count"] for ticket in listed["results"])
    assert expected == 9
    await eventually(desk.unread, expected)
