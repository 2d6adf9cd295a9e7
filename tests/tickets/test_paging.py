"""Order, count and pages of the list."""

import asyncio
from typing import Any

import pytest
from httpx import URL

from rejoinder.db.sql import Statement
from rejoinder.tickets.routes import listing
from tests.builders import Desk

FILL = Statement(
    """WITH filled AS (
        INSERT INTO tickets (project_id, id, ticket_number, sla_due_at, snoozed_until)
        SELECT $1, gen_random_uuid(), n,
            CASE WHEN n % 3 > 0 THEN '2030-01-01'::timestamptz + n % 7 * interval '1 h' END,
            CASE WHEN n % 4 > 0 THEN '2030-01-01'::timestamptz + n % 5 * interval '1 h' END
        FROM generate_series(1, $2::int) n RETURNING 1
    ) UPDATE project_counters SET tickets_new = (SELECT count(*) FROM filled),
        last_ticket_number = $2 WHERE project_id = $1"""
)
SAME_TIME = Statement(
    "UPDATE tickets SET updated_at = now(), created_at = now() WHERE project_id = $1"
)
ORDERS = ("updated_at", "created_at", "ticket_number", "sla_due_at", "snoozed_until")
BOTH_WAYS = [sign + name for name in ORDERS for sign in ("", "-")]


async def fill(desk: Desk, tickets: int) -> None:
    """So many new tickets, some with deadlines and snoozes, many of them at the same time."""
    await desk.work.database.run(FILL, desk.project.id, tickets)


async def page(desk: Desk, url: str = "", **parameters: object) -> dict[str, Any]:
    """One page; `url` is absolute, as `next` has it."""
    path = URL(url).raw_path.decode() if url else desk.tickets
    response = await desk.call("GET", path, params=parameters or None)
    assert response.status_code == 200, response.text
    return response.json()


async def walk(desk: Desk, **parameters: object) -> list[int]:
    """The numbers on all pages, following `next`."""
    found = await page(desk, "", **parameters)
    numbers = [ticket["ticket_number"] for ticket in found["results"]]
    while found["next"]:
        found = await page(desk, found["next"])
        numbers += [ticket["ticket_number"] for ticket in found["results"]]
    return numbers


async def test_the_last_change_comes_first(desk: Desk) -> None:
    for _ in range(3):
        await desk.a_ticket()
    await desk.call("PATCH", "2/", {"status": "open"})

    assert await desk.listed() == [2, 3, 1]
    assert await desk.listed(order_by="bogus") == [2, 3, 1]
    assert await desk.listed(order_by="-created_at") == [3, 2, 1]
    assert await desk.listed(order_by="updated_at") == [1, 3, 2]


async def test_the_number_breaks_ties(desk: Desk) -> None:
    await fill(desk, 5)
    await desk.work.database.run(SAME_TIME, desk.project.id)

    assert await desk.listed() == [5, 4, 3, 2, 1]
    assert await desk.listed(order_by="created_at") == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("name", ["sla_due_at", "snoozed_until"])
async def test_tickets_without_the_time_come_last_both_ways(desk: Desk, name: str) -> None:
    for value in ("2030-01-02T00:00Z", None, "2030-01-01T00:00Z"):
        await desk.a_ticket(**{name: value})

    assert await desk.listed(order_by=name) == [3, 1, 2]
    assert await desk.listed(order_by=f"-{name}") == [1, 3, 2]


@pytest.mark.parametrize(
    ("limit", "shown"),
    [("2", 2), ("0", 5), ("-1", 5), ("x", 5), ("", 5), ("1e1", 5), ("99999999999999999999", 5)],
)
async def test_an_odd_limit_is_the_default(desk: Desk, limit: str, shown: int) -> None:
    await fill(desk, 5)

    assert len(await desk.listed(limit=limit)) == shown


@pytest.mark.parametrize("offset", ["-1", "x", "", "0", "0.5"])
async def test_an_odd_offset_is_none(desk: Desk, offset: str) -> None:
    await fill(desk, 2)

    assert await desk.listed(offset=offset) == [2, 1]


@pytest.mark.parametrize("offset", [5, 501, 2**31, 2**63 - 1, 2**63, 10**30])
async def test_an_offset_beyond_the_end_finds_nothing(desk: Desk, offset: int) -> None:
    await fill(desk, 5)

    answer = await page(desk, offset=offset)

    assert (answer["count"], answer["next"], answer["results"]) == (5, None, [])


async def test_the_limit_is_100_by_default_and_1000_at_most(desk: Desk) -> None:
    await fill(desk, 1100)

    default, most = await page(desk), await page(desk, limit=5000)

    assert (len(default["results"]), len(most["results"])) == (100, 1000)
    assert default["next"] == f"http://testserver{desk.tickets}?limit=100&offset=100"
    assert most["next"] == f"http://testserver{desk.tickets}?limit=1000&offset=1000"
    assert (await page(desk, most["next"]))["previous"] == (
        f"http://testserver{desk.tickets}?limit=1000"
    )


async def test_the_links_keep_the_other_parameters(desk: Desk) -> None:
    await fill(desk, 9)
    given = "?status=new&x=a%20b%26c&x=%C3%A9&limit=3&offset=3&order_by=ticket_number"

    middle = await page(desk, f"http://testserver{desk.tickets}{given}")
    following = await page(desk, middle["next"])
    before = await page(desk, middle["previous"])

    kept = {("status", "new"), ("x", "a b&c"), ("x", "é"), ("order_by", "ticket_number")}
    for link in (middle["next"], middle["previous"]):
        assert kept <= set(URL(link).params.multi_items())
        assert link.startswith(f"http://testserver{desk.tickets}?")
    numbers = [
        [t["ticket_number"] for t in each["results"]] for each in (before, middle, following)
    ]
    assert numbers == [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
    assert (before["previous"], following["next"]) == (None, None)


async def test_a_path_without_slash_stays_without(desk: Desk) -> None:
    await fill(desk, 2)

    answer = await desk.call("GET", desk.tickets.rstrip("/"), params={"limit": 1})

    assert answer.json()["next"] == f"http://testserver{desk.tickets[:-1]}?limit=1&offset=1"


@pytest.mark.parametrize("order_by", BOTH_WAYS)
async def test_pages_by_offset_and_by_cursor_visit_every_ticket_once(
    desk: Desk, order_by: str
) -> None:
    await fill(desk, 640)
    expected = await desk.listed(order_by=order_by, limit=1000)

    by_offset = await walk(desk, order_by=order_by, limit=130)
    by_cursor = await walk(desk, order_by=order_by, limit=130, cursor="")

    assert sorted(expected) == list(range(1, 641))
    assert by_offset == by_cursor == expected


@pytest.mark.parametrize("order_by", [name for name in BOTH_WAYS if "updated" not in name])
async def test_a_cursor_visits_every_ticket_once_while_they_are_changed(
    desk: Desk, order_by: str
) -> None:
    await fill(desk, 60)

    async def change() -> None:
        for number in range(1, 61, 5):
            await desk.call("PATCH", f"{number}/", {"tags": ["touched"]})
        await desk.call("DELETE", "60/")

    visited, _ = await asyncio.gather(walk(desk, order_by=order_by, limit=4, cursor=""), change())

    assert sorted(set(visited) | {60}) == list(range(1, 61))
    assert len(visited) == len(set(visited))


async def test_by_last_change_a_cursor_never_visits_twice_and_skips_only_what_changed(
    desk: Desk,
) -> None:
    await fill(desk, 60)
    touched = list(range(1, 61, 5))

    async def change() -> None:
        for number in touched:
            await desk.call("PATCH", f"{number}/", {"tags": ["touched"]})

    visited, _ = await asyncio.gather(walk(desk, limit=4, cursor=""), change())

    assert len(visited) == len(set(visited))
    assert set(visited) | set(touched) == set(range(1, 61))


async def test_a_cursor_keeps_filters_and_count(desk: Desk) -> None:
    await fill(desk, 9)
    await desk.call("PATCH", "4/", {"status": "open"})

    first = await page(desk, status="new", limit=4, cursor="", order_by="ticket_number")
    second = await page(desk, first["next"])

    assert [t["ticket_number"] for t in first["results"]] == [1, 2, 3, 5]
    assert [t["ticket_number"] for t in second["results"]] == [6, 7, 8, 9]
    assert (first["count"], second["count"], second["previous"]) == (8, 8, None)


@pytest.mark.parametrize("cursor", ["x", "xx", "gAAA", "é", "AA==", "k6JpZMQBAcA", "%", "9" * 3000])
async def test_what_is_no_cursor_is_refused(desk: Desk, cursor: str) -> None:
    refused = await desk.call("GET", params={"cursor": cursor})

    assert (refused.status_code, refused.json()["attr"]) == (400, "cursor")


async def test_counts_come_from_counters_that_equal_a_recount(desk: Desk) -> None:
    await fill(desk, 30)
    for number, status in enumerate(("open", "pending", "on_hold", "resolved", "open"), 1):
        await desk.call("PATCH", f"{number}/", {"status": status})
    await desk.call("DELETE", "5/")

    counted = {
        status: (await page(desk, status=status))["count"]
        for status in ("new", "open", "pending", "on_hold", "resolved", "open,new", "")
    }

    listed = {status: len(await desk.listed(status=status)) for status in counted}
    assert counted == listed
    assert counted[""] == 29


@pytest.mark.parametrize("others", [{}, {"tags_exclude": '["x"]'}])
async def test_a_count_is_exact_as_far_as_we_count(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, others: dict[str, str]
) -> None:
    await fill(desk, 12)
    no_priority = {"snoozed": "false", "sla": "x", "limit": 2, **others}
    matching = len(await desk.listed(**no_priority | {"limit": 100}))

    for limit, count, exact in ((matching, matching, True), (matching - 1, matching - 1, False)):
        monkeypatch.setattr(listing, "COUNTED_EXACTLY", limit)
        answer = await desk.call("GET", params=no_priority)
        assert answer.json()["count"] == count
        assert answer.headers.get("x-count") == (None if exact else "at-least")


@pytest.mark.parametrize("given", [{"channel_source": "widget"}, {"tags_exclude": '["x"]'}])
async def test_pages_go_on_where_counting_has_stopped(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, given: dict[str, str]
) -> None:
    await fill(desk, 12)
    monkeypatch.setattr(listing, "COUNTED_EXACTLY", 3)

    visited = await walk(desk, limit=2, order_by="ticket_number", **given)

    assert visited == list(range(1, 13))
