"""Persons over HTTP: known by distinct ids, changed, merged, found."""

import asyncio
from typing import Any

import pytest

from tests.builders import Desk
from tests.tickets.log import events_of, types_of
from tests.web.app import envelope

FIELDS = [
    "id", "uuid", "type", "name", "distinct_ids", "properties", "created_at", "is_identified",
]  # fmt: skip


async def person(desk: Desk, distinct_id: str, **fields: object) -> dict[str, Any]:
    response = await desk.call("POST", desk.persons, {"distinct_id": distinct_id, **fields})
    assert response.status_code == 201, response.text
    return response.json()


async def found(desk: Desk, **parameters: str | int) -> list[dict[str, Any]]:
    return (await desk.call("GET", desk.persons, params=parameters)).json()["results"]


async def test_an_unknown_distinct_id_makes_a_person(desk: Desk) -> None:
    made = await person(desk, "cleo", properties={"name": "Cleo", "plan": {"seats": 3}})

    assert list(made) == FIELDS
    assert made["id"] == made["uuid"]
    assert (made["type"], made["name"], made["distinct_ids"]) == ("person", "Cleo", ["cleo"])
    assert made["properties"] == {"name": "Cleo", "plan": {"seats": 3}}
    assert made["is_identified"] is True
    read = await desk.call("GET", f"{desk.persons}{made['id']}/")
    assert read.json() == made
    assert await found(desk, distinct_id="cleo") == [made]
    assert await types_of(desk) == ["person.created"]


async def test_a_known_distinct_id_changes_its_person(desk: Desk) -> None:
    before = await person(desk, "cleo", properties={"name": "Cleo", "age": 1, "x": None})

    after = await person(desk, "cleo", properties={"age": True, "city": "Ulm", "x": None})

    assert after["id"] == before["id"]
    assert after["properties"] == {"name": "Cleo", "age": True, "x": None, "city": "Ulm"}
    changed = (await events_of(desk))[-1]
    assert changed["type"] == "person.changed"
    assert (changed["properties"], changed["previous"]) == (
        {"age": True, "city": "Ulm"},
        {"age": 1},
    )


async def test_a_null_is_a_value(desk: Desk) -> None:
    await person(desk, "cleo")

    assert (await person(desk, "cleo", properties={"plan": None}))["properties"] == {"plan": None}


async def test_what_changes_nothing_says_nothing(desk: Desk) -> None:
    first = await person(desk, "cleo", properties={"a": {"x": 1, "y": [2]}})

    again = await person(desk, "cleo", properties={"a": {"y": [2], "x": 1}})

    assert again == first
    assert await types_of(desk) == ["person.created"]


@pytest.mark.parametrize(
    ("properties", "name"),
    [
        ({"email": "cleo@example.com", "name": "Cleo"}, "cleo@example.com"),
        ({"name": " Cleo ", "username": "c"}, "Cleo"),
        ({"username": "c"}, "c"),
        ({"email": "", "name": 5}, "cleo"),
        ({}, "cleo"),
    ],
)
async def test_a_person_is_named_by_property_or_id(
    desk: Desk, properties: dict[str, Any], name: str
) -> None:
    assert (await person(desk, "cleo", properties=properties))["name"] == name


async def test_an_id_that_a_human_chose_names_a_person_before_a_machines(desk: Desk) -> None:
    machines = "0198a5c0-0000-7000-8000-000000000000"

    assert (await person(desk, machines))["name"] == machines
    assert (await person(desk, machines, distinct_ids=["cleo"]))["name"] == "cleo"


async def test_an_id_that_links_two_persons_merges_them_into_the_older(desk: Desk) -> None:
    older = await person(desk, "anonymous-1", properties={"plan": "pro", "seen": 1})
    younger = await person(desk, "cleo", properties={"plan": "free", "email": "cleo@example.com"})
    ticket = await desk.a_ticket(distinct_id="cleo")

    merged = await person(desk, "cleo", distinct_ids=["anonymous-1"], properties={"seen": 2})

    assert merged["id"] == older["id"]
    assert sorted(merged["distinct_ids"]) == ["anonymous-1", "cleo"]
    assert merged["properties"] == {"plan": "pro", "email": "cleo@example.com", "seen": 2}
    gone = await desk.call("GET", f"{desk.persons}{younger['id']}/")
    assert (gone.status_code, gone.json()["code"]) == (404, "not_found")
    shown = (await desk.call("GET", f"{ticket['id']}/")).json()["person"]
    assert (shown["id"], shown["properties"]) == (older["id"], merged["properties"])
    assert (await events_of(desk))[-2]["type"] == "person.merged"


async def test_many_who_name_the_same_person_at_once_make_one(desk: Desk) -> None:
    made = await asyncio.gather(
        *(person(desk, f"id-{n % 3}", distinct_ids=["shared"]) for n in range(18))
    )

    assert len({each["id"] for each in made}) == 1
    (only,) = await found(desk)
    assert sorted(only["distinct_ids"]) == ["id-0", "id-1", "id-2", "shared"]


async def test_links_in_opposite_directions_do_not_lock_each_other_out(desk: Desk) -> None:
    for name in ("a", "b", "c", "d"):
        await person(desk, name)
    links = (("a", "b"), ("b", "a"), ("c", "d"), ("d", "c"), ("b", "c"), ("c", "b"))

    await asyncio.gather(*(person(desk, one, distinct_ids=[other]) for one, other in links))

    (only,) = await found(desk)
    assert sorted(only["distinct_ids"]) == ["a", "b", "c", "d"]


async def test_persons_are_found_by_id_and_address(desk: Desk) -> None:
    cleo = await person(desk, "cleo", properties={"email": "Cleo@Example.com"})
    dora = await person(desk, "dora")

    assert await found(desk) == [dora, cleo]
    assert await found(desk, email="cleo@example.COM") == [cleo]
    assert await found(desk, distinct_id="nobody") == []
    assert await found(desk, distinct_id="Cleo") == []
    assert await found(desk, distinct_id="cleo", offset=1) == []


async def test_pages_of_persons_follow_each_other(desk: Desk) -> None:
    for number in range(5):
        await person(desk, f"id-{number}")

    first = (await desk.call("GET", desk.persons, params={"limit": 2})).json()
    names: list[str] = []
    url: str | None = first["next"]
    while url:
        page = (await desk.call("GET", url.removeprefix("http://testserver"))).json()
        names += [each["name"] for each in page["results"]]
        url = page["next"]

    assert list(first) == ["next", "previous", "results"]
    assert names == ["id-2", "id-1", "id-0"]


@pytest.mark.parametrize(
    ("body", "code", "attr"),
    [
        ({}, "required", "distinct_id"),
        ({"distinct_id": ""}, "blank", "distinct_id"),
        ({"distinct_id": None}, "null", "distinct_id"),
        ({"distinct_id": 5}, "invalid_input", "distinct_id"),
        ({"distinct_id": "x" * 401}, "max_length", "distinct_id"),
        ({"distinct_id": "x", "distinct_ids": [""]}, "blank", "distinct_ids__0"),
        ({"distinct_id": "x", "distinct_ids": "y"}, "not_a_list", "distinct_ids"),
        ({"distinct_id": "x", "distinct_ids": ["y"] * 101}, "max_length", "distinct_ids"),
        ({"distinct_id": "x", "properties": None}, "null", "properties"),
        ({"distinct_id": "x", "properties": []}, "not_a_dict", "properties"),
        ({"distinct_id": "x", "properties": {"a": "x" * 70_000}}, "max_length", "properties"),
    ],
)
async def test_a_bad_person_is_refused_by_name(
    desk: Desk, body: object, code: str, attr: str
) -> None:
    refused = await desk.call("POST", desk.persons, body)

    assert (refused.status_code, refused.json()["code"], refused.json()["attr"]) == (
        400,
        code,
        attr,
    )
    assert await found(desk) == []


@pytest.mark.parametrize("name", ["x", "1", "0198a5c0-0000-7000-8000-000000000000"])
async def test_what_is_no_person_is_not_found(desk: Desk, name: str) -> None:
    answer = await desk.call("GET", f"{desk.persons}{name}/")

    expected = envelope("invalid_request", "not_found", "Not found.")
    assert (answer.status_code, answer.json()) == (404, expected)


async def test_a_repeated_request_acts_once(desk: Desk) -> None:
    key = {"Idempotency-Key": "k"}
    body = {"distinct_id": "cleo", "properties": {"n": 1}}

    answers = [await desk.call("POST", desk.persons, body, headers=key) for _ in range(2)]

    assert answers[0].content == answers[1].content
    assert await types_of(desk) == ["person.created"]
