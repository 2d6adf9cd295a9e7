"""Personal API keys in the browser: shown once, limited, changed and revoked."""

from typing import Any

import pytest

from tests.builders import Desk, SignedIn

KEYS = "/api/personal_api_keys/"


async def create(browser: SignedIn, **fields: Any) -> dict[str, Any]:
    given = {"label": "Export", "scopes": ["ticket:read"]} | fields
    answer = await browser.call("POST", KEYS, given)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_a_key_is_shown_once(desk: Desk) -> None:
    ben = await desk.session(await desk.a_user())

    made = await create(ben)
    (listed,) = (await ben.call("GET", KEYS)).json()["results"]

    value = made.pop("value")
    assert listed == made
    assert made["mask"] == f"phx_…{value[-4:]}"
    assert (made["scopes"], made["scoped_projects"], made["last_used_at"]) == (
        ["ticket:read"],
        [],
        None,
    )
    assert (await desk.call("GET", key=value)).status_code == 200


async def test_a_key_opens_another_reach_at_once(desk: Desk) -> None:
    browser = await desk.session()
    made = await create(browser)
    assert (await desk.call("POST", key=made["value"])).status_code == 403

    changed = await browser.call(
        "PATCH",
        f"{KEYS}{made['id']}/",
        {"label": "All", "scopes": ["*"], "scoped_projects": [desk.project.id]},
    )

    assert (changed.json()["label"], changed.json()["scoped_projects"]) == (
        "All",
        [desk.project.id],
    )
    assert (await desk.call("POST", key=made["value"])).status_code == 201


async def test_what_is_absent_stays(desk: Desk) -> None:
    browser = await desk.session()
    made = await create(browser, scoped_projects=[desk.project.id])

    changed = await browser.call("PATCH", f"{KEYS}{made['id']}/", {"label": "Import"})

    del made["value"]
    assert changed.json() == made | {"label": "Import"}


async def test_a_revoked_key_opens_nothing(desk: Desk) -> None:
    browser = await desk.session()
    made = await create(browser)
    assert (await desk.call("GET", key=made["value"])).status_code == 200

    revoked = [await browser.call("DELETE", f"{KEYS}{made['id']}/") for _ in range(2)]

    assert [answer.status_code for answer in revoked] == [204, 404]
    assert (await desk.call("GET", key=made["value"])).status_code == 401


async def test_nobody_touches_the_keys_of_others(desk: Desk) -> None:
    ben, ada = await desk.session(await desk.a_user()), await desk.session()
    made = await create(ada)

    statuses = [
        (await ben.call(method, f"{KEYS}{made['id']}/", {"label": "x"})).status_code
        for method in ("PATCH", "DELETE")
    ]

    assert statuses == [404, 404]
    assert (await ben.call("GET", KEYS)).json()["results"] == []


@pytest.mark.parametrize(
    ("fields", "attr"),
    [
        ({"scopes": []}, "scopes"),
        ({"scopes": ["ticket:fly"]}, "scopes"),
        ({"label": ""}, "label"),
        ({"scoped_projects": [0]}, "scoped_projects"),
        ({"scoped_projects": [2**62]}, "scoped_projects"),
    ],
)
async def test_a_key_that_would_open_nothing_is_refused(
    desk: Desk, fields: dict[str, Any], attr: str
) -> None:
    browser = await desk.session()

    refused = await browser.call("POST", KEYS, {"label": "x", "scopes": ["*"]} | fields)

    assert (refused.status_code, refused.json()["attr"]) == (400, attr)


async def test_a_key_is_limited_to_projects_of_its_user(desk: Desk, other_desk: Desk) -> None:
    browser = await desk.session()

    refused = await browser.call(
        "POST", KEYS, {"label": "x", "scopes": ["*"], "scoped_projects": [other_desk.project.id]}
    )

    assert (refused.status_code, refused.json()["attr"]) == (400, "scoped_projects")
