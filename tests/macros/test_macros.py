"""Macros: what they hold, whose they are, under both names of the wire."""

from typing import Any

import pytest

from tests.builders import Desk
from tests.tickets.log import events_of
from tests.web.app import envelope

NOT_FOUND = envelope("invalid_request", "not_found", "Not found.")
DOCUMENT: dict[str, Any] = {
    "type": "doc",
    "content": [{"type": "paragraph", "content": [{"type": "text", "text": "Hello {{name}}"}]}],
}


def url(desk: Desk, rest: str = "", name: str = "macros") -> str:
    return f"{desk.url}conversations/{name}/{rest}"


async def a_macro(desk: Desk, key: str | None = None, **fields: object) -> dict[str, Any]:
    body = {"name": "Greeting", "content": "Hello {{name}}", **fields}
    response = await desk.call("POST", url(desk), body, key=key)
    assert response.status_code == 201, response.text
    return response.json()


async def names(desk: Desk, key: str | None = None) -> list[str]:
    page = (await desk.call("GET", url(desk), key=key)).json()
    assert page["count"] == len(page["results"])
    return [macro["name"] for macro in page["results"]]


@pytest.fixture
async def ben(desk: Desk) -> str:
    return await desk.a_key("*", user=await desk.a_user())


async def test_a_macro_is_saved_as_the_wire_has_it(desk: Desk) -> None:
    role = await desk.a_role()
    assignee = {"type": "role", "id": str(role.id)}
    actions = {"status": "pending", "priority": "high", "tags": ["A", "b"], "assignee": assignee}

    macro = await a_macro(
        desk, name=" Greeting ", description="For all", rich_content=DOCUMENT, actions=actions
    )

    assert list(macro) == [
        "id",
        "short_id",
        "name",
        "description",
        "content",
        "rich_content",
        "actions",
        "visibility",
        "created_at",
        "created_by",
    ]
    assert (macro["name"], macro["content"]) == ("Greeting", "Hello {{name}}")
    assert macro["rich_content"] == DOCUMENT
    assert macro["actions"] == {**actions, "tags": ["a", "b"]}
    assert (macro["visibility"], macro["created_by"]["id"]) == ("team", desk.ada.id)
    for name in ("macros", "quick_actions"):
        for ref in (macro["short_id"], macro["id"]):
            found = await desk.call("GET", url(desk, f"{ref}/", name))
            assert (found.status_code, found.json()) == (200, macro)


async def test_both_names_are_the_same_macros(desk: Desk) -> None:
    body = {"name": "Close", "actions": {"status": "resolved"}}
    made = (await desk.call("POST", url(desk, name="quick_actions"), body)).json()

    assert await names(desk) == ["Close"]
    place = url(desk, f"{made['short_id']}/", "quick_actions")
    changed = await desk.call("PUT", place, {"name": "End"})
    assert (changed.status_code, await names(desk)) == (200, ["End"])
    assert (await desk.call("DELETE", place)).status_code == 204
    assert await names(desk) == []
    log = await events_of(desk)
    assert [event["type"] for event in log] == ["macro.created", "macro.changed", "macro.deleted"]
    assert log[1]["fields"] == ["name"]


async def test_actions_keep_the_assignee_unless_they_name_one(desk: Desk) -> None:
    ada = {"type": "user", "id": desk.ada.id}
    macro = await a_macro(desk, actions={"status": "open", "tags": ["a"], "assignee": ada})
    place = url(desk, f"{macro['short_id']}/")

    async def changed(**actions: object) -> dict[str, Any]:
        response = await desk.call("PATCH", place, {"actions": actions})
        assert response.status_code == 200, response.text
        return response.json()["actions"]

    assert await changed(priority="low") == {"priority": "low", "assignee": ada}
    assert await changed(status=None, tags=[]) == {"assignee": ada}
    assert await changed(assignee=None) == {}


async def test_what_is_absent_stays(desk: Desk) -> None:
    macro = await a_macro(desk, description="x", rich_content=DOCUMENT, actions={"status": "open"})
    place = url(desk, f"{macro['short_id']}/")

    same = await desk.call("PATCH", place, {})
    plain = await desk.call("PATCH", place, {"rich_content": None, "content": "Hi"})

    assert same.json() == macro
    assert plain.json() == {**macro, "rich_content": None, "content": "Hi"}
    assert len(await events_of(desk)) == 2


async def test_a_personal_macro_is_its_creators_alone(desk: Desk, ben: str) -> None:
    macro = await a_macro(desk, visibility="personal")
    place = url(desk, f"{macro['short_id']}/")

    assert (await names(desk), await names(desk, ben)) == (["Greeting"], [])
    for method in ("GET", "PATCH", "PUT", "DELETE"):
        answer = await desk.call(method, place, {}, key=ben)
        assert (answer.status_code, answer.json()) == (404, NOT_FOUND)


async def test_only_the_creator_takes_a_macro_from_the_team(desk: Desk, ben: str) -> None:
    macro = await a_macro(desk)
    place = url(desk, f"{macro['short_id']}/")

    refused = await desk.call("PATCH", place, {"visibility": "personal"}, key=ben)
    renamed = await desk.call("PATCH", place, {"name": "Ours", "visibility": "team"}, key=ben)
    taken = await desk.call("PATCH", place, {"visibility": "personal"})
    given = await desk.call("PATCH", place, {"visibility": "team"})

    assert (refused.status_code, refused.json()["attr"]) == (400, "visibility")
    assert (renamed.status_code, renamed.json()["name"]) == (200, "Ours")
    assert [taken.json()["visibility"], given.json()["visibility"]] == ["personal", "team"]


@pytest.mark.parametrize(
    ("fields", "attr", "code"),
    [
        ({"name": None}, "name", "null"),
        ({"name": " "}, "name", "blank"),
        ({"name": "x" * 201}, "name", "max_length"),
        ({"description": "x" * 401}, "description", "max_length"),
        ({"content": "x" * 50_001}, "content", "max_length"),
        ({"content": " "}, None, "invalid_input"),
        ({"visibility": "shared"}, "visibility", "invalid_choice"),
        ({"rich_content": {"type": "iframe"}}, "rich_content", "invalid_input"),
        ({"actions": {"status": "closed"}}, "actions__status", "invalid_choice"),
        ({"actions": {"priority": "urgent"}}, "actions__priority", "invalid_choice"),
        ({"actions": {"tags": ["x" * 256]}}, "actions__tags", "max_length"),
        ({"actions": {"tags": [str(n) * 80 for n in range(100, 200)]}}, "actions", "max_length"),
        ({"actions": {"assignee": "me"}}, "actions__assignee", "invalid_input"),
        ({"actions": {"assignee": {"type": "user", "id": 2**40}}}, "actions__assignee", None),
    ],
)
async def test_what_is_no_macro_is_refused(
    desk: Desk, fields: dict[str, Any], attr: str | None, code: str | None
) -> None:
    macro = await a_macro(desk)

    for answer in (
        await desk.call("POST", url(desk), {"name": "x", "content": "y", **fields}),
        await desk.call("PATCH", url(desk, f"{macro['short_id']}/"), fields),
    ):
        assert (answer.status_code, answer.json()["attr"]) == (400, attr), answer.text
        assert code is None or answer.json()["code"] == code


async def test_a_picture_that_was_uploaded_stands_in_no_macro(desk: Desk) -> None:
    source = "attachment:0198a5c0-0000-7000-8000-000000000000"
    document = {"type": "doc", "content": [{"type": "image", "attrs": {"src": source}}]}

    answer = await desk.call("POST", url(desk), {"name": "x", "rich_content": document})

    assert (answer.status_code, answer.json()["attr"]) == (400, "rich_content")


async def test_a_project_has_a_limit_of_macros(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rejoinder.macros.commands.MOST_MACROS", 1)
    await a_macro(desk)

    assert (await desk.call("POST", url(desk), {"name": "x", "content": "y"})).status_code == 400


async def test_another_project_has_macros_of_its_own(desk: Desk, other_desk: Desk) -> None:
    macro = await a_macro(other_desk)

    for ref in (macro["short_id"], macro["id"], "nonsense"):
        for method in ("GET", "PATCH", "DELETE"):
            answer = await desk.call(method, url(desk, f"{ref}/"), {})
            assert (answer.status_code, answer.json()) == (404, NOT_FOUND)
    assert await names(desk) == []


async def test_a_viewer_reads_macros_and_changes_none(desk: Desk) -> None:
    macro = await a_macro(desk)
    key = await desk.a_key("*", user=await desk.a_user("viewer"))

    assert await names(desk, key) == ["Greeting"]
    for method, ref in (("POST", ""), ("PATCH", macro["id"]), ("DELETE", macro["id"])):
        answer = await desk.call(method, url(desk, ref), {"name": "x", "content": "y"}, key=key)
        assert answer.status_code == 403


async def test_macros_are_read_page_by_page(desk: Desk) -> None:
    for name in ("A", "B", "C"):
        await a_macro(desk, name=name)

    first = (await desk.call("GET", url(desk), params={"limit": 2})).json()
    second = (await desk.call("GET", first["next"].removeprefix("http://testserver"))).json()

    assert [macro["name"] for macro in first["results"] + second["results"]] == ["C", "B", "A"]
    assert (first["count"], second["next"]) == (3, None)
