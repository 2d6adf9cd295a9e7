"""Organizations, projects, roles and settings: what is refused, merged and announced."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest

from rejoinder.errors import Invalid, NotFound
from rejoinder.events.event import Actor
from rejoinder.events.work import Tx
from rejoinder.organizations.commands import (
    add_member,
    add_role_member,
    change_settings,
    create_organization,
    create_project,
    create_role,
)
from rejoinder.organizations.settings import as_dict
from tests.builders import ROOT, Desk
from tests.tickets.log import events_of

NOBODYS = UUID("0198a5c0-0000-7000-8000-000000000000")


async def change(desk: Desk, enabled: bool | None = None, **settings: Any) -> dict[str, Any]:  # noqa: FBT001  as the command has it
    async with desk.work.begin(Actor(desk.project.id, "system", "test")) as tx:
        project = await change_settings(tx, enabled=enabled, settings=settings)
    return as_dict(project.conversations_settings)


async def test_a_project_has_tokens_of_its_own(desk: Desk, other_desk: Desk) -> None:
    mine, other = desk.project, other_desk.project

    assert mine.api_token.startswith("phc_")
    assert mine.secret_api_token.startswith("phs_")
    assert len(mine.widget_public_token) > 20
    tokens = [
        token
        for each in (mine, other)
        for token in (each.api_token, each.secret_api_token, each.widget_public_token)
    ]
    assert len(set(tokens)) == 6


async def test_settings_are_merged_and_only_changes_are_announced(desk: Desk) -> None:
    first = await change(desk, widget_enabled=True, widget_color="#123456")
    second = await change(desk, widget_color="#abcdef", widget_enabled=True)
    same = await change(desk, widget_color="#abcdef")

    assert first == {"widget_enabled": True, "widget_color": "#123456"}
    assert second == same == {"widget_enabled": True, "widget_color": "#abcdef"}
    changed = [e for e in await events_of(desk) if e["type"] == "project.changed"]
    assert [(e["settings"], e["previous"]) for e in changed] == [
        (first, {"widget_enabled": None, "widget_color": None}),
        ({"widget_color": "#abcdef"}, {"widget_color": "#123456"}),
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"colour": "red"},
        {"widget_color": "red"},
        {"widget_enabled": "yes"},
        {"widget_domains": "example.com"},
        {"widget_domains": [""]},
        {"widget_position": "middle"},
        {"widget_greeting_text": "x" * 1001},
    ],
)
async def test_a_setting_that_is_none_is_refused_by_name(desk: Desk, wrong: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as refused:
        await change(desk, **wrong)

    assert (refused.value.attr or "").startswith(next(iter(wrong)))


@pytest.mark.parametrize("name", ["", "  ", "x" * 201])
async def test_names_have_1_to_200_characters(desk: Desk, name: str) -> None:
    with pytest.raises(Invalid):
        async with desk.work.begin(ROOT) as tx:
            await create_organization(tx, name)
    with pytest.raises(Invalid):
        async with desk.work.begin(ROOT) as tx:
            await create_project(tx, desk.organization_id, name)


async def test_a_role_has_its_name_for_itself(desk: Desk, other_desk: Desk) -> None:
    await desk.a_role("Billing")
    await other_desk.a_role("Billing")

    with pytest.raises(Invalid) as refused:
        await desk.a_role("BILLING")
    assert (refused.value.attr, refused.value.code) == ("name", "unique")


async def test_only_members_of_its_organization_belong_to_a_role(
    desk: Desk, other_desk: Desk
) -> None:
    role = await desk.a_role()
    async with desk.work.begin(ROOT) as tx:
        await add_role_member(tx, role.id, desk.ada.id)
        await add_role_member(tx, role.id, desk.ada.id)

    for role_id, user in ((role.id, other_desk.ada.id), (NOBODYS, desk.ada.id)):
        with pytest.raises(NotFound):
            async with desk.work.begin(ROOT) as tx:
                await add_role_member(tx, role_id, user)


async def test_there_is_nothing_without_an_organization(desk: Desk) -> None:
    commands: tuple[Callable[[Tx], Awaitable[object]], ...] = (
        lambda tx: create_project(tx, NOBODYS, "x"),
        lambda tx: create_role(tx, NOBODYS, "x"),
        lambda tx: add_member(tx, NOBODYS, desk.ada.id, "agent"),
    )

    for command in commands:
        with pytest.raises(NotFound):
            async with desk.work.begin(ROOT) as tx:
                await command(tx)
