"""Old state plus events is the new state: for users and the browsers they are signed in with."""

import random
import secrets
from typing import Any

import msgspec
import pytest

from rejoinder.auth import commands, queries
from rejoinder.auth.queries import profile, sessions
from rejoinder.auth.types import Device
from tests.builders import LIFE, ROOT, Desk
from tests.realtime.rebuilding import Logged, reader
from tests.realtime.replays import replays

DEVICE = Device("192.0.2.1", "A browser")
PREFERENCES = ["theme", "density", "sound"]
VALUES = [None, True, 1, 1.5, "dark", {"email": True}]

State = dict[int, dict[str, Any]]


async def fetched(desk: Desk, user_ids: list[int]) -> State:
    database = desk.work.database
    state: State = {}
    for user_id in user_ids:
        user = await profile(database, user_id)
        state[user_id] = {
            "email": user.email,
            "first_name": user.first_name,
            "last_name": user.last_name,
            "preferences": msgspec.json.decode(user.preferences),
            "is_active": (await queries.users(database, [user_id]))[0].is_active,
            "keys": {str(key.id) for key in await queries.keys(database, user_id)},
            "sessions": {str(session.id) for session in await sessions(database, user_id, LIFE)},
        }
    return state


def apply(state: State, event: Logged) -> None:
    """What one event makes of the users."""
    data = event.data
    match event.type:
        case "user.created":
            names = {name: data[name] for name in ("email", "first_name", "last_name")}
            state[data["user_id"]] = {**names, "preferences": {}, "is_active": True}
            state[data["user_id"]] |= {"sessions": set[str](), "keys": set[str]()}
        case "user.changed":
            apply_to_profile(state[data["user_id"]], data)
        case "user.deactivated" | "user.activated":
            state[data["user_id"]]["is_active"] = event.type == "user.activated"
        case "key.created":
            state[data["user_id"]]["keys"].add(data["key_id"])
        case "key.revoked":
            state[data["user_id"]]["keys"].discard(data["key_id"])
        case "session.started":
            state[data["user_id"]]["sessions"].add(data["session_id"])
        case "session.ended":
            state[data["user_id"]]["sessions"].difference_update(data["session_ids"])
        case _:
            pass


def apply_to_profile(user: dict[str, Any], data: dict[str, Any]) -> None:
    """Names are set; of the preferences those that changed, null for none."""
    for name, value in data["values"].items():
        before, previous = user[name], data["previous"][name]
        if name == "preferences":
            assert {each: before.get(each) for each in value} == previous
            after = {**before, **value}
            user[name] = {each: kept for each, kept in after.items() if kept is not None}
        else:
            assert before == previous
            user[name] = value


async def begin(desk: Desk) -> int:
    """A new user; their password is too short a hash to be one."""
    async with desk.work.begin(ROOT) as tx:
        address = f"{secrets.token_hex(4)}@example.com"
        return (await commands.add_user(tx, address, "-", first_name="Ada")).id


async def act(desk: Desk, chance: random.Random, user_id: int) -> None:
    """One thing that happens to a user."""
    database = desk.work.database
    open_sessions = [session.id for session in await sessions(database, user_id, LIFE)]
    one = chance.choice(open_sessions) if open_sessions else None
    async with desk.work.begin(ROOT) as tx:
        match chance.randrange(12):
            case 0 | 1 | 2:
                some = chance.sample(PREFERENCES, 2)
                given = {name: chance.choice(VALUES) for name in some}
                name = chance.choice(["Ada", " Ben ", None])
                await commands.change_profile(tx, user_id, first_name=name, preferences=given)
            case 3 if one:
                await commands.end_session(tx, one, user_id)
            case 4:
                await commands.end_sessions(tx, user_id, but=one)
            case 5:
                await commands.change_password(tx, user_id, "-", by="user", keep=one)
            case 6:
                token = await commands.issue_reset(tx, user_id)
                await commands.redeem_reset(tx, token, "-")
            case 7:
                await commands.create_key(tx, user_id, ["*"])
            case 8:
                await commands.deactivate_user(tx, user_id)
            case 9:
                await commands.activate_user(tx, user_id)
            case _:
                await commands.start_session(tx, user_id, DEVICE, LIFE)


@replays(
    commands.add_user,
    commands.change_profile,
    commands.start_session,
    commands.end_session,
    commands.end_sessions,
    commands.change_password,
    commands.issue_reset,
    commands.redeem_reset,
    commands.activate_user,
    commands.deactivate_user,
)
@pytest.mark.parametrize("seed", range(3))
async def test_users_and_their_sessions_can_be_rebuilt_from_their_events(
    desk: Desk, seed: int
) -> None:
    chance = random.Random(seed)
    log = await reader(desk, of_installation=True)
    users = [await begin(desk) for _ in range(2)]
    state: State = {}
    for _ in range(4):
        for _ in range(15):
            await act(desk, chance, chance.choice(users))

        for event in await log.news():
            apply(state, event)

        assert state == await fetched(desk, users)


@replays(commands.create_user)
async def test_who_is_created_with_a_password_is_in_the_log_without_it(desk: Desk) -> None:
    log = await reader(desk, of_installation=True)
    async with desk.work.begin(ROOT) as tx:
        address = f"{secrets.token_hex(4)}@example.com"
        user = await commands.create_user(tx, address, "correct horse", last_name="Byron")
    state: State = {}

    for event in await log.news():
        assert "horse" not in repr(event.data)
        apply(state, event)

    assert state == await fetched(desk, [user.id])
