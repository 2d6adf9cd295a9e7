"""Saved views: whose they are, what they hold, and that they find tickets."""

from typing import Any

import pytest

from rejoinder.db.sql import Statement
from tests.builders import Desk
from tests.tickets.log import events_of, types_of
from tests.web.app import envelope

NOT_FOUND = envelope("invalid_request", "not_found", "Not found.")
LEAVE = Statement("DELETE FROM memberships WHERE user_id = $1")


def url(desk: Desk, rest: str = "") -> str:
    return f"{desk.url}conversations/views/{rest}"


async def a_view(desk: Desk, key: str | None = None, **fields: object) -> dict[str, Any]:
    response = await desk.call("POST", url(desk), {"name": "Mine", **fields}, key=key)
    assert response.status_code == 201, response.text
    return response.json()


async def names(desk: Desk, key: str | None = None) -> list[str]:
    page = (await desk.call("GET", url(desk), key=key)).json()
    assert page["count"] == len(page["results"])
    return [view["name"] for view in page["results"]]


@pytest.fixture
async def ben(desk: Desk) -> str:
    return await desk.a_key("*", user=await desk.a_user())


async def test_a_view_is_saved_as_the_wire_has_it(desk: Desk) -> None:
    filters = {
        "status": ["new", "open"],
        "assignee": ["me"],
        "sorting": {"columnKey": "created_at"},
    }

    view = await a_view(desk, name="  Mine  ", filters=filters)

    assert list(view) == [
        "id",
        "short_id",
        "name",
        "filters",
        "created_at",
        "created_by",
        "is_favorited",
        "visibility",
    ]
    assert (view["name"], view["filters"], view["visibility"]) == ("Mine", filters, "shared")
    assert (view["created_by"]["id"], view["created_by"]["email"]) == (desk.ada.id, desk.ada.email)
    for ref in (view["short_id"], view["id"]):
        found = await desk.call("GET", url(desk, f"{ref}/"))
        assert (found.status_code, found.json()) == (200, view)


async def test_favourites_come_first_then_the_newest(desk: Desk, ben: str) -> None:
    views = [await a_view(desk, name=name) for name in ("A", "B", "C")]

    for favored, expected in ((True, ["A", "C", "B"]), (False, ["C", "B", "A"])):
        changed = await desk.call(
            "PATCH", url(desk, f"{views[0]['short_id']}/"), {"is_favorited": favored}
        )
        assert changed.json()["is_favorited"] is favored
        assert await names(desk) == expected
        assert await names(desk, ben) == ["C", "B", "A"]
    assert (await types_of(desk)).count("view.favorited") == 2


async def test_a_view_is_changed_and_deleted(desk: Desk, ben: str) -> None:
    view = await a_view(desk, filters={"status": ["open"], "tags": ["a"]})
    place = url(desk, f"{view['short_id']}/")

    changed = await desk.call("PATCH", place, {"name": "Ours", "filters": {"tags": []}}, key=ben)
    again = await desk.call("PATCH", place, {"name": "Ours"}, key=ben)
    gone = await desk.call("DELETE", place, key=ben)

    assert (changed.json()["name"], changed.json()["filters"]) == ("Ours", {"tags": []})
    assert [again.status_code, gone.status_code] == [200, 204]
    assert (await desk.call("GET", place)).status_code == 404
    log = await events_of(desk)
    assert [event["type"] for event in log] == ["view.created", "view.changed", "view.deleted"]
    assert log[1]["fields"] == ["name", "filters"]


async def test_a_private_view_is_its_creators_alone(desk: Desk, ben: str) -> None:
    view = await a_view(desk, visibility="private")
    place = url(desk, f"{view['short_id']}/")

    assert (await names(desk), await names(desk, ben)) == (["Mine"], [])
    for method in ("GET", "PATCH", "DELETE"):
        answer = await desk.call(method, place, {}, key=ben)
        assert (answer.status_code, answer.json()) == (404, NOT_FOUND)
    listed = await desk.call("GET", params={"view": view["short_id"]}, key=ben)
    assert (listed.status_code, listed.json()["attr"]) == (400, "view")


async def test_only_the_creator_shows_or_hides_a_view(desk: Desk, ben: str) -> None:
    view = await a_view(desk)
    place = url(desk, f"{view['short_id']}/")

    refused = await desk.call("PATCH", place, {"visibility": "private"}, key=ben)
    same = await desk.call("PATCH", place, {"visibility": "shared"}, key=ben)
    hidden = await desk.call("PATCH", place, {"visibility": "private"})

    assert (refused.status_code, refused.json()["attr"]) == (400, "visibility")
    assert [same.status_code, hidden.json()["visibility"]] == [200, "private"]


async def test_what_a_former_teammate_kept_private_is_the_teams(desk: Desk) -> None:
    ben = await desk.a_user()
    view = await a_view(desk, await desk.a_key("*", user=ben), visibility="private", name="Ben's")
    assert await names(desk) == []

    await desk.work.database.run(LEAVE, ben.id)

    found = (await desk.call("GET", url(desk, f"{view['short_id']}/"))).json()
    assert (found["visibility"], found["created_by"]["id"]) == ("shared", ben.id)


async def test_views_are_read_page_by_page_and_never_put(desk: Desk) -> None:
    for name in ("A", "B", "C"):
        await a_view(desk, name=name)

    first = (await desk.call("GET", url(desk), params={"limit": 2})).json()
    second = (await desk.call("GET", first["next"].removeprefix("http://testserver"))).json()
    put = await desk.call("PUT", url(desk, "x/"), {})

    assert [view["name"] for view in first["results"] + second["results"]] == ["C", "B", "A"]
    assert (first["count"], second["next"], put.status_code) == (3, None, 405)


@pytest.mark.parametrize(
    ("fields", "attr", "code"),
    [
        ({"name": None}, "name", "null"),
        ({"name": "  "}, "name", "blank"),
        ({"name": "x" * 401}, "name", "max_length"),
        ({"visibility": "secret"}, "visibility", "invalid_choice"),
        ({"filters": []}, "filters", None),
        ({"filters": {"x": "y" * 10_000}}, "filters", "max_length"),
        ({"filters": {"status": ["open", "opne"]}}, "filters__status", "invalid_choice"),
        ({"filters": {"priority": ["urgent"]}}, "filters__priority", "invalid_choice"),
        ({"filters": {"channel": "fax"}}, "filters__channel", "invalid_choice"),
        ({"filters": {"sla": "late"}}, "filters__sla", "invalid_choice"),
        ({"filters": {"tagsMatch": "some"}}, "filters__tagsMatch", "invalid_choice"),
        ({"filters": {"search": "x" * 201}}, "filters__search", "max_length"),
        (
            {"filters": {"sorting": {"columnKey": "subject"}}},
            "filters__sorting__columnKey",
            "invalid_choice",
        ),
    ],
)
async def test_what_is_no_view_is_refused(
    desk: Desk, fields: dict[str, Any], attr: str, code: str | None
) -> None:
    view = await a_view(desk)

    for answer in (
        await desk.call("POST", url(desk), {"name": "Mine", **fields}),
        await desk.call("PATCH", url(desk, f"{view['short_id']}/"), fields),
    ):
        assert (answer.status_code, answer.json()["attr"]) == (400, attr), answer.text
        assert code is None or answer.json()["code"] == code


async def test_a_project_has_a_limit_of_views(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rejoinder.views.commands.MOST_VIEWS", 1)
    await a_view(desk)

    assert (await desk.call("POST", url(desk), {"name": "x"})).status_code == 400


async def test_another_project_has_views_of_its_own(desk: Desk, other_desk: Desk) -> None:
    view = await a_view(other_desk)

    for ref in (view["short_id"], view["id"]):
        for method in ("GET", "PATCH", "DELETE"):
            answer = await desk.call(method, url(desk, f"{ref}/"), {})
            assert (answer.status_code, answer.json()) == (404, NOT_FOUND)
        assert (await desk.call("GET", params={"view": ref})).status_code == 400
    assert await names(desk) == []


async def test_a_viewer_reads_views_and_changes_none(desk: Desk) -> None:
    view = await a_view(desk)
    key = await desk.a_key("*", user=await desk.a_user("viewer"))

    assert await names(desk, key) == ["Mine"]
    for method, ref in (("POST", ""), ("PATCH", f"{view['id']}/"), ("DELETE", f"{view['id']}/")):
        answer = await desk.call(method, url(desk, ref), {"name": "x"}, key=key)
        assert answer.status_code == 403


async def test_a_repeat_with_the_same_key_saves_one(desk: Desk) -> None:
    headers = {"Idempotency-Key": "once"}
    made = [
        (await desk.call("POST", url(desk), {"name": "x"}, headers=headers)).json()
        for _ in range(2)
    ]

    assert made[0] == made[1]
    assert await names(desk) == ["x"]
