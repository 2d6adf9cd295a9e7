"""A teammate edits a person."""

from typing import Any

import pytest

from tests.builders import Desk
from tests.people.test_persons import found, person
from tests.tickets.log import events_of, types_of


async def edited(desk: Desk, known: dict[str, Any], **fields: object) -> dict[str, Any]:
    response = await desk.call("PATCH", f"{desk.persons}{known['id']}/", fields)
    assert response.status_code == 200, response.text
    return response.json()


async def test_what_is_given_is_set_and_a_null_unsets(desk: Desk) -> None:
    cleo = await person(desk, "cleo", properties={"name": "Cleo", "plan": "free", "seats": 3})

    after = await edited(desk, cleo, name="Cleopatra", properties={"plan": "pro", "seats": None})

    assert after["properties"] == {"name": "Cleopatra", "plan": "pro"}
    assert after["name"] == "Cleopatra"
    assert (await desk.call("GET", f"{desk.persons}{cleo['id']}/")).json() == after
    changed = (await events_of(desk))[-1]
    assert (changed["type"], changed["by"]) == ("person.changed", f"user:{desk.ada.id}")
    assert changed["properties"] == {"name": "Cleopatra", "plan": "pro", "seats": None}
    assert changed["previous"] == {"name": "Cleo", "plan": "free", "seats": 3}


@pytest.mark.parametrize("name", [None, ""])
async def test_without_a_name_a_person_is_called_by_its_id(desk: Desk, name: object) -> None:
    cleo = await person(desk, "cleo-7", properties={"name": "Cleo"})

    after = await edited(desk, cleo, name=name)

    assert (after["name"], after["properties"]) == ("cleo-7", {})


async def test_an_edit_that_changes_nothing_says_nothing(desk: Desk) -> None:
    cleo = await person(desk, "cleo", is_identified=False, properties={"name": "Cleo"})

    assert await edited(desk, cleo, name="Cleo", properties={"plan": None}) == cleo
    assert await edited(desk, cleo) == cleo
    assert await types_of(desk) == ["person.created"]


async def test_the_person_of_another_project_is_not_found(desk: Desk, other_desk: Desk) -> None:
    theirs = await person(other_desk, "cleo")

    refused = await desk.call("PATCH", f"{desk.persons}{theirs['id']}/", {"name": "Eve"})

    assert refused.status_code == 404
    assert await found(other_desk) == [theirs]


async def test_who_may_only_read_edits_nobody(desk: Desk) -> None:
    cleo = await person(desk, "cleo")
    key = await desk.a_key("ticket:read")

    refused = await desk.call("PATCH", f"{desk.persons}{cleo['id']}/", {"name": "Eve"}, key=key)

    assert refused.status_code == 403


@pytest.mark.parametrize(
    ("body", "attr"),
    [
        ({"name": 5}, "name"),
        ({"name": "x" * 401}, "name"),
        ({"properties": []}, "properties"),
        ({"properties": {"a": "x" * 70_000}}, "properties"),
    ],
)
async def test_a_bad_edit_is_refused_by_name(desk: Desk, body: object, attr: str) -> None:
    cleo = await person(desk, "cleo")

    refused = await desk.call("PATCH", f"{desk.persons}{cleo['id']}/", body)

    assert (refused.status_code, refused.json()["attr"]) == (400, attr)
