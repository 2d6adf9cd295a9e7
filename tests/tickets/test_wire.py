"""The ticket as JSON: which fields, of which type, null or not."""

import re
from typing import Any
from uuid import UUID

import pytest

from tests.builders import Desk

TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
TEXT, NUMBER, FLAG, OBJECT, LIST = (str,), (int,), (bool,), (dict,), (list,)
OR_NULL = (type(None),)

# In the order of the wire.
FIELDS: dict[str, tuple[type, ...]] = {
    "id": TEXT,
    "ticket_number": NUMBER,
    "channel_source": TEXT,
    "channel_detail": TEXT + OR_NULL,
    "distinct_id": TEXT,
    "status": TEXT,
    "priority": TEXT + OR_NULL,
    "assignee": OBJECT + OR_NULL,
    "anonymous_traits": OBJECT,
    "identity_verified": FLAG + OR_NULL,
    "ai_resolved": FLAG,
    "escalation_reason": TEXT + OR_NULL,
    "ai_triage": OBJECT,
    "created_at": TEXT,
    "updated_at": TEXT,
    "message_count": NUMBER,
    "last_message_at": TEXT + OR_NULL,
    "last_message_text": TEXT + OR_NULL,
    "unread_team_count": NUMBER,
    "unread_customer_count": NUMBER,
    "session_id": TEXT + OR_NULL,
    "session_context": OBJECT,
    "sla_due_at": TEXT + OR_NULL,
    "snoozed_until": TEXT + OR_NULL,
    "slack_channel_id": TEXT + OR_NULL,
    "slack_thread_ts": TEXT + OR_NULL,
    "slack_team_id": TEXT + OR_NULL,
    "email_subject": TEXT + OR_NULL,
    "email_from": TEXT + OR_NULL,
    "email_to": TEXT + OR_NULL,
    "cc_participants": LIST,
    "github_repo": TEXT + OR_NULL,
    "github_issue_number": NUMBER + OR_NULL,
    "zendesk_ticket_id": NUMBER + OR_NULL,
    "organization_id": TEXT + OR_NULL,
    "organization_id_source": TEXT + OR_NULL,
    "person": OBJECT + OR_NULL,
    "tags": LIST,
    "user_access_level": TEXT,
    # Ours, behind those of the wire.
    "merged_into": TEXT + OR_NULL,
}
PERSON: dict[str, tuple[type, ...]] = {
    "id": TEXT,
    "name": TEXT,
    "distinct_ids": LIST,
    "properties": OBJECT,
    "created_at": TEXT,
    "is_identified": FLAG,
}


def assert_fits(value: dict[str, Any], fields: dict[str, tuple[type, ...]]) -> None:
    assert list(value) == list(fields)
    wrong = {name: value[name] for name, kinds in fields.items() if type(value[name]) not in kinds}
    assert wrong == {}


async def everything(desk: Desk) -> dict[str, Any]:
    """A ticket with all that can be set."""
    await desk.call("POST", desk.persons, {"distinct_id": "cleo", "properties": {"name": "Cleo"}})
    return await desk.a_ticket(
        channel_source="email",
        channel_detail="widget_api",
        distinct_id="cleo",
        status="pending",
        priority="critical",
        assignee={"type": "user", "id": desk.ada.id},
        anonymous_traits={"name": "Cleo", "age": 7},
        ai_resolved=True,
        escalation_reason="She asked for a human.",
        sla_due_at="2030-01-05T10:00:00.000001Z",
        snoozed_until="2030-01-05T12:00:00.5+02:00",
        tags=["Billing"],
        email_subject="Invoice",
        email_from="cleo@example.com",
        message="Hello?",
    )


async def test_a_bare_ticket_has_every_field(desk: Desk) -> None:
    ticket = await desk.a_ticket()

    assert_fits(ticket, FIELDS)
    assert UUID(ticket["id"]).version == 7
    unset = {name for name, value in ticket.items() if value is None}
    assert unset == {name for name, kinds in FIELDS.items() if type(None) in kinds}
    empty = ("anonymous_traits", "ai_triage", "session_context", "cc_participants", "tags")
    assert [ticket[name] for name in empty] == [{}, {}, {}, [], []]
    assert (ticket["status"], ticket["channel_source"], ticket["distinct_id"]) == (
        "new",
        "widget",
        "",
    )
    counts = ("message_count", "unread_team_count", "unread_customer_count")
    assert [ticket[name] for name in counts] == [0, 0, 0]
    assert ticket["ai_resolved"] is False
    assert ticket["user_access_level"] == "manager"


async def test_a_full_ticket_is_the_same_everywhere(desk: Desk) -> None:
    created = await everything(desk)

    listed = (await desk.call("GET")).json()["results"][0]
    changed = (await desk.call("PATCH", f"{created['id']}/", {})).json()
    read = (await desk.call("GET", f"{created['id']}/")).json()

    assert_fits(created, FIELDS)
    assert_fits(created["person"], PERSON)
    assert listed == changed == created
    assert read == created | {"unread_team_count": 0}


async def test_what_was_set_is_what_is_read(desk: Desk) -> None:
    ticket = await everything(desk)

    assert ticket["assignee"] == {
        "id": desk.ada.id,
        "type": "user",
        "user": {"email": desk.ada.email},
        "role": None,
    }
    assert ticket["sla_due_at"] == "2030-01-05T10:00:00.000001Z"
    assert ticket["snoozed_until"] == "2030-01-05T10:00:00.500000Z"
    assert ticket["tags"] == ["billing"]
    assert ticket["last_message_text"] == "Hello?"
    assert (ticket["message_count"], ticket["unread_team_count"]) == (1, 1)
    assert ticket["person"]["name"] == "Cleo"
    assert ticket["person"]["distinct_ids"] == ["cleo"]


async def test_a_role_is_an_assignee_with_a_uuid(desk: Desk) -> None:
    role = await desk.a_role("Billing")

    ticket = await desk.a_ticket(assignee={"type": "role", "id": str(role.id)})

    assert ticket["assignee"] == {
        "id": str(role.id),
        "type": "role",
        "user": None,
        "role": {"name": "Billing"},
    }


@pytest.mark.parametrize("field", ["created_at", "updated_at", "last_message_at"])
async def test_times_have_microseconds_and_end_in_z(desk: Desk, field: str) -> None:
    ticket = await desk.a_ticket(message="Hello?")

    assert TIME.fullmatch(ticket[field])


async def test_the_last_message_is_cut_at_500_characters(desk: Desk) -> None:
    ticket = await desk.a_ticket(message="é" * 501)

    assert ticket["last_message_text"] == "é" * 500


@pytest.mark.parametrize(
    ("level", "expected"), [("owner", "manager"), ("agent", "editor"), ("viewer", "viewer")]
)
async def test_the_access_level_is_the_callers(desk: Desk, level: Any, expected: str) -> None:
    await desk.a_ticket()
    key = await desk.a_key("ticket:read", user=await desk.a_user(level))

    read = await desk.call("GET", "1/", key=key)

    assert read.json()["user_access_level"] == expected


async def test_an_email_ticket_finds_its_person_by_the_address(desk: Desk) -> None:
    properties = {"email": "Cleo@Example.com"}
    await desk.call("POST", desk.persons, {"distinct_id": "c-1", "properties": properties})

    by_email = await desk.a_ticket(channel_source="email", email_from="cleo@example.COM")
    by_widget = await desk.a_ticket(channel_source="widget", email_from="cleo@example.com")

    assert by_email["person"]["distinct_ids"] == ["c-1"]
    assert by_widget["person"] is None
