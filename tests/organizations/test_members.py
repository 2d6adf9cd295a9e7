"""Members and the team: who is shown, who may make whom what, and what a removal ends."""

import asyncio

import pytest

from rejoinder.auth.types import Level, User
from rejoinder.events.work import Work
from rejoinder.organizations.commands import add_member, add_role_member
from tests.builders import ROOT, Desk, SignedIn
from tests.eventually import eventually
from tests.web.app import envelope

NOT_FOUND = envelope("invalid_request", "not_found", "Not found.")


def url(desk: Desk, rest: str = "") -> str:
    return f"/api/organizations/{desk.organization_id}/{rest}"


async def level_of(desk: Desk, user: User) -> str | None:
    members = (await desk.call("GET", url(desk, "members/"))).json()["results"]
    levels = {member["user"]["id"]: member["level"] for member in members}
    return levels.get(user.id)


async def as_level(desk: Desk, level: Level) -> SignedIn:
    return await desk.session(await desk.a_user(level))


async def test_members_are_listed_with_when_they_were_seen(desk: Desk) -> None:
    ben = await desk.a_user("viewer")
    browser = await desk.session(ben)

    ada_out, ben_out = (await browser.call("GET", url(desk, "members/"))).json()["results"]

    user = {"id": ben.id, "email": ben.email, "first_name": "", "last_name": ""}
    assert (ben_out["user"], ben_out["level"]) == (user, "viewer")
    assert ben_out["last_seen_at"] > ben_out["joined_at"]
    assert (ada_out["user"]["id"], ada_out["last_seen_at"]) == (desk.ada.id, None)


async def test_an_admin_changes_levels(desk: Desk) -> None:
    ben = await desk.a_user("agent")

    changed = await desk.call("PATCH", url(desk, f"members/{ben.id}/"), {"level": "viewer"})

    assert (changed.status_code, changed.json()["level"]) == (200, "viewer")
    assert await level_of(desk, ben) == "viewer"


@pytest.mark.parametrize("level", ["agent", "viewer"])
async def test_others_change_no_members(desk: Desk, level: Level) -> None:
    browser = await as_level(desk, level)
    ben = await desk.a_user("agent")
    refused = [
        await browser.call("PATCH", url(desk, f"members/{ben.id}/"), {"level": "admin"}),
        await browser.call("PATCH", url(desk, f"members/{browser.user.id}/"), {"level": "admin"}),
        await browser.call("DELETE", url(desk, f"members/{ben.id}/")),
        await browser.call("POST", url(desk, "invites/"), {"email": "x@example.com"}),
        await browser.call("GET", url(desk, "invites/")),
        await browser.call("POST", url(desk, "roles/"), {"name": "x"}),
        await browser.call("PATCH", url(desk), {"name": "x"}),
        await browser.call("POST", url(desk, "projects/"), {"name": "x"}),
    ]

    assert [answer.status_code for answer in refused] == [403] * 8
    assert await level_of(desk, ben) == "agent"


async def test_only_an_owner_makes_or_unmakes_owners(desk: Desk) -> None:
    owner, ben = await as_level(desk, "owner"), await desk.a_user("agent")
    admin = await desk.session()

    by_admin = [
        await admin.call("PATCH", url(desk, f"members/{ben.id}/"), {"level": "owner"}),
        await admin.call("PATCH", url(desk, f"members/{owner.user.id}/"), {"level": "agent"}),
        await admin.call("DELETE", url(desk, f"members/{owner.user.id}/")),
        await admin.call("POST", url(desk, "invites/"), {"email": "x@x.org", "level": "owner"}),
    ]
    by_owner = await owner.call("PATCH", url(desk, f"members/{ben.id}/"), {"level": "owner"})

    assert [answer.status_code for answer in by_admin] == [403] * 4
    assert (by_owner.status_code, await level_of(desk, ben)) == (200, "owner")


async def test_the_last_owner_stays(desk: Desk) -> None:
    owner = await as_level(desk, "owner")
    path = url(desk, f"members/{owner.user.id}/")

    refused = [
        await owner.call("PATCH", path, {"level": "admin"}),
        await owner.call("DELETE", path),
    ]

    assert [(answer.status_code, answer.json()["code"]) for answer in refused] == [
        (400, "last_owner")
    ] * 2


async def test_an_owner_may_go_when_another_stays(desk: Desk) -> None:
    owner, other = await as_level(desk, "owner"), await desk.a_user("owner")

    gone = await owner.call("DELETE", url(desk, f"members/{owner.user.id}/"))

    assert gone.status_code == 204
    assert await level_of(desk, other) == "owner"


async def test_two_owners_cannot_unmake_each_other(desk: Desk) -> None:
    owners = [await as_level(desk, "owner") for _ in range(2)]
    paths = [url(desk, f"members/{owner.user.id}/") for owner in owners]

    answers = await asyncio.gather(
        owners[0].call("PATCH", paths[1], {"level": "agent"}),
        owners[1].call("PATCH", paths[0], {"level": "agent"}),
    )

    assert sorted(answer.status_code for answer in answers) == [200, 403]


async def test_a_removed_member_reaches_nothing_but_stays_readable(desk: Desk) -> None:
    ben = await desk.a_user("agent")
    browser, key = await desk.session(ben), await desk.a_key("*", user=ben)
    role = await desk.a_role()
    async with desk.work.begin(ROOT) as tx:
        await add_role_member(tx, role.id, ben.id)
    await desk.a_ticket(assignee={"type": "user", "id": ben.id})

    removed = await desk.call("DELETE", url(desk, f"members/{ben.id}/"))

    assert removed.status_code == 204
    assert (await browser.call("GET")).status_code == 404
    assert (await desk.call("GET", key=key)).status_code == 404
    assert (await browser.call("GET", url(desk, "members/"))).status_code == 404
    assert (await desk.call("GET", "1/")).json()["assignee"]["id"] == ben.id
    team = (await desk.call("GET", desk.url + "team/")).json()
    assert [user["id"] for user in team["users"]] == [desk.ada.id]
    assert team["roles"][0]["members"] == []


async def test_who_is_no_member_is_not_found(desk: Desk, other_desk: Desk) -> None:
    path = url(desk, f"members/{other_desk.ada.id}/")

    changed = await desk.call("PATCH", path, {"level": "agent"})
    removed = await desk.call("DELETE", path)

    assert (changed.status_code, removed.status_code) == (404, 404)


async def test_another_organization_is_not_there(desk: Desk, other_desk: Desk) -> None:
    paths = ["", "members/", "invites/", "roles/"]

    answers = [await desk.call("GET", url(other_desk, path)) for path in paths]

    assert [(answer.status_code, answer.json()) for answer in answers] == [(404, NOT_FOUND)] * 4


async def test_a_key_needs_all_scopes_and_all_projects(desk: Desk) -> None:
    reader = await desk.a_key("ticket:read", "ticket:write")
    limited = await desk.a_key("*", projects=[desk.project.id])

    statuses = [
        (await desk.call("GET", url(desk, "members/"), key=key)).status_code
        for key in (reader, limited)
    ]

    assert statuses == [403, 403]


async def test_the_team_is_who_can_be_assigned(desk: Desk, other_desk: Desk) -> None:
    ben, role = await desk.a_user("viewer"), await desk.a_role("Billing")
    async with desk.work.begin(ROOT) as tx:
        await add_role_member(tx, role.id, ben.id)
    reader = await desk.a_key("ticket:read")

    team = (await desk.call("GET", desk.url + "team/", key=reader)).json()

    assert {user["id"]: user["level"] for user in team["users"]} == {
        desk.ada.id: "admin",
        ben.id: "viewer",
    }
    assert team["roles"] == [{"id": str(role.id), "name": "Billing", "members": [ben.id]}]


async def test_an_organization_is_renamed_by_its_admins(desk: Desk) -> None:
    renamed = await desk.call("PATCH", url(desk), {"name": " Difference Engines "})

    me = (await desk.call("GET", "/api/users/@me/")).json()
    assert renamed.json() == (await desk.call("GET", url(desk))).json()
    assert (renamed.json()["name"], renamed.json()["level"]) == ("Difference Engines", "admin")
    assert me["organizations"][0]["name"] == "Difference Engines"


async def test_a_new_project_is_open_at_once(desk: Desk) -> None:
    browser = await desk.session()
    headers = {"Idempotency-Key": "one"}

    created = await browser.call("POST", url(desk, "projects/"), {"name": "Sales"}, headers=headers)
    again = await browser.call("POST", url(desk, "projects/"), {"name": "Sales"}, headers=headers)

    project = created.json()
    tickets = f"/api/projects/{project['id']}/conversations/tickets/"
    assert (created.status_code, again.json()) == (201, project)
    assert project["secret_api_token"].startswith("phs_")
    assert (await browser.call("GET", tickets)).json()["count"] == 0


async def test_a_level_that_was_taken_away_elsewhere_counts_at_once(desk: Desk) -> None:
    ben = await desk.a_user("admin")
    browser = await desk.session(ben)
    assert (await browser.call("GET", url(desk, "invites/"))).status_code == 200

    async with Work(desk.work.database, process="elsewhere").begin(ROOT) as tx:
        await add_member(tx, desk.organization_id, ben.id, "agent")

    async def status() -> int:
        return (await browser.call("GET", url(desk, "invites/"))).status_code

    await eventually(status, 403)


async def test_whom_an_admin_deactivates_is_out_at_once(desk: Desk) -> None:
    ben = await desk.a_user()
    browser, key = await desk.session(ben), await desk.a_key("*", user=ben)

    done = await desk.call("POST", url(desk, f"members/{ben.id}/deactivate/"))

    assert done.status_code == 204
    assert await level_of(desk, ben) is None
    assert (await browser.call("GET")).status_code == 401
    assert (await desk.call("GET", key=key)).status_code == 401
    again = await desk.call("POST", url(desk, f"members/{ben.id}/deactivate/"))
    assert (again.status_code, again.json()) == (404, NOT_FOUND)


async def test_the_last_active_owner_cannot_be_deactivated(desk: Desk) -> None:
    owner, other = await as_level(desk, "owner"), await desk.a_user("owner")

    first = await owner.call("POST", url(desk, f"members/{other.id}/deactivate/"))
    last = await owner.call("POST", url(desk, f"members/{owner.user.id}/deactivate/"))

    assert first.status_code == 204
    assert (last.status_code, last.json()["code"]) == (400, "last_owner")


async def test_who_belongs_elsewhere_too_is_not_deactivated_from_here(
    desk: Desk, other_desk: Desk
) -> None:
    ben = await desk.a_user()
    async with desk.work.begin(ROOT) as tx:
        await add_member(tx, other_desk.organization_id, ben.id, "agent")

    refused = await desk.call("POST", url(desk, f"members/{ben.id}/deactivate/"))

    assert (refused.status_code, refused.json()["code"]) == (409, "belongs_elsewhere")
    assert await level_of(desk, ben) == "agent"


async def test_only_an_owner_deactivates_an_owner(desk: Desk) -> None:
    owner = await desk.a_user("owner")

    refused = await desk.call("POST", url(desk, f"members/{owner.id}/deactivate/"))

    assert refused.status_code == 403
