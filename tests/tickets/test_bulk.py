"""The same for many tickets: all or nothing, and what became of each."""

import asyncio
from typing import Any

import pytest

from tests.builders import Desk
from tests.tickets.log import events_of, types_of
from tests.web.app import envelope

NOBODYS = "0198a5c0-0000-7000-8000-000000000000"


async def some(desk: Desk, count: int = 3, **fields: object) -> list[str]:
    return [(await desk.a_ticket(**fields))["id"] for _ in range(count)]


async def update(desk: Desk, ids: list[str], **changes: object) -> dict[str, Any]:
    response = await desk.call("POST", "bulk_update/", {"ids": ids, "changes": changes})
    assert response.status_code == 200, response.text
    return response.json()


async def test_many_tickets_are_changed_as_one_would_be(desk: Desk) -> None:
    ids = await some(desk, message="Hello?")
    role = await desk.a_role()

    answer = await update(
        desk,
        ids,
        status="resolved",
        priority="high",
        tags=["A", "b"],
        assignee={"type": "role", "id": str(role.id)},
    )

    assert answer == {"updated": ids, "unchanged": [], "skipped": []}
    for ticket in (await desk.call("GET")).json()["results"]:
        assert (ticket["status"], ticket["priority"]) == ("resolved", "high")
        assert (ticket["tags"], ticket["assignee"]["id"]) == (["a", "b"], str(role.id))
    log = [event for event in await events_of(desk) if event["type"].startswith("ticket.")]
    for ticket_id in ids:
        of_ticket = [event["type"] for event in log if event["ticket_id"] == ticket_id]
        assert of_ticket[1:] == [
            "ticket.assigned",
            "ticket.priority_changed",
            "ticket.tagged",
            "ticket.status_changed",
        ]
    assert await desk.unread() == 0
    assert (await desk.call("GET", params={"status": "resolved"})).json()["count"] == 3


async def test_each_id_is_said_once_what_became_of_it(desk: Desk, other_desk: Desk) -> None:
    opened, resolved, deleted = await some(desk)
    await desk.call("PATCH", f"{resolved}/", {"status": "resolved"})
    await desk.call("DELETE", f"{deleted}/")
    (theirs,) = await some(other_desk, 1)
    ids = [resolved, theirs, opened, deleted, opened, NOBODYS]

    answer = await update(desk, ids, status="resolved")

    assert answer == {
        "updated": [opened],
        "unchanged": [resolved],
        "skipped": [{"id": each, "reason": "not_found"} for each in (theirs, deleted, NOBODYS)],
    }
    assert await types_of(other_desk) == ["ticket.created"]


async def test_what_is_wrong_for_one_is_done_to_none(desk: Desk, other_desk: Desk) -> None:
    ids = await some(desk, 2)
    foreign = {"type": "user", "id": other_desk.ada.id}
    body = {"ids": ids, "changes": {"status": "open", "assignee": foreign}}

    answer = await desk.call("POST", "bulk_update/", body)

    detail = "user is not a member of this organization"
    expected = envelope("validation_error", "invalid_input", detail, "changes__assignee")
    assert (answer.status_code, answer.json()) == (400, expected)
    assert await types_of(desk) == ["ticket.created"] * 2


@pytest.mark.parametrize(
    ("body", "attr"),
    [
        ({}, "ids"),
        ({"ids": [], "changes": {}}, "ids"),
        ({"ids": ["1"], "changes": {}}, "ids__0"),
        ({"ids": [NOBODYS] * 501, "changes": {}}, "ids"),
        ({"ids": [NOBODYS]}, "changes"),
        ({"ids": [NOBODYS], "changes": {"status": "x"}}, "changes__status"),
        ({"ids": [NOBODYS], "changes": {"snoozed_until": "x"}}, "changes__snoozed_until"),
        ({"ids": [NOBODYS], "changes": {"assignee": "me"}}, "changes__assignee"),
    ],
)
async def test_what_is_no_bulk_update_is_refused(
    desk: Desk, body: dict[str, Any], attr: str
) -> None:
    answer = await desk.call("POST", "bulk_update/", body)

    assert (answer.status_code, answer.json()["attr"]) == (400, attr)


async def test_many_are_deleted_and_brought_back(desk: Desk) -> None:
    ids = await some(desk, message="Hello?")
    await desk.call("DELETE", f"{ids[1]}/")

    gone = await desk.call("POST", "bulk_delete/", {"ids": [*ids, NOBODYS]})
    assert gone.json() == {
        "updated": [ids[0], ids[2]],
        "unchanged": [ids[1]],
        "skipped": [{"id": NOBODYS, "reason": "not_found"}],
    }
    assert (await desk.listed(), await desk.unread()) == ([], 0)

    back = await desk.call("POST", "bulk_restore/", {"ids": ids[:2]})
    assert back.json() == {"updated": ids[:2], "unchanged": [], "skipped": []}
    again = await desk.call("POST", "bulk_restore/", {"ids": ids[:2]})
    assert again.json() == {"updated": [], "unchanged": ids[:2], "skipped": []}
    assert (sorted(await desk.listed()), await desk.unread()) == ([1, 2], 2)


async def test_the_same_tickets_in_any_order_never_wait_in_a_circle(desk: Desk) -> None:
    ids = await some(desk, 20)
    orders = [ids, ids[::-1]] * 3

    answers = await asyncio.gather(
        *(
            update(desk, order, status=("open", "pending")[number % 2])
            for number, order in enumerate(orders)
        ),
        *(desk.call("PATCH", f"{each}/", {"status": "resolved"}) for each in ids[:6]),
    )

    assert len(answers) == 12
    counts = [
        (await desk.call("GET", params={"status": status, "limit": 1})).json()["count"]
        for status in ("open", "pending", "resolved")
    ]
    listed = (await desk.call("GET")).json()["results"]
    assert counts == [
        sum(ticket["status"] == status for ticket in listed)
        for status in ("open", "pending", "resolved")
    ]


async def test_a_repeat_with_the_same_key_acts_once(desk: Desk) -> None:
    ids = await some(desk, 2)
    body = {"ids": ids, "changes": {"status": "open"}}

    answers = [
        await desk.call("POST", "bulk_update/", body, headers={"Idempotency-Key": "once"})
        for _ in range(2)
    ]

    assert [answer.json()["updated"] for answer in answers] == [ids, ids]
    assert (await types_of(desk)).count("ticket.status_changed") == 2


async def test_a_signed_in_teammate_sets_the_status_of_many(desk: Desk) -> None:
    opened, resolved = await some(desk, 2)
    await desk.call("PATCH", f"{resolved}/", {"status": "resolved"})
    session = await desk.session()

    answer = await session.call(
        "POST",
        f"{desk.tickets}bulk_update_status/",
        {"ids": [NOBODYS, resolved, opened], "status": "resolved"},
    )

    assert (answer.status_code, answer.json()) == (200, {"updated": 1, "ids": [opened]})
    assert (await types_of(desk)).count("ticket.status_changed") == 2


async def test_a_signed_in_teammate_changes_the_tags_of_many(desk: Desk) -> None:
    few, full = (
        await some(desk, 1, tags=["a", "b"]),
        await some(desk, 1, tags=[str(number) for number in range(100)]),
    )
    session = await desk.session()

    async def retag(action: str, *tags: str) -> dict[str, Any]:
        body = {"ids": [*few, *full, NOBODYS], "action": action, "tags": tags}
        answer = await session.call("POST", f"{desk.tickets}bulk_update_tags/", body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    added = await retag("add", "B", "c")
    assert added == {
        "updated": [{"id": few[0], "tags": ["a", "b", "c"]}],
        "skipped": [
            {"id": full[0], "reason": "too_many_tags"},
            {"id": NOBODYS, "reason": "not_found"},
        ],
    }
    removed = (await retag("remove", "A", "0"))["updated"]
    assert [len(ticket["tags"]) for ticket in removed] == [2, 99]
    assert [ticket["tags"] for ticket in (await retag("set", "z"))["updated"]] == [["z"]] * 2
    assert (await types_of(desk)).count("ticket.tagged") == 5


@pytest.mark.parametrize("action", ["status", "tags"])
async def test_a_key_is_refused_where_the_wire_wants_a_session(desk: Desk, action: str) -> None:
    body = {"ids": await some(desk, 1), "status": "open", "action": "set", "tags": []}

    answer = await desk.call("POST", f"bulk_update_{action}/", body)

    detail = "This action does not support personal API key access"
    assert (answer.status_code, answer.json()) == (
        403,
        envelope("authentication_error", "permission_denied", detail),
    )


@pytest.mark.parametrize("action", ["bulk_update", "bulk_delete", "bulk_restore"])
async def test_a_viewer_changes_nothing(desk: Desk, action: str) -> None:
    ids = await some(desk, 1)
    key = await desk.a_key("*", user=await desk.a_user("viewer"))

    answer = await desk.call("POST", f"{action}/", {"ids": ids, "changes": {}}, key=key)

    assert answer.status_code == 403
