"""POST: numbers without gaps, defaults, what is ignored and what is refused."""

import asyncio
from typing import Any

import pytest

from tests.builders import Desk
from tests.web.app import envelope

FORM = {"content-type": "application/x-www-form-urlencoded"}
NOT_A_TIME = (
    "Datetime has wrong format. Use one of these formats instead: "
    "YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z]."
)


async def numbers(desk: Desk) -> list[int]:
    return await desk.listed(order_by="ticket_number", limit=1000)


async def test_numbers_have_no_gaps_though_many_create_and_some_are_refused(desk: Desk) -> None:
    stranger = {"assignee": {"type": "user", "id": 1_000_000_000}}

    async def creator(which: int) -> None:
        for turn in range(5):
            await desk.a_ticket(message="Hello?") if turn % 2 else await desk.a_ticket()
            refused = await desk.call("POST", json=stranger if which % 2 else {"message": " "})
            assert refused.status_code == 400

    await asyncio.gather(*(creator(which) for which in range(16)))

    assert await numbers(desk) == list(range(1, 81))
    assert await desk.unread() == 32


async def test_projects_count_for_themselves(desk: Desk, other_desk: Desk) -> None:
    await desk.a_ticket()

    assert (await other_desk.a_ticket())["ticket_number"] == 1


async def test_read_only_and_unknown_fields_are_ignored(desk: Desk) -> None:
    ticket = await desk.a_ticket(
        id="0198a5c0-0000-7000-8000-000000000000",
        ticket_number="integer",
        created_at="yesterday",
        message_count=7,
        unread_team_count=-1,
        identity_verified=True,
        person={"id": 5},
        user_access_level="none",
        colour="blue",
    )

    assert ticket["ticket_number"] == 1
    assert (ticket["message_count"], ticket["unread_team_count"]) == (0, 0)
    assert (ticket["identity_verified"], ticket["person"]) == (None, None)


async def test_no_body_at_all_makes_a_ticket(desk: Desk) -> None:
    response = await desk.call("POST")

    assert (response.status_code, response.json()["status"]) == (201, "new")


async def test_a_form_makes_a_ticket(desk: Desk) -> None:
    content = "status=open&priority=high&ai_resolved=true&escalation_reason=a+b&ticket_number=x"

    response = await desk.call("POST", content=content, headers=FORM)

    ticket = response.json()
    fields = ("status", "priority", "ai_resolved", "escalation_reason", "ticket_number")
    assert [ticket[name] for name in fields] == ["open", "high", True, "a b", 1]


async def test_the_public_pages_line_is_a_parse_error_if_it_says_json(desk: Desk) -> None:
    json = {"content-type": "application/json"}

    response = await desk.call("POST", content='ticket_number="integer"', headers=json)

    assert (response.status_code, response.json()["code"]) == (400, "parse_error")


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, "new"),
        ({"snoozed_until": "2030-01-01T00:00Z"}, "on_hold"),
        ({"snoozed_until": "2030-01-01T00:00Z", "status": "pending"}, "pending"),
        ({"snoozed_until": None}, "new"),
    ],
)
async def test_a_snooze_implies_the_status(desk: Desk, fields: dict[str, Any], status: str) -> None:
    assert (await desk.a_ticket(**fields))["status"] == status


async def test_nulls_and_empty_texts_are_kept_as_given(desk: Desk) -> None:
    nothing = {
        "priority": None,
        "assignee": None,
        "escalation_reason": "",
        "sla_due_at": None,
        "channel_detail": None,
        "message": None,
    }

    ticket = await desk.a_ticket(**nothing)

    assert ticket["escalation_reason"] == ""
    assert (ticket["priority"], ticket["assignee"], ticket["sla_due_at"]) == (None, None, None)


async def test_a_first_message_of_a_resolved_ticket_is_not_counted_as_unread(desk: Desk) -> None:
    ticket = await desk.a_ticket(status="resolved", message="Thanks!")

    assert (ticket["unread_team_count"], await desk.unread()) == (1, 0)


@pytest.mark.parametrize(
    ("fields", "attr", "code", "detail"),
    [
        ({"status": "closed"}, "status", "invalid_choice", '"closed" is not a valid choice.'),
        ({"status": ""}, "status", "invalid_choice", '"" is not a valid choice.'),
        ({"status": None}, "status", "null", "This field may not be null."),
        ({"status": 5}, "status", "invalid_input", "Not a valid string."),
        ({"priority": "urgent"}, "priority", "invalid_choice", '"urgent" is not a valid choice.'),
        ({"anonymous_traits": None}, "anonymous_traits", "null", "This field may not be null."),
        (
            {"anonymous_traits": [1]},
            "anonymous_traits",
            "not_a_dict",
            'Expected a dictionary of items but got type "list".',
        ),
        ({"ai_resolved": "maybe"}, "ai_resolved", "invalid_input", "Must be a valid boolean."),
        ({"ai_resolved": None}, "ai_resolved", "null", "This field may not be null."),
        ({"escalation_reason": 5}, "escalation_reason", "invalid_input", "Not a valid string."),
        (
            {"tags": "a"},
            "tags",
            "not_a_list",
            'Expected a list of items but got type "str".',
        ),
        ({"tags": [1]}, "tags__0", "invalid_input", "Not a valid string."),
        ({"tags": ["a", None]}, "tags__1", "null", "This field may not be null."),
        (
            {"tags": ["x" * 256]},
            "tags",
            "max_length",
            "Ensure this field has no more than 255 characters.",
        ),
        (
            {"tags": [f"tag {n}" for n in range(101)]},
            "tags",
            "max_length",
            "Ensure this field has no more than 100 elements.",
        ),
        (
            {"channel_source": "fax"},
            "channel_source",
            "invalid_choice",
            '"fax" is not a valid choice.',
        ),
        (
            {"channel_detail": "fax"},
            "channel_detail",
            "invalid_choice",
            '"fax" is not a valid choice.',
        ),
        (
            {"distinct_id": "x" * 401},
            "distinct_id",
            "max_length",
            "Ensure this field has no more than 400 characters.",
        ),
        ({"distinct_id": None}, "distinct_id", "null", "This field may not be null."),
        (
            {"email_subject": "x" * 501},
            "email_subject",
            "max_length",
            "Ensure this field has no more than 500 characters.",
        ),
        (
            {"email_from": "x" * 255},
            "email_from",
            "max_length",
            "Ensure this field has no more than 254 characters.",
        ),
        ({"message": ""}, "message", "blank", "This field may not be blank."),
        ({"message": " \n"}, "message", "blank", "This field may not be blank."),
        (
            {"message": "x" * 10_001},
            "message",
            "max_length",
            "Ensure this field has no more than 10000 characters.",
        ),
        ({"sla_due_at": "soon"}, "sla_due_at", "invalid_input", NOT_A_TIME),
        ({"sla_due_at": 1_800_000_000}, "sla_due_at", "invalid_input", "Not a valid string."),
        ({"snoozed_until": "2026-02-30T00:00Z"}, "snoozed_until", "invalid_input", NOT_A_TIME),
        ({"assignee": {}}, "assignee", "invalid_input", "must have 'type' and 'id'"),
    ],
)
async def test_a_bad_value_is_refused_by_name(
    desk: Desk, fields: dict[str, Any], attr: str, code: str, detail: str
) -> None:
    refused = await desk.call("POST", json=fields)

    assert refused.status_code == 400
    assert refused.json() == envelope("validation_error", code, detail, attr)
    assert await numbers(desk) == []


async def test_only_the_first_error_is_told(desk: Desk) -> None:
    refused = await desk.call("POST", json={"status": "x", "priority": "x", "tags": "x"})

    assert refused.json()["attr"] == "status"
