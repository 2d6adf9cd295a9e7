"""Old state plus events is the new state: for an organization, its members, roles and invites."""

import random
import secrets
from contextlib import suppress
from typing import Any
from uuid import UUID

import pytest

from rejoinder.auth import commands as auth
from rejoinder.auth.types import Level
from rejoinder.errors import RejoinderError
from rejoinder.events.work import Tx
from rejoinder.organizations import commands as organizations
from rejoinder.organizations.invites import commands as invites
from rejoinder.organizations.invites.queries import invitation
from rejoinder.organizations.invites.queries import invites as open_invites
from rejoinder.organizations.members import commands as members
from rejoinder.organizations.roles import commands as roles
from rejoinder.organizations.roles.queries import roles as roles_of
from rejoinder.organizations.types import Membership
from tests.builders import ROOT, Desk, a_user
from tests.realtime.rebuilding import Logged, reader
from tests.realtime.replays import replays

LEVELS: list[Level] = ["viewer", "agent", "admin", "owner"]
NAMES = ["Billing", "Shipping", "Returns", "billing"]

State = dict[str, Any]


async def fetched(desk: Desk) -> State:
    """The organization as the API and its tables have it."""
    database, path = desk.work.database, f"/api/organizations/{desk.organization_id}/"
    people = (await desk.call("GET", f"{path}members/")).json()["results"]
    return {
        "name": (await desk.call("GET", path)).json()["name"],
        "projects": {
            project["id"]: project["name"]
            for organization in (await desk.call("GET", "/api/users/@me/")).json()["organizations"]
            for project in organization["projects"]
        },
        "members": {member["user"]["id"]: member["level"] for member in people},
        "roles": {
            str(role.id): (role.name, set(role.members))
            for role in await roles_of(database, desk.organization_id)
        },
        "invites": {
            str(found.id): (found.email, found.level)
            for found in await open_invites(database, desk.organization_id)
        },
    }


def apply(state: State, event: Logged) -> None:
    """What one event makes of the organization."""
    data = event.data
    match event.type:
        case "organization.renamed":
            assert state["name"] == data["previous"]
            state["name"] = data["name"]
        case "project.created":
            state["projects"][data["created_project_id"]] = data["name"]
        case "member.added":
            state["members"][data["user_id"]] = data["level"]
        case "member.level_changed":
            assert state["members"][data["user_id"]] == data["previous"]
            state["members"][data["user_id"]] = data["level"]
        case "member.removed":
            assert state["members"].pop(data["user_id"]) == data["previous"]
            for _, there in state["roles"].values():
                there.discard(data["user_id"])
        case "invite.created":
            state["invites"][data["invite_id"]] = data["email"], data["level"]
        case "invite.revoked" | "invite.accepted":
            del state["invites"][data["invite_id"]]
        case _:
            apply_to_roles(state["roles"], event.type, data)


def apply_to_roles(there: State, kind: str, data: dict[str, Any]) -> None:
    match kind:
        case "role.created":
            there[data["role_id"]] = data["name"], set[int]()
        case "role.renamed":
            before, people = there[data["role_id"]]
            assert before == data["previous"]
            there[data["role_id"]] = data["name"], people
        case "role.deleted":
            del there[data["role_id"]]
        case "role.member_added":
            there[data["role_id"]][1].add(data["user_id"])
        case "role.member_removed":
            there[data["role_id"]][1].remove(data["user_id"])
        case _:
            pass


class Chance:
    """Does one thing to the organization at a time; refusals are part of it."""

    def __init__(self, desk: Desk, seed: int) -> None:
        self.desk = desk
        self.organization_id = desk.organization_id
        self.by = Membership(desk.organization_id, desk.ada.id, "admin")
        self.random = random.Random(seed)
        self.doings = [
            self.rename,
            self.begin_project,
            self.join,
            self.change_level,
            self.leave,
            *[self.begin_role, self.change_role] * 3,
            self.end_role,
            *[self.invite, self.end_invite] * 2,
        ]

    async def act(self) -> None:
        with suppress(RejoinderError):
            async with self.desk.work.begin(ROOT) as tx:
                await self.random.choice(self.doings)(tx)

    async def rename(self, tx: Tx) -> None:
        name = self.random.choice(["Engines", "Machines"])
        await organizations.rename_organization(tx, self.organization_id, name)

    async def begin_project(self, tx: Tx) -> None:
        await organizations.create_project(tx, self.organization_id, self.random.choice(NAMES))

    async def join(self, tx: Tx) -> None:
        user = await a_user(tx, "ben")
        level = self.random.choice(LEVELS)
        await organizations.add_member(tx, self.organization_id, user.id, level)

    async def change_level(self, tx: Tx) -> None:
        level = self.random.choice(LEVELS)
        await members.change_level(tx, self.by, await self._somebody(), level)

    async def leave(self, tx: Tx) -> None:
        await members.remove_member(tx, self.by, await self._somebody())

    async def begin_role(self, tx: Tx) -> None:
        await organizations.create_role(tx, self.organization_id, self.random.choice(NAMES))

    async def change_role(self, tx: Tx) -> None:
        role = self.random.choice(await roles_of(tx, self.organization_id))
        match self.random.randrange(4):
            case 0:
                await roles.rename_role(tx, role, self.random.choice(NAMES))
            case 1:
                await roles.remove_role_member(tx, role, self.random.choice(role.members))
            case _:
                await organizations.add_role_member(tx, role.id, await self._somebody())

    async def end_role(self, tx: Tx) -> None:
        await roles.delete_role(tx, self.random.choice(await roles_of(tx, self.organization_id)))

    async def invite(self, tx: Tx) -> None:
        address = f"{self.random.choice(['cleo', 'dora'])}@{self.organization_id}.example"
        await invites.invite(tx, self.by, address, self.random.choice(LEVELS))

    async def end_invite(self, tx: Tx) -> None:
        found = self.random.choice(await open_invites(tx, self.organization_id))
        if self.random.random() < 0.5:
            await invites.revoke(tx, self.organization_id, found.id)
        elif opened := await invitation(tx, found.id):
            user = await auth.add_user(tx, opened.email + secrets.token_hex(2), "-")
            await invites.accept(tx, opened, user.id)

    async def _somebody(self) -> int:
        """A member, but Ada."""
        path = f"/api/organizations/{self.organization_id}/members/"
        people = (await self.desk.call("GET", path)).json()["results"]
        return self.random.choice([each["user"]["id"] for each in people][1:] or [0])


@replays(
    organizations.rename_organization,
    organizations.create_project,
    organizations.add_member,
    organizations.create_role,
    organizations.add_role_member,
    members.change_level,
    members.remove_member,
    roles.rename_role,
    roles.delete_role,
    roles.remove_role_member,
    invites.invite,
    invites.revoke,
    invites.accept,
)
@pytest.mark.parametrize("seed", range(3))
async def test_an_organization_can_be_rebuilt_from_its_events(desk: Desk, seed: int) -> None:
    chance = Chance(desk, seed)
    log = await reader(desk, of_installation=True)
    state = await fetched(desk)
    for _ in range(8):
        for _ in range(25):
            with suppress(IndexError):  # there is nothing of the kind to choose from
                await chance.act()

        for event in await log.news():
            apply(state, event)

        assert state == await fetched(desk)


@replays(organizations.create_organization)
async def test_a_new_organization_is_in_the_log_with_its_name(desk: Desk) -> None:
    log = await reader(desk, of_installation=True)
    async with desk.work.begin(ROOT) as tx:
        organization_id = await organizations.create_organization(tx, " Engines ")

    (event,) = await log.news()

    assert event.type == "organization.created"
    assert UUID(event.data["organization_id"]) == organization_id
    assert event.data["name"] == "Engines"
