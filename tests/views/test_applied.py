"""What views find: in the list, in their counts, and from filters of any age."""

from typing import Any

import pytest

from rejoinder.views import routes
from rejoinder.views.rules import BUILT_IN, parameters
from tests.builders import Desk
from tests.views.test_views import a_view, url

PAST, FUTURE = "2020-01-01T00:00:00Z", "2030-01-01T00:00:00Z"


MEANT: list[tuple[dict[str, Any], dict[str, str] | None]] = [
    ({}, {}),
    ({"status": ["new", "open"]}, {"status": "new,open"}),
    ({"status": "open"}, {"status": "open"}),
    (
        {"priority": ["high"], "channel": "email"},
        {"priority": "high", "channel_source": "email"},
    ),
    ({"channel": "all", "sla": "all"}, {"channel_source": "all", "sla": "all"}),
    (
        {
            "assignee": [
                "me",
                "unassigned",
                {"type": "user", "id": 3},
                {"type": "role", "id": "r"},
            ]
        },
        {"assignee": "me,unassigned,user:3,role:r"},
    ),
    ({"assignee": {"type": "user", "id": 3}}, {"assignee": "user:3"}),
    ({"tags": ["a", 'b"c']}, {"tags": '["a","b\\"c"]'}),
    ({"tags": ["a"], "tagsMatch": "all"}, {"tags_all": '["a"]'}),
    ({"tagsExclude": ["a"], "tags": []}, {"tags_exclude": '["a"]'}),
    ({"dateFrom": "-7d", "dateTo": None}, {"date_from": "-7d"}),
    ({"sorting": {"columnKey": "created_at", "order": -1}}, {"order_by": "-created_at"}),
    ({"sorting": {"columnKey": "sla_due_at", "order": 1}}, {"order_by": "sla_due_at"}),
    ({"search": "invoice", "snoozed": True, "unread": False}, None),
    ({"aiTriageResult": ["clarified"]}, {"ai_triage_result": "clarified"}),
    ({"folder": "x", "columns": [1]}, {}),
    ({"status": 7, "assignee": [[]], "tags": {"a": 1}, "sorting": [], "search": {}}, None),
]


@pytest.mark.parametrize(("filters", "given"), MEANT)
def test_filters_are_parameters_of_the_list(
    filters: dict[str, Any], given: dict[str, str] | None
) -> None:
    found = parameters(filters)

    assert given is None or found == given
    assert all(isinstance(value, str) for value in found.values())


async def test_a_view_filters_and_orders_the_list(desk: Desk) -> None:
    await desk.a_ticket(status="open", tags=["a"])
    await desk.a_ticket(status="open", tags=["a", "b"])
    await desk.a_ticket(status="resolved", tags=["a", "b"])
    view = await a_view(
        desk,
        filters={
            "status": ["open"],
            "tags": ["a", "b"],
            "tagsMatch": "all",
            "sorting": {"columnKey": "ticket_number", "order": 1},
        },
    )
    name = view["short_id"]

    assert await desk.listed(view=name) == [2]
    assert await desk.listed(view=view["id"]) == [2]
    assert await desk.listed(view=name, cursor="", limit=1) == [2]
    assert await desk.listed(view=name, status="open,resolved") == [2, 3]
    assert await desk.listed(view=name, tags='["a"]') == [1, 2]
    assert await desk.listed(view=name, tags="") == [1, 2]
    assert await desk.listed(view=name, status="", order_by="-ticket_number") == [3, 2]


async def test_the_pages_of_a_view_follow_each_other(desk: Desk) -> None:
    for _ in range(5):
        await desk.a_ticket(status="open")
    await desk.a_ticket()
    sorting = {"columnKey": "ticket_number", "order": 1}
    view = await a_view(desk, filters={"status": ["open"], "sorting": sorting})

    for start in ({"cursor": ""}, {"offset": "0"}):
        found: list[int] = []
        response = await desk.call("GET", params={"view": view["short_id"], "limit": 2, **start})
        while True:
            page = response.json()
            found += [ticket["ticket_number"] for ticket in page["results"]]
            if page["next"] is None:
                break
            response = await desk.call("GET", page["next"].removeprefix("http://testserver"))
        assert found == [1, 2, 3, 4, 5]


async def test_me_is_who_looks(desk: Desk) -> None:
    ben = await desk.a_user()
    await desk.a_ticket(assignee={"type": "user", "id": desk.ada.id})
    await desk.a_ticket(assignee={"type": "user", "id": ben.id})
    view = await a_view(desk, filters={"assignee": ["me"]})

    of_ben = await desk.call(
        "GET", params={"view": view["short_id"]}, key=await desk.a_key("*", user=ben)
    )

    assert await desk.listed(view=view["short_id"]) == [1]
    assert [ticket["ticket_number"] for ticket in of_ben.json()["results"]] == [2]


@pytest.mark.parametrize("name", ["nonsense", "0198a5c0-0000-7000-8000-000000000000", " "])
async def test_an_unknown_view_is_an_error(desk: Desk, name: str) -> None:
    answer = await desk.call("GET", params={"view": name})

    assert (answer.status_code, answer.json()["attr"]) == (400, "view")
    assert answer.json()["type"] == "validation_error"


OLD: list[dict[str, Any]] = [
    {"status": "all", "priority": None, "assignee": "all", "tags": "a"},
    {"status": [None, 3, {}], "assignee": [None, "user:x", {"type": "user"}, 7], "tags": [1]},
    {"sorting": {"columnKey": 3, "order": "x"}, "search": ["x"], "dateFrom": "gestern"},
    {"sorting": "created_at", "channel": ["email", "slack"], "sla": {}, "unread": "maybe"},
    {"assignee": {"type": "role", "id": {"a": 1}}, "tagsExclude": {"a": []}},
]


@pytest.mark.parametrize("filters", OLD)
async def test_filters_of_any_age_never_break_the_list(desk: Desk, filters: dict[str, Any]) -> None:
    await desk.a_ticket()
    view = await a_view(desk, filters=filters)

    assert view["filters"] == filters
    listed = await desk.call("GET", params={"view": view["short_id"]})
    counted = await desk.call("GET", url(desk, "counts/"))
    assert [listed.status_code, counted.status_code] == [200, 200]
    count = counted.json()["views"][view["short_id"]]
    assert count == {"count": listed.json()["count"], "exact": True}


async def test_counts_are_those_of_the_lists(desk: Desk, other_desk: Desk) -> None:
    me = {"type": "user", "id": desk.ada.id}
    await desk.a_ticket(status="open", assignee=me, message="An invoice")
    await desk.a_ticket(status="pending", assignee=me, sla_due_at=PAST)
    await desk.a_ticket(status="resolved", assignee=me, sla_due_at=PAST, message="Invoice!")
    await desk.a_ticket(message="Hello?", tags=["vip"], distinct_id="ada")
    await desk.a_ticket(snoozed_until=FUTURE, sla_due_at=FUTURE)
    await other_desk.a_ticket(tags=["vip"])
    saved = [
        await a_view(desk, filters=filters)
        for filters in (
            {},
            {"tags": ["vip"]},
            {"search": "invoice"},
            {"search": "4"},
            {"status": ["open", "resolved"]},
            {"assignee": ["me"], "status": ["open"], "search": "invoice"},
            {"distinctIds": ["ada", "ben"], "emails": "nobody@example.com"},
        )
    ]

    counts = (await desk.call("GET", url(desk, "counts/"))).json()

    expected = {"all": 5, "open": 4, "mine": 2, "unassigned": 2, "unread": 2, "snoozed": 1}
    expected |= {"sla_breached": 1, "resolved": 1}
    assert counts["built_in"] == {
        name: {"count": count, "exact": True} for name, count in expected.items()
    }
    for name, given in BUILT_IN.items():
        assert len(await desk.listed(**given)) == expected[name]
    assert counts["views"] == {
        view["short_id"]: {"count": count, "exact": True}
        for view, count in zip(saved, (5, 1, 2, 1, 2, 1, 1), strict=True)
    }


async def test_a_project_without_tickets_counts_none(desk: Desk) -> None:
    counts = (await desk.call("GET", url(desk, "counts/"))).json()

    assert counts["views"] == {}
    assert {count["count"] for count in counts["built_in"].values()} == {0}


async def test_counting_ends_where_it_is_shown_no_further(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routes, "_COUNTED_EXACTLY", 2)
    for _ in range(3):
        await desk.a_ticket(message="Hello?", snoozed_until=FUTURE)
    text = await a_view(desk, filters={"search": "hello"})

    counts = (await desk.call("GET", url(desk, "counts/"))).json()

    assert counts["built_in"]["all"] == {"count": 3, "exact": True}
    assert counts["built_in"]["snoozed"] == {"count": 2, "exact": False}
    assert counts["views"][text["short_id"]] == {"count": 2, "exact": False}


async def test_what_is_unread_is_counted_wherever_it_is(desk: Desk) -> None:
    for number in range(1, 5):
        await desk.a_ticket(status="resolved" if number == 4 else "open", message="Hello?")
        if number != 3:
            await desk.call("GET", f"{number}/?mark_read={number != 4}".lower())
    any_status = await a_view(desk, filters={"unread": True})

    async def unread() -> list[int]:
        counts = (await desk.call("GET", url(desk, "counts/"))).json()
        return [
            counts["built_in"]["unread"]["count"],
            counts["views"][any_status["short_id"]]["count"],
        ]

    assert await unread() == [1, 2]
    await desk.call("POST", "1/mark_unread/")
    assert await unread() == [2, 3]
    await desk.call("DELETE", "3/")
    assert await unread() == [1, 2]


async def test_private_views_of_others_are_not_counted(desk: Desk) -> None:
    await a_view(desk, visibility="private")
    ben = await desk.a_key("*", user=await desk.a_user())

    assert (await desk.call("GET", url(desk, "counts/"), key=ben)).json()["views"] == {}
