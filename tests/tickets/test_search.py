"""What a search finds."""

from uuid import UUID

import pytest

from rejoinder.db.sql import Statement
from rejoinder.ids import new_id
from tests.builders import Desk

ADD = Statement(
    "INSERT INTO messages (project_id, id, ticket_id, author_type, content, is_private,"
    " created_at, deleted_at) VALUES ($1, $2, $3, 'support', $4, $5, now(), $6)"
)
NOW = Statement("SELECT now()")


async def add(
    desk: Desk, ticket: str, text: str, *, note: bool = False, gone: bool = False
) -> None:
    database = desk.work.database
    deleted_at = await database.value(NOW) if gone else None
    await database.run(ADD, desk.project.id, new_id(), UUID(ticket), text, note, deleted_at)


@pytest.mark.parametrize("place", ["name", "email", "subject", "message", "note", "reply"])
async def test_a_text_is_found_wherever_it_stands(desk: Desk, place: str) -> None:
    text = "Quarterly INVOICE no. 7"
    await desk.a_ticket(message="Nothing of the kind")
    traits = {place: text} if place in {"name", "email"} else {}
    ticket = await desk.a_ticket(
        anonymous_traits=traits,
        email_subject=text if place == "subject" else None,
        message=text if place == "message" else None,
    )
    if place in {"note", "reply"}:
        await add(desk, ticket["id"], text, note=place == "note")

    found = [await desk.listed(search=each) for each in ("invoice", "terly inv", "  Invoice  ")]

    assert found == [[2], [2], [2]]
    assert await desk.listed(search="invoices") == []


async def test_other_traits_are_not_searched(desk: Desk) -> None:
    await desk.a_ticket(anonymous_traits={"company": "Invoice Ltd"})

    assert await desk.listed(search="invoice") == []


async def test_deleted_messages_are_not_found(desk: Desk) -> None:
    ticket = await desk.a_ticket()
    await add(desk, ticket["id"], "invoice", gone=True)

    assert await desk.listed(search="invoice") == []


async def test_a_ticket_with_many_hits_is_listed_once(desk: Desk) -> None:
    ticket = await desk.a_ticket(message="invoice", anonymous_traits={"name": "Invoice"})
    await add(desk, ticket["id"], "invoice")

    found = (await desk.call("GET", params={"search": "invoice"})).json()

    assert (len(found["results"]), found["count"]) == (1, 1)


@pytest.mark.parametrize(
    "text", ["50%", "a_b", "C:\\new", "\\", "%", "_", "100%_\\", "'; --", "é%"]
)
async def test_every_character_is_meant_literally(desk: Desk, text: str) -> None:
    await desk.a_ticket(message=f"so {text} so")
    await desk.a_ticket(message="so 50 axb C:new 100x so")

    assert await desk.listed(search=text) == [1]


@pytest.mark.parametrize("text", ["zoë", "ZOË", "Straße", "Ὀδυσσεύς", "日本", "привет", "💩"])
async def test_letters_of_any_script_are_found_in_any_case(desk: Desk, text: str) -> None:
    await desk.a_ticket(message="Zoë ZOË Straße Ὀδυσσεύς 日本 ПРИВЕТ 💩")

    assert await desk.listed(search=text) == [1]


async def test_a_text_of_200_characters_is_searched_and_a_longer_one_ignored(desk: Desk) -> None:
    await desk.a_ticket(message="x" * 200)
    await desk.a_ticket(message="x" * 199)

    assert await desk.listed(search="x" * 200) == [1]
    assert await desk.listed(search="y" * 200) == []
    assert await desk.listed(search="y" * 201) == [2, 1]
    assert await desk.listed(search="  " + "x" * 200 + "  ") == [1]


async def test_digits_are_the_number_of_a_ticket(desk: Desk) -> None:
    for text in ("call 2", "2", "x"):
        await desk.a_ticket(message=text)

    cases = {
        "2": [2],
        "#2": [2],
        "002": [2],
        " 3 ": [3],
        "7": [],
        "# 2": [],
        "2 ": [2],
        "9" * 18: [],
    }
    assert {text: await desk.listed(search=text) for text in cases} == cases


@pytest.mark.parametrize("text", ["9" * 19, "9" * 200, "٣", "call 2", "#", "2.0", "-2"])
async def test_what_is_no_number_is_a_text(desk: Desk, text: str) -> None:
    await desk.a_ticket(message=f"so {text} so")

    assert await desk.listed(search=text) == [1]


@pytest.mark.parametrize("text", ["", "   "])
async def test_an_empty_search_finds_everything(desk: Desk, text: str) -> None:
    await desk.a_ticket()

    assert await desk.listed(search=text) == [1]
