"""PATCH and PUT: what changes, what follows from it, what is refused, what is said about it."""

import asyncio
from typing import Any

import pytest

from tests.builders import Desk
from tests.tickets.log import events_of, types_of
from tests.web.app import envelope

SOON, LATER = "2030-01-01T00:00:00Z", "2031-01-01T00:00:00Z"
NOBODYS_ROLE = "0198a5c0-0000-7000-8000-000000000000"


async def changed(desk: Desk, **fields: object) -> dict[str, Any]:
    response = await desk.call("PATCH", "1/", fields)
    assert response.status_code == 200, response.text
    return response.json()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("status", "resolved"),
        ("priority", "low"),
        ("anonymous_traits", {"name": "Cleo", "deep": {"er": [1, 2.5, None, True, "é"]}}),
        ("ai_resolved", True),
        ("escalation_reason", "Too hard."),
        ("sla_due_at", "2030-01-01T00:00:00.000001Z"),
        ("snoozed_until", SOON),
        ("tags", ["a", "b c"]),
    ],
)
async def test_each_field_is_changed_read_back_and_announced(
    desk: Desk, field: str, value: object
) -> None:
    before = await desk.a_ticket()

    answer = await changed(desk, **{field: value})

    assert answer[field] == value
    assert answer == (await desk.call("GET", "1/")).json()
    also = {"snoozed_until": "status"}.get(field, field)
    different = {name for name in before if before[name] != answer[name]}
    assert different == {field, also, "updated_at"}
    event = (await events_of(desk))[1]
    assert (event[field], event["previous"]) == (value, before[field])
    assert event["by"] == f"user:{desk.ada.id}"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("priority", "high"),
        ("escalation_reason", ""),
        ("sla_due_at", SOON),
        ("assignee", "ada"),
    ],
)
async def test_null_clears(desk: Desk, field: str, value: Any) -> None:
    value = {"type": "user", "id": desk.ada.id} if value == "ada" else value
    await desk.a_ticket(**{field: value})

    assert (await changed(desk, **{field: None}))[field] is None
    assert (await events_of(desk))[1]["previous"] is not None


@pytest.mark.parametrize("field", ["status", "anonymous_traits", "ai_resolved", "tags"])
async def test_null_is_refused_where_there_is_always_a_value(desk: Desk, field: str) -> None:
    await desk.a_ticket()

    refused = await desk.call("PATCH", "1/", {field: None})

    expected = envelope("validation_error", "null", "This field may not be null.", field)
    assert (refused.status_code, refused.json()) == (400, expected)


async def test_any_status_may_follow_any_other(desk: Desk) -> None:
    await desk.a_ticket()
    path = ["resolved", "new", "on_hold", "resolved", "pending", "open", "new"]

    assert [(await changed(desk, status=status))["status"] for status in path] == path


@pytest.mark.parametrize(
    ("before", "change", "status"),
    [
        ({}, {"snoozed_until": SOON}, "on_hold"),
        ({"status": "resolved"}, {"snoozed_until": SOON}, "on_hold"),
        ({"snoozed_until": SOON}, {"snoozed_until": None}, "open"),
        ({"snoozed_until": SOON, "status": "pending"}, {"snoozed_until": None}, "open"),
        ({"snoozed_until": SOON, "status": "pending"}, {"snoozed_until": LATER}, "pending"),
        ({"snoozed_until": SOON, "status": "pending"}, {"snoozed_until": SOON}, "pending"),
        ({"status": "pending"}, {"snoozed_until": None}, "pending"),
        ({}, {"snoozed_until": SOON, "status": "new"}, "new"),
        ({}, {"snoozed_until": SOON, "status": "resolved"}, "resolved"),
        ({"snoozed_until": SOON}, {"snoozed_until": None, "status": "pending"}, "pending"),
        ({"snoozed_until": SOON}, {"status": "open"}, "open"),
    ],
)
async def test_a_snooze_implies_the_status_unless_one_is_given(
    desk: Desk, before: dict[str, Any], change: dict[str, Any], status: str
) -> None:
    await desk.a_ticket(**before)

    assert (await changed(desk, **change))["status"] == status


async def test_tags_are_normal_and_replace_all_others(desk: Desk) -> None:
    await desk.a_ticket(tags=["old"])

    answer = await changed(desk, tags=[" VIP ", "vip", "Über", "", "  ", "a,b"])
    cleared = await changed(desk, tags=[])

    assert answer["tags"] == ["vip", "über", "a,b"]
    assert cleared["tags"] == []


async def test_traits_are_replaced_as_a_whole(desk: Desk) -> None:
    await desk.a_ticket(anonymous_traits={"name": "Cleo", "plan": "free"})

    assert (await changed(desk, anonymous_traits={"plan": 1}))["anonymous_traits"] == {"plan": 1}


async def test_true_is_not_one(desk: Desk) -> None:
    await desk.a_ticket(anonymous_traits={"n": 1})

    assert (await changed(desk, anonymous_traits={"n": True}))["anonymous_traits"] == {"n": True}


@pytest.mark.parametrize(
    ("assignee", "detail"),
    [
        ("me", "must be an object"),
        ([], "must be an object"),
        (5, "must be an object"),
        (False, "must be an object"),
        ({}, "must have 'type' and 'id'"),
        ({"type": "user"}, "must have 'type' and 'id'"),
        ({"id": 1}, "must have 'type' and 'id'"),
        ({"type": None, "id": None}, "must have 'type' and 'id'"),
        ({"type": "team", "id": 1}, "type must be 'user' or 'role'"),
        ({"type": 5, "id": 1}, "type must be 'user' or 'role'"),
        ({"type": ["user"], "id": 1}, "type must be 'user' or 'role'"),
        ({"type": "user", "id": "x"}, "user id must be an integer"),
        ({"type": "user", "id": 1.5}, "user id must be an integer"),
        ({"type": "user", "id": True}, "user id must be an integer"),
        ({"type": "user", "id": [1]}, "user id must be an integer"),
        ({"type": "user", "id": 0}, "user is not a member of this organization"),
        ({"type": "user", "id": -5}, "user is not a member of this organization"),
        ({"type": "user", "id": 2**63 - 1}, "user is not a member of this organization"),
        ({"type": "role", "id": "x"}, "role id must be a valid UUID"),
        ({"type": "role", "id": 5}, "role id must be a valid UUID"),
        ({"type": "role", "id": {}}, "role id must be a valid UUID"),
        ({"type": "role", "id": NOBODYS_ROLE}, "role does not belong to this organization"),
    ],
)
async def test_a_bad_assignee_is_refused_and_nothing_else_is_changed(
    desk: Desk, assignee: object, detail: str
) -> None:
    before = await desk.a_ticket()

    refused = await desk.call(
        "PATCH", "1/", {"status": "open", "tags": ["x"], "assignee": assignee}
    )

    expected = envelope("validation_error", "invalid_input", detail, "assignee")
    assert (refused.status_code, refused.json()) == (400, expected)
    assert (await desk.call("GET", "1/")).json() == before
    assert await types_of(desk) == ["ticket.created"]


@pytest.mark.parametrize(
    "bad", [{"priority": "x"}, {"tags": ["x" * 256]}, {"sla_due_at": "x"}, {"snoozed_until": "x"}]
)
async def test_one_bad_field_keeps_all_from_being_written(desk: Desk, bad: dict[str, Any]) -> None:
    before = await desk.a_ticket()

    refused = await desk.call("PATCH", "1/", {"status": "open", "ai_resolved": True, **bad})

    assert (refused.status_code, refused.json()["attr"]) == (400, next(iter(bad)))
    assert (await desk.call("GET", "1/")).json() == before


async def test_members_and_roles_of_another_organization_cannot_be_assigned(
    desk: Desk, other_desk: Desk
) -> None:
    await desk.a_ticket()
    role = await other_desk.a_role()

    user = await desk.call("PATCH", "1/", {"assignee": {"type": "user", "id": other_desk.ada.id}})
    team = await desk.call("PATCH", "1/", {"assignee": {"type": "role", "id": str(role.id)}})

    assert user.json()["detail"] == "user is not a member of this organization"
    assert team.json()["detail"] == "role does not belong to this organization"


async def test_an_assignee_is_replaced_and_each_change_is_announced(desk: Desk) -> None:
    await desk.a_ticket()
    role = await desk.a_role()
    user = {"type": "user", "id": desk.ada.id}
    team = {"type": "role", "id": str(role.id)}

    for assignee in (user, user, team, team, None, None):
        await changed(desk, assignee=assignee)

    assigned = [e for e in await events_of(desk) if e["type"] == "ticket.assigned"]
    assert [e["assignee"] for e in assigned] == [user, team, None]
    assert [e["previous"] for e in assigned] == [None, user, team]


async def test_what_changes_nothing_says_nothing(desk: Desk) -> None:
    fields: dict[str, Any] = {
        "status": "pending",
        "priority": "low",
        "assignee": {"type": "user", "id": desk.ada.id},
        "anonymous_traits": {"b": [1, {"x": None}], "a": 1.5, "big": 1e300},
        "ai_resolved": True,
        "escalation_reason": "x",
        "sla_due_at": SOON,
        "snoozed_until": LATER,
        "tags": ["a"],
    }
    before = await desk.a_ticket(**fields)

    again = await changed(desk, **fields, colour="blue", ticket_number=7)
    empty = await changed(desk)

    assert again == empty == before
    assert await types_of(desk) == ["ticket.created"]


async def test_every_change_moves_updated_at_forward(desk: Desk) -> None:
    created = await desk.a_ticket()

    path = ("open", "pending", "open", "pending")
    answers = [created, *[await changed(desk, status=status) for status in path]]

    moments = [answer["updated_at"] for answer in answers]
    assert moments == sorted(set(moments))


async def test_changes_of_different_fields_at_once_all_survive(desk: Desk) -> None:
    await desk.a_ticket()
    fields: dict[str, Any] = {
        "status": "resolved",
        "priority": "high",
        "ai_resolved": True,
        "escalation_reason": "x",
        "sla_due_at": SOON,
        "tags": ["a"],
        "anonymous_traits": {"a": 1},
        "assignee": {"type": "user", "id": desk.ada.id},
    }

    await asyncio.gather(*(changed(desk, **{name: value}) for name, value in fields.items()))

    after = (await desk.call("GET", "1/")).json()
    after["assignee"] = {name: after["assignee"][name] for name in ("type", "id")}
    assert {name: after[name] for name in fields} == fields


async def test_put_changes_what_is_given_and_resets_nothing(desk: Desk) -> None:
    await desk.a_ticket(priority="high", tags=["a"])

    answer = (await desk.call("PUT", "1/", {"status": "open"})).json()
    empty = await desk.call("PUT", "1/")

    assert (answer["status"], answer["priority"], answer["tags"]) == ("open", "high", ["a"])
    assert (empty.status_code, empty.json()) == (200, answer)


async def test_a_form_changes_a_ticket(desk: Desk) -> None:
    await desk.a_ticket()
    form = {"content-type": "application/x-www-form-urlencoded"}

    response = await desk.call("PATCH", "1/", content="status=open&ticket_number=5", headers=form)

    assert (response.json()["status"], response.json()["ticket_number"]) == ("open", 1)


async def test_if_match_refuses_what_has_changed_since(desk: Desk) -> None:
    await desk.a_ticket()
    known = (await desk.call("GET", "1/")).headers["etag"]

    first = await desk.call("PATCH", "1/", {"status": "open"}, headers={"If-Match": known})
    second = await desk.call("PATCH", "1/", {"status": "new"}, headers={"If-Match": known})
    any_version = await desk.call("PATCH", "1/", {"priority": "low"}, headers={"If-Match": "*"})

    assert (first.status_code, any_version.status_code) == (200, 200)
    expected = envelope("invalid_request", "precondition_failed", "The ticket has changed since.")
    assert (second.status_code, second.json()) == (412, expected)
    assert any_version.json()["status"] == "open"


async def test_one_of_two_who_know_the_same_version_wins(desk: Desk) -> None:
    await desk.a_ticket()
    known = {"If-Match": (await desk.call("GET", "1/")).headers["etag"]}

    answers = await asyncio.gather(
        *(desk.call("PATCH", "1/", {"tags": [str(n)]}, headers=known) for n in range(8))
    )

    assert sorted(answer.status_code for answer in answers) == [200] + [412] * 7


@pytest.mark.parametrize("given", ['"x", {tag}', '{tag} , "x"', "W/{tag}"])
async def test_if_match_may_name_several_versions_and_weak_ones(desk: Desk, given: str) -> None:
    await desk.a_ticket()
    known = (await desk.call("GET", "1/")).headers["etag"]

    answer = await desk.call(
        "PATCH", "1/", {"status": "open"}, headers={"If-Match": given.format(tag=known)}
    )

    assert answer.status_code == 200


async def test_a_ticket_that_is_not_there_is_not_found(desk: Desk) -> None:
    answer = await desk.call("PATCH", "1/", {"status": "open"})

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
