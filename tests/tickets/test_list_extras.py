"""What the list and the ticket answer beyond the wire: ids, unread, marking, where text stands."""

from typing import Any

import pytest

from tests.builders import Desk
from tests.tickets.log import events_of


async def found(desk: Desk, **parameters: str) -> list[dict[str, Any]]:
    response = await desk.call("GET", params=parameters)
    assert response.status_code == 200, response.text
    return response.json()["results"]


async def test_ids_find_those_tickets_only_and_mark_nothing(desk: Desk) -> None:
    tickets = [await desk.a_ticket(message="Hello?") for _ in range(3)]
    wanted = ",".join([tickets[0]["id"], "nonsense", tickets[2]["id"].upper()])

    assert await desk.listed(ids=wanted) == [3, 1]
    assert await desk.listed(ids=wanted, status="resolved") == []
    assert await desk.unread() == 3


@pytest.mark.parametrize("ids", ["nonsense", ",", "1", "0198a5c0-0000-7000-8000-000000000000"])
async def test_ids_of_no_ticket_find_none(desk: Desk, ids: str) -> None:
    await desk.a_ticket()

    assert await desk.listed(ids=ids) == []


async def test_ids_of_another_project_find_none(desk: Desk, other_desk: Desk) -> None:
    theirs = await other_desk.a_ticket()

    assert await desk.listed(ids=theirs["id"]) == []


async def test_unread_parts_the_tickets(desk: Desk) -> None:
    for message in ("Hello?", None, "Hello?"):
        await desk.a_ticket(message=message)
    await desk.call("GET", "3/")

    answers = {value: await desk.listed(unread=value) for value in ("true", "false", "x", "")}

    assert answers == {"true": [1], "false": [3, 2], "x": [3, 2, 1], "": [3, 2, 1]}


async def test_a_ticket_can_be_read_without_marking_it(desk: Desk) -> None:
    await desk.a_ticket(message="Hello?")

    read = (await desk.call("GET", "1/?mark_read=false")).json()

    assert (read["unread_team_count"], await desk.unread()) == (1, 1)
    assert (await desk.call("GET", "1/?mark_read=true")).json()["unread_team_count"] == 0


async def test_a_ticket_is_marked_as_unread_once(desk: Desk) -> None:
    ticket = await desk.a_ticket()

    answers = [await desk.call("POST", f"{ref}/mark_unread/") for ref in ("1", ticket["id"])]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert [answer.json()["unread_team_count"] for answer in answers] == [1, 1]
    assert answers[1].json()["updated_at"] == ticket["updated_at"]
    kinds = [event["type"] for event in await events_of(desk)]
    assert kinds == ["ticket.created", "ticket.marked_unread"]
    assert await desk.unread() == 1


async def test_a_resolved_ticket_marked_as_unread_is_not_counted(desk: Desk) -> None:
    await desk.a_ticket(status="resolved")
    await desk.call("POST", "1/mark_unread/")
    assert await desk.unread() == 0

    await desk.call("PATCH", "1/", {"status": "open"})
    assert await desk.unread() == 1


async def test_a_viewer_marks_nothing_as_unread(desk: Desk) -> None:
    await desk.a_ticket()
    key = await desk.a_key("*", user=await desk.a_user("viewer"))

    assert (await desk.call("POST", "1/mark_unread/", key=key)).status_code == 403
    assert (await desk.call("POST", "7/mark_unread/")).status_code == 404


async def test_a_search_shows_where_it_found_each_ticket(desk: Desk) -> None:
    long = "x" * 300 + " our Invoice no. 7 " + "y" * 300
    await desk.a_ticket(message="The invoice, please", anonymous_traits={"name": "Invoice Ltd"})
    await desk.a_ticket(message="?", anonymous_traits={"email": "invoice@example.com"})
    await desk.a_ticket(message="?", email_subject="An INVOICE")
    spoken = await desk.a_ticket(message=long)

    results = await found(desk, search="invoice", matches="true")

    matches = {row["ticket_number"]: row["match"] for row in results}
    assert [(matches[n]["field"], matches[n]["message_id"]) for n in (1, 2, 3)] == [
        ("name", None),
        ("email", None),
        ("email_subject", None),
    ]
    assert [matches[n]["text"] for n in (1, 2, 3)] == [
        "Invoice Ltd",
        "invoice@example.com",
        "An INVOICE",
    ]
    message = (await desk.call("GET", f"{spoken['id']}/messages/")).json()["results"][0]
    assert (matches[4]["field"], matches[4]["message_id"]) == ("message", message["id"])
    assert len(matches[4]["text"]) == 160
    assert "our Invoice no. 7" in matches[4]["text"]


async def test_the_newest_message_that_has_the_text_is_shown(desk: Desk) -> None:
    await desk.a_ticket(message="The invoice?")
    for text in ("This invoice.", "Anything else?"):
        await desk.call("POST", "1/reply/", {"message": text})

    (row,) = await found(desk, search="invoice", matches="true", cursor="")

    assert row["match"]["text"] == "This invoice."


@pytest.mark.parametrize(
    "parameters",
    [
        {"search": "invoice"},
        {"search": "invoice", "matches": "false"},
        {"search": "1", "matches": "true"},
        {"matches": "true"},
    ],
)
async def test_without_being_asked_or_a_text_no_place_is_shown(
    desk: Desk, parameters: dict[str, str]
) -> None:
    await desk.a_ticket(message="invoice")

    (row,) = await found(desk, **parameters)

    assert "match" not in row
