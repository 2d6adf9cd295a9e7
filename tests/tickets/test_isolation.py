"""What belongs to another organization is never seen, whatever one asks for."""

from typing import Any

import pytest

from tests.builders import Desk
from tests.web.app import envelope

NOT_FOUND = envelope("invalid_request", "not_found", "Not found.")


@pytest.fixture
async def secret(other_desk: Desk) -> dict[str, Any]:
    """A ticket of the other organization, with everything that could be asked for."""
    await other_desk.call(
        "POST",
        other_desk.persons,
        {"distinct_id": "cleo", "properties": {"email": "cleo@example.com", "name": "Cleo"}},
    )
    role = await other_desk.a_role()
    return await other_desk.a_ticket(
        channel_source="email",
        distinct_id="cleo",
        email_from="cleo@example.com",
        email_subject="secret",
        anonymous_traits={"name": "secret"},
        message="secret",
        tags=["secret"],
        priority="high",
        assignee={"type": "role", "id": str(role.id)},
    )


async def test_a_ticket_is_not_there_for_others(desk: Desk, secret: dict[str, Any]) -> None:
    for name in (secret["id"], "1"):
        for method, path in (
            ("GET", ""),
            ("PATCH", ""),
            ("PUT", ""),
            ("DELETE", ""),
            ("POST", "restore_deleted/"),
        ):
            answer = await desk.call(method, f"{name}/{path}")
            assert (answer.status_code, answer.json()) == (404, NOT_FOUND)


async def test_no_filter_reaches_over(desk: Desk, other_desk: Desk, secret: dict[str, Any]) -> None:
    for parameters in (
        {},
        {"search": "secret"},
        {"search": "1"},
        {"search": "#1"},
        {"tags": '["secret"]'},
        {"distinct_ids": "cleo"},
        {"emails": "cleo@example.com"},
        {"assignee": f"role:{secret['assignee']['id']},user:{other_desk.ada.id},me"},
        {"priority": "high", "channel_source": "email"},
        {"cursor": ""},
        {"offset": 600},
    ):
        answer = (await desk.call("GET", params=parameters)).json()
        assert (answer["count"], answer["results"]) == (0, [])
    assert await desk.unread() == 0


async def test_persons_stay_with_their_project(desk: Desk, secret: dict[str, Any]) -> None:
    mine = await desk.a_ticket(
        channel_source="email", distinct_id="cleo", email_from="cleo@example.com"
    )
    person = secret["person"]["id"]

    by_id = await desk.call("GET", f"{desk.persons}{person}/")
    listed = [
        (await desk.call("GET", desk.persons, params=parameters)).json()["results"]
        for parameters in ({}, {"distinct_id": "cleo"}, {"email": "cleo@example.com"})
    ]

    assert mine["person"] is None
    assert (by_id.status_code, by_id.json()) == (404, NOT_FOUND)
    assert listed == [[], [], []]


async def test_the_others_project_itself_is_not_there(
    desk: Desk, other_desk: Desk, secret: dict[str, Any]
) -> None:
    for path in (
        other_desk.tickets,
        f"{other_desk.tickets}1/",
        f"{other_desk.tickets}unread_count/",
        other_desk.persons,
        f"{other_desk.persons}{secret['person']['id']}/",
    ):
        answer = await desk.call("GET", path)
        assert (answer.status_code, answer.json()) == (404, NOT_FOUND)
    created = await desk.call("POST", other_desk.tickets, {})
    assert created.status_code == 404
    assert await other_desk.listed() == [1]
