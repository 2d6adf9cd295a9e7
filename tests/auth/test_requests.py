"""Who may call: keys, where they stand, scopes, levels, projects, and how often."""

from typing import Any

import httpx
import msgspec
import pytest

from rejoinder.auth.commands import create_key, revoke_key
from rejoinder.db.sql import Statement
from rejoinder.events.work import Work
from rejoinder.organizations.commands import add_member, create_project
from rejoinder.settings import Settings
from tests.builders import ROOT, Desk, a_desk, a_user
from tests.conftest import a_client
from tests.eventually import eventually
from tests.web.app import envelope

MISSING = envelope(
    "authentication_error", "not_authenticated", "Authentication credentials were not provided."
)
NOT_FOUND = envelope("invalid_request", "not_found", "Not found.")
DENIED = envelope(
    "authentication_error",
    "permission_denied",
    "You do not have permission to perform this action.",
)
DEACTIVATE = Statement("UPDATE users SET is_active = false WHERE id = $1")


def invalid(place: str) -> dict[str, str | None]:
    detail = f"Personal API key found in request {place} is invalid."
    return envelope("authentication_error", "authentication_failed", detail)


def unscoped(scope: str) -> dict[str, str | None]:
    detail = f"API key missing required scope '{scope}'"
    return envelope("authentication_error", "permission_denied", detail)


async def ask(desk: Desk, method: str = "GET", **options: Any) -> httpx.Response:
    """A request with no credential but what the options say."""
    return await desk.client.request(method, desk.tickets, **options)


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    "headers",
    [{}, {"Authorization": ""}, {"Authorization": "Bearer"}, {"Authorization": "Bearer  "},
     {"Authorization": "Basic cGh4Og=="}, {"Authorization": "Token phx_x"}],
)  # fmt: skip
async def test_without_a_key_nobody_is_let_in(
    desk: Desk, method: str, headers: dict[str, str]
) -> None:
    answer = await ask(desk, method, headers=headers)

    assert (answer.status_code, answer.json()) == (401, MISSING)
    assert answer.headers["www-authenticate"] == 'Bearer realm="api"'


@pytest.mark.parametrize("key", ["phx_unknown", "x", "é" * 10, "phx_" + "x" * 5000])
async def test_an_unknown_key_is_refused_and_its_place_named(desk: Desk, key: str) -> None:
    header = await ask(desk, headers=[(b"authorization", b"Bearer " + key.encode())])
    body = await ask(desk, "POST", json={"personal_api_key": key})
    query = await ask(desk, params={"personal_api_key": key})

    assert (header.status_code, body.status_code, query.status_code) == (401, 401, 401)
    assert header.json() == invalid("Authorization header")
    assert body.json() == invalid("body")
    assert query.json() == invalid("query string")


async def test_a_key_is_looked_for_in_header_then_body_then_query(desk: Desk) -> None:
    in_body = {"personal_api_key": desk.key}
    bad = {"Authorization": "Bearer phx_bad"}

    answers = [
        await ask(desk, headers={"Authorization": f"bearer {desk.key}"}),
        await ask(desk, "POST", json=in_body),
        await ask(desk, "POST", data=in_body),
        await ask(desk, params=in_body),
        await ask(desk, "POST", params=in_body),
        await ask(desk, "POST", json=in_body, headers=bad),
        await ask(desk, "POST", json={"personal_api_key": "phx_bad"}, params=in_body),
        await ask(desk, "POST", json={"personal_api_key": 5}, params=in_body),
    ]

    assert [answer.status_code for answer in answers] == [200, 201, 201, 200, 201, 401, 401, 201]


async def test_links_keep_the_key_that_stood_in_the_query(desk: Desk) -> None:
    for _ in range(2):
        await desk.a_ticket()

    answer = await ask(desk, params={"personal_api_key": desk.key, "limit": 1})

    assert (await desk.client.get(answer.json()["next"])).status_code == 200


@pytest.mark.parametrize(
    ("scopes", "reading", "writing"),
    [
        (["ticket:read"], 200, 403),
        (["ticket:write"], 200, 201),
        (["ticket:read", "ticket:write"], 200, 201),
        (["*"], 200, 201),
    ],
)
async def test_write_implies_read_and_not_the_reverse(
    desk: Desk, scopes: list[str], reading: int, writing: int
) -> None:
    key = await desk.a_key(*scopes)

    read, written = [await desk.call(method, key=key) for method in ("GET", "POST")]

    assert (read.status_code, written.status_code) == (reading, writing)
    if writing == 403:
        assert written.json() == unscoped("ticket:write")


async def test_each_route_asks_for_its_scope(desk: Desk) -> None:
    await desk.a_ticket()
    reader = await desk.a_key("ticket:read")
    person = (await desk.call("POST", desk.persons, {"distinct_id": "cleo"})).json()["id"]

    reads = [
        await desk.call("GET", path, key=reader)
        for path in ("", "1/", "unread_count/", desk.persons, f"{desk.persons}{person}/")
    ]
    writes = [
        await desk.call(method, path, key=reader)
        for method, path in (
            ("POST", ""),
            ("PATCH", "1/"),
            ("PUT", "1/"),
            ("DELETE", "1/"),
            ("POST", "1/restore_deleted/"),
            ("POST", desk.persons),
        )
    ]

    assert {answer.status_code for answer in reads} == {200}
    assert [answer.json() for answer in writes] == [unscoped("ticket:write")] * 6


async def test_a_viewer_may_only_read_whatever_the_key_says(desk: Desk) -> None:
    key = await desk.a_key("*", user=await desk.a_user("viewer"))

    read, written = [await desk.call(method, key=key) for method in ("GET", "POST")]

    assert (read.status_code, written.status_code) == (200, 403)
    assert written.json() == DENIED


async def test_a_key_may_be_limited_to_projects(desk: Desk) -> None:
    async with desk.work.begin(ROOT) as tx:
        second = await create_project(tx, desk.organization_id, "Sales")
    limited = await desk.a_key("*", projects=[second.id])

    there = await desk.call("GET", f"/api/projects/{second.id}/persons/", key=limited)
    here = await desk.call("GET", key=limited)
    current = await desk.call("GET", "/api/projects/@current/persons/", key=limited)

    detail = f"API key does not have access to the requested project: ID {desk.project.id}."
    assert (there.status_code, current.status_code, here.status_code) == (200, 200, 403)
    assert here.json() == envelope("authentication_error", "permission_denied", detail)


async def test_current_is_the_callers_project(desk: Desk) -> None:
    ticket = await desk.a_ticket()

    answer = await desk.call("GET", "/api/projects/@current/conversations/tickets/1")

    assert answer.json()["id"] == ticket["id"]


async def test_who_is_in_no_project_has_no_current_one(desk: Desk, other_desk: Desk) -> None:
    nowhere = await desk.a_key("*", projects=[other_desk.project.id])

    answer = await desk.call("GET", "/api/projects/@current/conversations/tickets/", key=nowhere)

    assert (answer.status_code, answer.json()) == (404, NOT_FOUND)


@pytest.mark.parametrize(
    "name", ["0", "-1", "999999999", "9" * 18, "9" * 5000, "x", "1.0", "@me", "%20", "٣", "1%00"]
)
async def test_what_is_no_project_of_ours_is_not_found(desk: Desk, name: str) -> None:
    answer = await desk.call("GET", f"/api/projects/{name}/conversations/tickets/")

    assert (answer.status_code, answer.json()) == (404, NOT_FOUND)


async def test_a_revoked_key_is_refused_within_moments(desk: Desk) -> None:
    elsewhere = Work(desk.work.database, process="elsewhere")
    async with elsewhere.begin(ROOT) as tx:
        key = await create_key(tx, desk.ada.id, ["*"])
    assert (await desk.call("GET", key=key.key)).status_code == 200

    async with elsewhere.begin(ROOT) as tx:
        await revoke_key(tx, key.id)

    async def answer() -> Any:
        return (await desk.call("GET", key=key.key)).json()

    await eventually(answer, invalid("Authorization header"))
    assert (await desk.call("GET")).status_code == 200


async def test_another_level_counts_within_moments(desk: Desk) -> None:
    ben = await desk.a_user("agent")
    key = await desk.a_key("*", user=ben)
    assert (await desk.call("POST", key=key)).status_code == 201

    async with Work(desk.work.database, process="elsewhere").begin(ROOT) as tx:
        await add_member(tx, desk.organization_id, ben.id, "viewer")

    async def status() -> int:
        return (await desk.call("POST", key=key)).status_code

    await eventually(status, 403)


async def test_a_key_of_an_inactive_user_opens_nothing(desk: Desk) -> None:
    ben = await desk.a_user()
    key = await desk.a_key("*", user=ben)
    await desk.work.database.run(DEACTIVATE, ben.id)

    assert (await desk.call("GET", key=key)).status_code == 401


async def test_who_belongs_to_no_organization_finds_no_project(desk: Desk) -> None:
    async with desk.work.begin(ROOT) as tx:
        loner = await a_user(tx, "eve")
    key = await desk.a_key("*", user=loner)

    answer = await desk.call("GET", key=key)

    assert (answer.status_code, answer.json()) == (404, NOT_FOUND)


async def test_over_the_limit_one_is_told_when_to_come_back(settings: Settings, work: Work) -> None:
    limited = msgspec.structs.replace(settings, rate_limits=True, limit_api_burst="3/minute")
    async with a_client(limited) as client:
        desk, other = await a_desk(work, client), await a_desk(work, client)
        answers = [await desk.call("GET", "unread_count/") for _ in range(5)]
        elsewhere = await other.call("GET", "unread_count/")
        unknown = await desk.call("GET", key="phx_unknown")

    wait = int(answers[-1].headers["retry-after"])
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert 0 < wait <= 60
    detail = f"Request was throttled. Expected available in {wait} seconds."
    assert answers[-1].json() == envelope("throttled_error", "throttled", detail)
    assert (elsewhere.status_code, unknown.status_code) == (200, 401)


async def test_one_setting_switches_all_limits_off(settings: Settings, work: Work) -> None:
    unlimited = msgspec.structs.replace(settings, rate_limits=False, limit_api_burst="1/hour")
    async with a_client(unlimited) as client:
        desk = await a_desk(work, client)
        answers = [await desk.call("GET", "unread_count/") for _ in range(5)]

    assert {answer.status_code for answer in answers} == {200}
