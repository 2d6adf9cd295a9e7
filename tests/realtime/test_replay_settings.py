"""Old state plus events is the new state: for a project's settings, and for a user's keys."""

import random
from typing import Any

import msgspec
import pytest

from rejoinder.auth.commands import change_key, create_key, revoke_key
from rejoinder.auth.types import User
from rejoinder.db.pool import Database
from rejoinder.events.event import INSTALLATION, Position, Recorded
from rejoinder.events.queries import end_of_log, log
from rejoinder.organizations.commands import change_settings
from tests.builders import Desk, SignedIn
from tests.realtime.replays import replays

KEYS = "/api/personal_api_keys/"
VALUES = {
    "widget_color": ["#112233", "#ffffff", None, "red"],
    "widget_domains": [["example.com"], [], ["a.example", None], None],
    "widget_require_email": [True, False, None],
    "status_on_team_reply": ["open", "pending", None],
    "no_such_setting": [1],
}


async def settings_of(desk: Desk) -> dict[str, Any]:
    project = (await desk.call("GET", desk.url)).json()
    enabled = {"conversations_enabled": project["conversations_enabled"]}
    return project["conversations_settings"] | enabled


async def change_something(desk: Desk, chance: random.Random) -> None:
    """Some settings, right or wrong; or none that is new."""
    names = chance.sample(list(VALUES), chance.randint(0, 3))
    body: dict[str, Any] = {
        "conversations_settings": {name: chance.choice(VALUES[name]) for name in names}
    }
    if chance.random() < 0.3:
        body["conversations_enabled"] = chance.choice([True, False])
    response = await desk.call("PATCH", desk.url, body)
    assert response.status_code in (200, 400), response.text


def applied(settings: dict[str, Any], data: dict[str, Any]) -> dict[str, Any]:
    """The settings after an event; it says what they were before, too."""
    assert {name: settings.get(name) for name in data["settings"]} == data["previous"]
    after = settings | data["settings"]
    return {name: value for name, value in after.items() if value is not None}


@replays(change_settings)
@pytest.mark.parametrize("seed", range(3))
async def test_settings_can_be_rebuilt_from_their_events(desk: Desk, seed: int) -> None:
    chance = random.Random(seed)
    state = await settings_of(desk)
    cursor = ""
    for _ in range(4):
        for _ in range(8):
            await change_something(desk, chance)
        given = {"types": "project.changed", "after": cursor, "limit": "1000"}
        page = (await desk.call("GET", f"{desk.url}events/", params=given)).json()
        cursor = page["cursor"]

        for event in page["results"]:
            state = applied(state, event["data"])

        assert state == await settings_of(desk)


async def keys_of(browser: SignedIn) -> dict[str, dict[str, Any]]:
    listed = (await browser.call("GET", KEYS)).json()["results"]
    told = ("label", "scopes", "scoped_projects")
    return {key["id"]: {name: key[name] for name in told} for key in listed}


async def do_something(browser: SignedIn, chance: random.Random) -> None:
    """Creates, changes or revokes a key; a change may change nothing."""
    fields: dict[str, Any] = {
        "label": chance.choice(["Export", "Import"]),
        "scopes": chance.choice([["*"], ["ticket:read"]]),
        "scoped_projects": chance.choice([[], [browser.desk.project.id]]),
    }
    known = list(await keys_of(browser))
    match chance.randrange(4) if known else 0:
        case 0:
            response = await browser.call("POST", KEYS, fields)
        case 1:
            response = await browser.call("DELETE", f"{KEYS}{chance.choice(known)}/")
        case _:
            some = dict(chance.sample(sorted(fields.items()), 2))
            response = await browser.call("PATCH", f"{KEYS}{chance.choice(known)}/", some)
    assert response.is_success, response.text


def apply_to_keys(keys: dict[str, dict[str, Any]], event: Recorded, user: User) -> None:
    data = msgspec.json.decode(event.payload, type=dict[str, Any])
    if data.get("user_id") != user.id:
        return
    match event.type:
        case "key.created" | "key.changed":
            keys[data["key_id"]] = {
                "label": data["label"],
                "scopes": data["scopes"],
                "scoped_projects": data["project_ids"],
            }
        case "key.revoked":
            del keys[data["key_id"]]
        case _:
            pass


@replays(create_key, change_key, revoke_key)
@pytest.mark.parametrize("seed", range(3))
async def test_keys_can_be_rebuilt_from_their_events(
    desk: Desk, database: Database, seed: int
) -> None:
    chance = random.Random(seed)
    browser = await desk.session()
    state = await keys_of(browser)
    position: Position = await end_of_log(database)
    for _ in range(20):
        await do_something(browser, chance)

    for event in await log(database, INSTALLATION, position, (), 1_000):
        apply_to_keys(state, event, browser.user)

    assert state == await keys_of(browser)
