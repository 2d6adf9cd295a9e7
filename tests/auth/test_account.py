"""The caller's own account: names, preferences, password, and where they are signed in."""

from typing import Any

import httpx
import pytest

from rejoinder.db.sql import Statement
from tests.auth.browsers import PASSWORD, sign_in, with_password
from tests.builders import Desk, SignedIn
from tests.web.app import envelope

ME = "/api/users/@me/"
NO_KEYS = envelope(
    "authentication_error",
    "permission_denied",
    "This action does not support personal API key access",
)
EVENTS = Statement(
    "SELECT coalesce(jsonb_agg(payload ->> 'type' ORDER BY seq), '[]')::text FROM events"
    " WHERE project_id = 0 AND type LIKE 'user.%' AND (payload ->> 'user_id')::bigint = $1"
)


async def patch(browser: SignedIn, **fields: Any) -> httpx.Response:
    return await browser.call("PATCH", ME, fields)


async def test_a_key_says_whose_it_is(desk: Desk) -> None:
    me = (await desk.call("GET", ME)).json()

    assert (me["id"], me["csrf_token"], me["session_id"]) == (desk.ada.id, "", None)
    assert [each["id"] for each in me["organizations"]] == [str(desk.organization_id)]


async def test_a_limited_key_sees_its_projects_only(desk: Desk, other_desk: Desk) -> None:
    limited = await desk.a_key("ticket:read", projects=[other_desk.project.id])

    me = (await desk.call("GET", ME, key=limited)).json()

    assert me["organizations"][0]["projects"] == []


async def test_nobody_is_not_signed_in(desk: Desk) -> None:
    assert (await desk.client.get(ME)).status_code == 401


async def test_the_cookie_is_renewed_whenever_the_inbox_is_opened(desk: Desk) -> None:
    browser = await desk.session()

    answer = await browser.call("GET", ME)

    assert answer.headers["set-cookie"].startswith(browser.cookie)


async def test_names_are_changed_one_by_one(desk: Desk) -> None:
    browser = await desk.session()

    await patch(browser, first_name=" Ada ", last_name="Byron")
    changed = await patch(browser, last_name="Lovelace")

    assert (changed.json()["first_name"], changed.json()["last_name"]) == ("Ada", "Lovelace")
    assert changed.json() == (await browser.call("GET", ME)).json()


async def test_preferences_are_merged_and_null_unsets(desk: Desk) -> None:
    browser = await desk.session()

    await patch(browser, preferences={"theme": "dark", "sound": False, "deep": {"a": None}})
    changed = await patch(browser, preferences={"theme": None, "sound": True})
    emptied = await patch(browser, preferences={"sound": None, "deep": None})

    assert changed.json()["preferences"] == {"sound": True, "deep": {"a": None}}
    assert emptied.json()["preferences"] == {}


async def test_preferences_do_not_grow_for_ever(desk: Desk) -> None:
    browser = await desk.session()
    await patch(browser, preferences={"a": "x" * 6_000})

    refused = await patch(browser, first_name="Ada", preferences={"b": "x" * 6_000})

    me = (await browser.call("GET", ME)).json()
    assert (refused.status_code, refused.json()["attr"]) == (400, "preferences")
    assert (me["first_name"], list(me["preferences"])) == ("", ["a"])


async def test_what_changes_nothing_says_nothing(desk: Desk) -> None:
    browser = await desk.session()

    assert (await patch(browser, first_name="", preferences={})).status_code == 200
    assert await desk.work.database.value(EVENTS, desk.ada.id) == "[]"


async def test_a_new_password_ends_every_other_session(desk: Desk) -> None:
    ada = await with_password(desk)
    browser, other = await desk.session(), await desk.session()

    changed = await patch(browser, password="open sesame", current_password=PASSWORD)

    assert changed.status_code == 200
    assert (await browser.call("GET")).status_code == 200
    assert (await other.call("GET")).status_code == 401
    assert (await sign_in(desk, ada.email)).status_code == 401
    assert (await sign_in(desk, ada.email, "open sesame")).status_code == 200
    assert await desk.work.database.value(EVENTS, ada.id) == '["user.password_changed"]'


@pytest.mark.parametrize(
    ("fields", "attr"),
    [
        ({"password": "open sesame"}, "current_password"),
        ({"password": "open sesame", "current_password": "wrong"}, "current_password"),
        ({"password": "short", "current_password": PASSWORD}, "password"),
        ({"password": "", "current_password": PASSWORD}, "password"),
    ],
)
async def test_a_password_that_is_refused_changes_nothing(
    desk: Desk, fields: dict[str, str], attr: str
) -> None:
    ada = await with_password(desk)
    browser, other = await desk.session(), await desk.session()

    refused = await patch(browser, first_name="Ada", **fields)

    assert (refused.status_code, refused.json()["attr"]) == (400, attr)
    assert (await other.call("GET", ME)).json()["first_name"] == ""
    assert (await sign_in(desk, ada.email)).status_code == 200


async def test_sessions_are_listed_and_ended(desk: Desk) -> None:
    browser, other = await desk.session(), await desk.session()

    listed = (await browser.call("GET", ME + "sessions/")).json()["results"]
    ended = await browser.call("DELETE", f"{ME}sessions/{other.id}/")

    current = {each["id"]: each["is_current"] for each in listed}
    assert current == {str(browser.id): True, str(other.id): False}
    assert (listed[0]["address"], listed[0]["user_agent"]) == ("192.0.2.1", "A browser")
    assert ended.status_code == 204
    assert (await other.call("GET")).status_code == 401


async def test_all_others_are_ended_at_once(desk: Desk) -> None:
    browser, *others = [await desk.session() for _ in range(3)]

    ended = [(await browser.call("POST", ME + "sessions/end_others/")).json() for _ in range(2)]

    assert ended == [{"ended": 2}, {"ended": 0}]
    assert [(await each.call("GET")).status_code for each in others] == [401, 401]
    assert (await browser.call("GET")).status_code == 200


async def test_nobody_ends_the_sessions_of_others(desk: Desk) -> None:
    browser, bens = await desk.session(), await desk.session(await desk.a_user())

    refused = await browser.call("DELETE", f"{ME}sessions/{bens.id}/")

    assert refused.status_code == 404
    assert (await bens.call("GET")).status_code == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PATCH", ME),
        ("GET", ME + "sessions/"),
        ("DELETE", ME + "sessions/00000000-0000-0000-0000-000000000000/"),
        ("POST", ME + "sessions/end_others/"),
        ("GET", "/api/personal_api_keys/"),
        ("POST", "/api/personal_api_keys/"),
        ("PATCH", "/api/personal_api_keys/00000000-0000-0000-0000-000000000000/"),
        ("DELETE", "/api/personal_api_keys/00000000-0000-0000-0000-000000000000/"),
    ],
)
async def test_a_key_is_not_enough(desk: Desk, method: str, path: str) -> None:
    answer = await desk.call(method, path)

    assert (answer.status_code, answer.json()) == (403, NO_KEYS)
