"""The ticket API for other systems, which a project's secret opens."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from rejoinder.settings import Settings
from tests.builders import Desk, a_desk
from tests.conftest import a_client

FLOW = "0199b2a1-0000-7000-8000-000000000001"


def path(ticket: dict[str, Any]) -> str:
    return f"/api/conversations/external/ticket/{ticket['id']}"


async def call(
    desk: Desk, method: str, ticket: dict[str, Any], json: object = None, **options: Any
) -> httpx.Response:
    key = options.pop("key", desk.project.secret_api_token)
    return await desk.call(method, path(ticket), json, key=key, **options)


async def patched(desk: Desk, ticket: dict[str, Any], **fields: object) -> dict[str, Any]:
    """The ticket after a PATCH that was accepted."""
    response = await call(desk, "PATCH", ticket, fields)
    assert (response.status_code, response.json()) == (200, {"ok": True})
    return (await call(desk, "GET", ticket)).json()


async def refused(desk: Desk, ticket: dict[str, Any], **fields: object) -> dict[str, Any]:
    """What is wrong with each field."""
    response = await call(desk, "PATCH", ticket, fields)
    assert response.status_code == 400
    return response.json()["error"]


async def test_a_ticket_is_shown_under_its_own_field_names(desk: Desk) -> None:
    ticket = await desk.a_ticket(status="open", priority="high", tags=["a"], message="Hello?")

    shown = (await call(desk, "GET", ticket)).json()

    same = [
        "id", "status", "priority", "channel_source", "distinct_id", "created_at", "tags",
        "message_count", "unread_team_count", "email_from", "cc_participants", "slack_thread_ts",
    ]  # fmt: skip
    assert {name: shown[name] for name in same} == {name: ticket[name] for name in same}
    assert (shown["number"], shown["sla"], shown["url"]) == (ticket["ticket_number"], None, None)
    assert shown["unread_team_count"] == 1
    assert "ticket_number" not in shown


async def test_reading_here_marks_nothing_as_read(desk: Desk) -> None:
    ticket = await desk.a_ticket(message="Hello?")

    await call(desk, "GET", ticket)

    assert await desk.unread() == 1


async def test_every_field_can_be_changed(desk: Desk) -> None:
    ticket = await desk.a_ticket(priority="low")
    assignee = {"type": "user", "id": desk.ada.id}

    after = await patched(
        desk,
        ticket,
        status="pending",
        priority="critical",
        sla_due_at="2030-01-02T03:04:05Z",
        assignee=assignee,
        unknown="ignored",
    )

    assert (after["status"], after["priority"]) == ("pending", "critical")
    assert after["sla"] == "2030-01-02T03:04:05Z"
    assert after["assignee"]["id"] == desk.ada.id
    assert (await patched(desk, ticket, sla_due_at=None, assignee=None))["sla"] is None


async def test_an_empty_body_changes_nothing(desk: Desk) -> None:
    ticket = await desk.a_ticket()

    assert (await patched(desk, ticket))["updated_at"] == ticket["updated_at"]


async def test_tags_are_added_unless_the_mode_says_otherwise(desk: Desk) -> None:
    ticket = await desk.a_ticket(tags=["a", "b"])

    added = await patched(desk, ticket, tags=["B", "c"])
    removed = await patched(desk, ticket, tags=["a", "x"], tags_mode="remove")
    replaced = await patched(desk, ticket, tags=["z"], tags_mode="set")

    assert [after["tags"] for after in (added, removed, replaced)] == [
        ["a", "b", "c"],
        ["b", "c"],
        ["z"],
    ]


async def test_a_snooze_implies_the_status_unless_one_is_given(desk: Desk) -> None:
    ticket = await desk.a_ticket(status="open")
    later = "2030-01-01T00:00:00Z"

    asleep = await patched(desk, ticket, snoozed_until=later)
    awake = await patched(desk, ticket, snoozed_until=None)
    explicit = await patched(desk, ticket, snoozed_until=later, status="pending")

    assert [after["status"] for after in (asleep, awake, explicit)] == [
        "on_hold",
        "open",
        "pending",
    ]


@pytest.mark.parametrize(
    ("given", "minutes"),
    [
        ({"sla_amount": 2}, 120),
        ({"sla_amount": 90, "sla_unit": "minute"}, 90),
        ({"sla_amount": 1.5, "sla_unit": "day"}, 36 * 60),
    ],
)
async def test_an_amount_becomes_a_deadline(
    desk: Desk, given: dict[str, object], minutes: int
) -> None:
    ticket = await desk.a_ticket()

    after = await patched(desk, ticket, **given)

    due_in = datetime.fromisoformat(after["sla"]) - datetime.now(UTC)
    assert abs(due_in - timedelta(minutes=minutes)) < timedelta(seconds=30)


async def test_an_amount_can_count_business_hours_only(desk: Desk) -> None:
    ticket = await desk.a_ticket()
    hours = {"days": ["monday"], "time": ["09:00", "17:00"], "timezone": "Europe/Berlin"}

    after = await patched(desk, ticket, sla_amount=3, sla_unit="day", sla_business_hours=hours)

    due_at = datetime.fromisoformat(after["sla"])
    assert due_at.weekday() == 0
    assert timedelta(days=13) < due_at - datetime.now(UTC) < timedelta(days=29)


@pytest.mark.parametrize(
    ("fields", "attr"),
    [
        ({"status": "closed"}, "status"),
        ({"status": None}, "status"),
        ({"priority": None}, "priority"),
        ({"sla_due_at": "soon"}, "sla_due_at"),
        ({"sla_due_at": "2030-01-01T00:00:00Z", "sla_amount": 1}, "sla_amount"),
        ({"sla_amount": 0}, "sla_amount"),
        ({"sla_amount": 1e300}, "sla_amount"),
        ({"sla_amount": 1827, "sla_unit": "day"}, "sla_amount"),
        ({"sla_amount": 1, "sla_unit": "week"}, "sla_unit"),
        ({"assignee": {"type": "user", "id": 0}}, "assignee"),
        ({"tags": ["x" * 201]}, "tags__0"),
        ({"tags": ["x"] * 101}, "tags"),
        ({"tags": ["x"], "tags_mode": "toggle"}, "tags_mode"),
    ],
)
async def test_a_refusal_names_the_field_and_changes_nothing(
    desk: Desk, fields: dict[str, object], attr: str
) -> None:
    ticket = await desk.a_ticket(status="new", tags=["a"])

    found = await refused(desk, ticket, **({"status": "resolved"} | fields))

    assert list(found) == [attr]
    assert (await call(desk, "GET", ticket)).json()["updated_at"] == ticket["updated_at"]


@pytest.mark.parametrize(
    ("hours", "attr"),
    [
        ({"days": []}, "days"),
        ({"days": ["holiday"]}, "days__0"),
        ({"days": ["monday"], "time": ["17:00", "09:00"]}, "time"),
        ({"days": ["monday"], "time": ["9", "17:00"]}, "time__0"),
        ({"days": ["monday"], "timezone": "Europe"}, "timezone"),
        ({"days": ["monday"], "timezone": "../etc/passwd"}, "timezone"),
        ({"days": ["monday"], "timezone": "Mars/Olympus"}, "timezone"),
    ],
)
async def test_business_hours_that_make_no_sense_are_refused(
    desk: Desk, hours: dict[str, object], attr: str
) -> None:
    ticket = await desk.a_ticket()

    found = await refused(desk, ticket, sla_amount=1, sla_business_hours=hours)

    assert list(found) == [f"sla_business_hours__{attr}"]


async def test_only_the_projects_secret_opens_it(desk: Desk, other_desk: Desk) -> None:
    ticket = await desk.a_ticket()
    wrong = [desk.project.api_token, desk.project.widget_public_token, desk.key, "phs_x", " "]

    answers = [await call(desk, "GET", ticket, key=key) for key in wrong]
    foreign = await call(desk, "GET", ticket, key=other_desk.project.secret_api_token)
    without = await desk.client.get(path(ticket))

    assert {response.status_code for response in [*answers, without]} == {401}
    assert all(list(response.json()) == ["error"] for response in [*answers, without])
    assert (foreign.status_code, foreign.json()) == (404, {"error": "Not found."})


async def test_a_former_secret_opens_it_until_it_is_deleted(desk: Desk) -> None:
    ticket = await desk.a_ticket()
    new = (await desk.call("POST", f"{desk.url}rotate_secret_token/")).json()["secret_api_token"]

    during = [await call(desk, "GET", ticket), await call(desk, "GET", ticket, key=new)]
    await desk.call("POST", f"{desk.url}delete_secret_token_backup/")
    after = [await call(desk, "GET", ticket), await call(desk, "GET", ticket, key=new)]

    assert [response.status_code for response in during] == [200, 200]
    assert [response.status_code for response in after] == [401, 200]


async def test_it_is_closed_while_conversations_are_switched_off(desk: Desk) -> None:
    ticket = await desk.a_ticket()
    await desk.call("PATCH", desk.url, {"conversations_enabled": False})

    assert (await call(desk, "GET", ticket)).status_code == 401


@pytest.mark.parametrize("reference", ["1", "x", "00000000-0000-0000-0000-000000000000"])
async def test_what_is_not_the_id_of_a_ticket_is_not_found(desk: Desk, reference: str) -> None:
    await desk.a_ticket()

    answers = [await call(desk, method, {"id": reference}, {}) for method in ("GET", "PATCH")]

    assert [(found.status_code, found.json()) for found in answers] == [
        (404, {"error": "Not found."})
    ] * 2


async def test_the_log_says_that_a_workflow_did_it(desk: Desk) -> None:
    ticket = await desk.a_ticket(status="open")

    await call(desk, "PATCH", ticket, {"status": "resolved"})
    await call(desk, "PATCH", ticket, {"status": "open"}, headers={"X-PostHog-Hog-Flow-Id": FLOW})

    rows = await desk.work.database.pool.fetch(
        "SELECT actor_kind, actor_id FROM events WHERE project_id = $1"
        " AND type = 'ticket.status_changed' ORDER BY seq",
        desk.project.id,
    )
    assert [tuple(row) for row in rows] == [("key", "external"), ("key", f"external:{FLOW}")]


async def test_each_project_may_ask_only_so_often(desk: Desk, settings: Settings) -> None:
    limited = Settings(
        database_url=settings.database_url, background_jobs=False, limit_external_burst="2/minute"
    )
    async with a_client(limited) as client:
        busy = await a_desk(desk.work, client)
        calm = await a_desk(desk.work, client)
        ticket = {"id": FLOW}
        answers = [await call(busy, "GET", ticket) for _ in range(3)]
        other = await call(calm, "GET", ticket)

    assert [response.status_code for response in answers] == [404, 404, 429]
    assert int(answers[2].headers["retry-after"]) > 0
    assert other.status_code == 404
