"""Roles: who belongs to them, and what becomes of their tickets."""

from typing import Any
from uuid import UUID

from rejoinder.organizations.types import Role
from tests.builders import Desk
from tests.tickets.log import types_of


def url(desk: Desk, rest: str = "") -> str:
    return f"/api/organizations/{desk.organization_id}/roles/{rest}"


async def listed(desk: Desk) -> list[dict[str, Any]]:
    return (await desk.call("GET", url(desk))).json()["results"]


async def with_ticket(desk: Desk) -> Role:
    """A role that a ticket is assigned to."""
    role = await desk.a_role()
    await desk.a_ticket(assignee={"type": "role", "id": str(role.id)})
    return role


async def test_a_role_is_created_renamed_and_deleted(desk: Desk) -> None:
    created = await desk.call("POST", url(desk), {"name": " Billing "})
    path = url(desk, f"{created.json()['id']}/")
    renamed = await desk.call("PATCH", path, {"name": "BILLING"})
    shown = await listed(desk)
    deleted = await desk.call("DELETE", path)

    assert (created.status_code, created.json()["name"]) == (201, "Billing")
    assert shown == [renamed.json()] == [created.json() | {"name": "BILLING"}]
    assert (deleted.status_code, await listed(desk)) == (204, [])


async def test_a_name_is_taken_once(desk: Desk) -> None:
    await desk.a_role("Billing")
    sales = await desk.a_role("Sales")

    created = await desk.call("POST", url(desk), {"name": "billing"})
    renamed = await desk.call("PATCH", url(desk, f"{sales.id}/"), {"name": "billing"})

    assert [created.json()["code"], renamed.json()["code"]] == ["unique", "unique"]


async def test_members_come_and_go(desk: Desk, other_desk: Desk) -> None:
    role, ben = await desk.a_role(), await desk.a_user()
    path = url(desk, f"{role.id}/role_memberships/")

    added = [await desk.call("POST", path, {"user_id": ben.id}) for _ in range(2)]
    stranger = await desk.call("POST", path, {"user_id": other_desk.ada.id})
    removed = [await desk.call("DELETE", f"{path}{ben.id}/") for _ in range(2)]

    assert [answer.json()["members"] for answer in added] == [[ben.id]] * 2
    assert stranger.status_code == 404
    assert [answer.status_code for answer in removed] == [204, 404]
    assert (await listed(desk))[0]["members"] == []


async def test_another_organizations_role_is_not_there(desk: Desk, other_desk: Desk) -> None:
    role = await other_desk.a_role()

    answers = [
        await desk.call("PATCH", url(desk, f"{role.id}/"), {"name": "x"}),
        await desk.call("DELETE", url(desk, f"{role.id}/")),
        await desk.call("POST", url(desk, f"{role.id}/role_memberships/"), {"user_id": 1}),
    ]

    assert [answer.status_code for answer in answers] == [404] * 3


async def test_a_role_with_tickets_stays(desk: Desk) -> None:
    role = await with_ticket(desk)

    refused = await desk.call("DELETE", url(desk, f"{role.id}/"))

    assert (refused.status_code, refused.json()["code"]) == (400, "in_use")
    assert refused.json()["detail"] == "1 ticket is assigned to this role."


async def test_its_tickets_go_to_another_role(desk: Desk) -> None:
    role, sales = await with_ticket(desk), await desk.a_role("Sales")

    gone = await desk.call("DELETE", url(desk, f"{role.id}/?reassign_to={sales.id}"))

    assert gone.status_code == 204
    assert (await desk.call("GET", "1/")).json()["assignee"]["id"] == str(sales.id)
    assert (await types_of(desk))[-1] == "ticket.assigned"


async def test_its_tickets_go_to_nobody_deleted_ones_too(desk: Desk) -> None:
    role = await with_ticket(desk)
    await desk.call("DELETE", "1/")

    gone = await desk.call("DELETE", url(desk, f"{role.id}/?reassign_to=none"))
    restored = await desk.call("POST", "1/restore_deleted/")

    assert gone.status_code == 204
    assert restored.json()["assignee"] is None


async def test_tickets_go_to_no_role_of_others(desk: Desk, other_desk: Desk) -> None:
    role, foreign = await with_ticket(desk), await other_desk.a_role()

    for to in (foreign.id, role.id, UUID(int=0), "x"):
        refused = await desk.call("DELETE", url(desk, f"{role.id}/?reassign_to={to}"))
        assert (refused.status_code, refused.json()["attr"]) == (400, "reassign_to")
