"""Old state plus events is the new state: for what a project has beside its tickets."""

import random
from typing import Any, Final, cast
from uuid import UUID

import pytest

from rejoinder.errors import RejoinderError
from rejoinder.events.event import Actor
from rejoinder.events.work import Tx
from rejoinder.ids import new_id
from rejoinder.macros import commands as macros
from rejoinder.notifications import commands as notifications
from rejoinder.notifications.queries import unread
from rejoinder.notifications.types import Facts, Kind, Reader
from rejoinder.organizations import commands as organizations
from rejoinder.views import commands as views
from rejoinder.webhooks import commands as webhooks
from rejoinder.webhooks.queries import locked_webhook
from rejoinder.webhooks.types import NewWebhook, Webhook
from tests.builders import Desk, SignedIn
from tests.realtime.rebuilding import Logged, reader
from tests.realtime.replays import replays

TOLD: Final = ("description", "event_types", "public_only", "enabled")
"""An address may hold a secret: the log has all but that."""


def actor(desk: Desk) -> Actor:
    return Actor(desk.project.id, "user", str(desk.ada.id))


async def webhooks_of(desk: Desk) -> dict[str, dict[str, Any]]:
    listed = (await desk.call("GET", f"{desk.url}webhooks/")).json()["results"]
    return {
        each["id"]: {name: each[name] for name in (*TOLD, "disabled_because")} for each in listed
    }


def apply_to_webhooks(state: dict[str, dict[str, Any]], event: Logged) -> None:
    data = event.data
    match event.type:
        case "webhook.created":
            told = {name: data[name] for name in TOLD}
            state[data["webhook_id"]] = {**told, "disabled_because": None}
        case "webhook.changed":
            webhook = state[data["webhook_id"]]
            assert {name: webhook[name] for name in data["values"]} == data["previous"]
            assert set(data["fields"]) - {"url"} == set(data["values"])
            webhook.update(data["values"], disabled_because=None)
        case "webhook.disabled":
            state[data["webhook_id"]].update(enabled=False, disabled_because=data["reason"])
        case "webhook.deleted":
            del state[data["webhook_id"]]
        case _:
            pass


def a_webhook(chance: random.Random) -> NewWebhook:
    return NewWebhook(
        url=f"https://secret{chance.randrange(3)}.example.com/",
        description=chance.choice(["", "Ours"]),
        event_types=chance.choice([[], ["ticket.created"]]),
        public_only=chance.choice([True, False]),
        enabled=chance.choice([True, True, False]),
    )


async def do_to_webhooks(tx: Tx, chance: random.Random, known: list[UUID]) -> None:
    """One thing that happens to a project's webhooks."""
    webhook = await locked_webhook(tx, tx.project_id, chance.choice(known)) if known else None
    match chance.randrange(8):
        case 0 | 1 if webhook:
            await webhooks.change(tx, webhook, a_webhook(chance))
        case 2 if webhook:
            await webhooks.disable(tx, webhook, "the receiver was away")
        case 3 if webhook:
            await webhooks.remove(tx, webhook)
            known.remove(webhook.id)
        case 4 | 5 if webhook:
            await send_again(tx, webhook)
        case _:
            known.append((await webhooks.create(tx, a_webhook(chance)))[0].id)


async def send_again(tx: Tx, webhook: Webhook) -> None:
    """Changes nothing of the webhook itself."""
    secret = await webhooks.rotate_secret(tx, webhook)
    await webhooks.rotate_secret(tx, webhook)
    await webhooks.remove_secret(tx, webhook, secret.id)
    await webhooks.test(tx, webhook)


@replays(
    webhooks.create,
    webhooks.change,
    webhooks.disable,
    webhooks.remove,
    webhooks.rotate_secret,
    webhooks.remove_secret,
    webhooks.test,
)
@pytest.mark.parametrize("seed", range(3))
async def test_webhooks_can_be_rebuilt_from_their_events(desk: Desk, seed: int) -> None:
    chance, known = random.Random(seed), list[UUID]()
    log, state = await reader(desk), dict[str, dict[str, Any]]()
    for _ in range(4):
        for _ in range(15):
            before = list(known)
            try:
                async with desk.work.begin(actor(desk)) as tx:
                    await do_to_webhooks(tx, chance, known)
            except RejoinderError:
                known = before

        for event in await log.news():
            assert "secret0" not in repr(event.data)
            apply_to_webhooks(state, event)

        assert state == await webhooks_of(desk)


async def saved(browser: SignedIn, kind: str) -> dict[str, bool]:
    """Ids of what is saved, each with whether the caller sees it first."""
    path = f"{browser.desk.url}conversations/{kind}/"
    listed = (await browser.call("GET", path)).json()["results"]
    return {each["id"]: each.get("is_favorited", False) for each in listed}


async def do_to_saved(browser: SignedIn, chance: random.Random, kind: str) -> None:
    """One thing that happens to views or macros."""
    path, known = f"{browser.desk.url}conversations/{kind}/", list(await saved(browser, kind))
    body: dict[str, Any] = {"name": f"Name {chance.random()}", "filters": {}, "content": "Hello"}
    one = f"{path}{chance.choice(known)}/" if known else ""
    match chance.randrange(5):
        case 0 if one:
            response = await browser.call("DELETE", one)
        case 1 if one and kind == "views":
            favored = {"is_favorited": chance.choice([True, False])}
            response = await browser.call("PATCH", one, favored)
        case 2 if one:
            response = await browser.call("PATCH", one, body)
        case _:
            response = await browser.call("POST", path, body)
    assert response.is_success, response.text


def apply_to_saved(state: dict[str, bool], event: Logged, subject: str) -> None:
    data = event.data
    match event.type.removeprefix(f"{subject}."):
        case "created":
            state[data[f"{subject}_id"]] = False
        case "favorited":
            state[data[f"{subject}_id"]] = data["is_favorited"]
        case "changed":
            assert data["fields"]
        case "deleted":
            del state[data[f"{subject}_id"]]
        case _:
            pass


@replays(views.create, views.change, views.favor, views.remove)
@pytest.mark.parametrize("seed", range(2))
async def test_which_views_there_are_can_be_rebuilt_from_events(desk: Desk, seed: int) -> None:
    await _rebuild_saved(desk, random.Random(seed), "views", "view")


@replays(macros.create, macros.change, macros.remove)
@pytest.mark.parametrize("seed", range(2))
async def test_which_macros_there_are_can_be_rebuilt_from_events(desk: Desk, seed: int) -> None:
    await _rebuild_saved(desk, random.Random(seed), "macros", "macro")


async def _rebuild_saved(desk: Desk, chance: random.Random, kind: str, subject: str) -> None:
    """Names and texts are left out: they may be one teammate's alone."""
    browser, log, state = await desk.session(), await reader(desk), dict[str, bool]()
    for _ in range(40):
        await do_to_saved(browser, chance, kind)

    for event in await log.news():
        assert "Name" not in repr(event.data)
        apply_to_saved(state, event, subject)

    assert state == await saved(browser, kind)


def facts(desk: Desk, ticket: str, kind: str) -> Facts:
    return Facts(
        event_id=new_id(),
        type=kind,
        payload=cast("Any", b"{}"),
        actor_kind="system",
        actor_id="test",
        actor_name="",
        ticket_id=UUID(ticket),
        assignee_user_id=desk.ada.id,
        message_id=None,
        rich_content=None,
    )


@replays(notifications.notify, notifications.mark_read)
@pytest.mark.parametrize("seed", range(2))
async def test_how_many_notifications_are_unread_can_be_rebuilt(desk: Desk, seed: int) -> None:
    chance, kinds = random.Random(seed), list[Kind](["mention", "assigned", "reply"])
    tickets = [(await desk.a_ticket())["id"] for _ in range(2)]
    log, created, read = await reader(desk), set[str](), 0
    for _ in range(40):
        ticket, kind = chance.choice(tickets), chance.choice(kinds)
        async with desk.work.begin(actor(desk)) as tx:
            if chance.random() < 0.2:
                await notifications.mark_read(tx, desk.ada.id, ticket_id=UUID(ticket))
            else:
                await notifications.notify(tx, facts(desk, ticket, kind), kind, [desk.ada.id])

    for event in await log.news():
        match event.type:
            case "notification.created":
                created.add(event.data["notification_id"])
            case "notification.read":
                read += event.data["count"]
            case _:
                pass

    assert len(created) - read == await unread(
        desk.work.database, Reader(desk.project.id, desk.ada.id)
    )


@replays(
    organizations.rename_project,
    organizations.adopt_token,
    organizations.rotate_widget_token,
    organizations.rotate_secret,
    organizations.delete_secret_backup,
)
async def test_a_projects_name_and_token_can_be_rebuilt_from_events(desk: Desk) -> None:
    log, state = await reader(desk), {"name": "Support", "api_token": desk.project.api_token}
    async with desk.work.begin(actor(desk)) as tx:
        for name in ("Help", "Help", "Care"):
            await organizations.rename_project(tx, name)
        for number in (1, 1, 2):
            await organizations.adopt_token(tx, f"phc_{desk.project.id:016}{number}")
        await organizations.rotate_widget_token(tx)
        await organizations.rotate_secret(tx)
        project = await organizations.delete_secret_backup(tx)

    for event in await log.news():
        assert project.secret_api_token not in repr(event.data)
        assert project.widget_public_token not in repr(event.data)
        field = {"project.renamed": "name", "project.token_adopted": "api_token"}.get(event.type)
        if field:
            assert state[field] == event.data["previous"]
            state[field] = event.data[field]

    assert state == {"name": project.name, "api_token": project.api_token}
