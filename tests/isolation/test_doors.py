"""What no key and no session opens: the widget, the secret's API, links, and what is public."""

from collections.abc import AsyncGenerator
from typing import Any, Final

import httpx
import pytest

from rejoinder.channels.widget.rules.identity import sign
from rejoinder.db.pool import Database
from tests.channels.widget.browser import a_session
from tests.isolation.attack import MALFORMED, attempt, path_ids, unknown_ids
from tests.isolation.table import TABLE, of
from tests.isolation.traces import shown_of, state_of
from tests.isolation.world import World

Case = tuple[dict[str, str], dict[str, str]]
"""Headers, and what the request says of who asks."""

_HASH: Final = "0" * 64
_OF_A_TICKET: Final = [op for op in of("widget") if "widget_ticket" in repr(TABLE[op])]


@pytest.fixture
async def untouched(victim: World, own: World, database: Database) -> AsyncGenerator[None]:
    before = await state_of(database, victim)
    yield
    assert await state_of(database, victim) == before


async def asked(
    client: httpx.AsyncClient, operation: str, ids: dict[str, str], case: Case
) -> httpx.Response:
    """The operation of a widget, or of the secret's API, which says who asks in its own place."""
    headers, says = case
    request = attempt(operation, path_ids(TABLE[operation], ids), ids)
    sent: dict[str, Any] = {"params": {**request.query, **says}}
    if request.body is not None:
        sent = {"json": {**request.body, **says}}
    if operation.endswith("/attachments"):
        sent = {"params": {**says, "name": "x.txt"}, "content": b"x"}
    return await client.request(request.method, request.path, headers=headers, **sent)


def tokens(victim: World, own: World) -> dict[str, dict[str, str]]:
    project = victim.desk.project
    wrong = {
        "none": "",
        "unknown": "x" * 43,
        "another project's": own.desk.project.widget_public_token,
        "the public one": project.api_token,
        "the secret": project.secret_api_token,
        "a key": victim.desk.key,
        "in another case": project.widget_public_token.swapcase(),
    }
    return {name: {"X-Conversations-Token": token} for name, token in wrong.items() if token} | {
        "none at all": {},
        "a key as a bearer": {"Authorization": f"Bearer {victim.desk.key}"},
    }


def strangers(victim: World, own: World) -> dict[str, dict[str, str]]:
    """Who asks with the right token, and is not the customer."""
    secret, other = victim.desk.project.secret_api_token, own.desk.project.secret_api_token
    name = victim.ids["distinct_id"]

    def identity(distinct_id: str, hash_: str) -> dict[str, str]:
        return {"identity_distinct_id": distinct_id, "identity_hash": hash_}

    return {
        "another session": {"widget_session_id": a_session()},
        "a session of another project": own.visitor.credentials,
        "another identity": identity("eve", sign(secret, "eve")),
        "an identity by another project's secret": identity(name, sign(other, name)),
        "an identity by another name's hash": identity(name, sign(secret, "eve")),
        "an identity without a hash": identity(name, ""),
        "an identity with half a hash": identity(name, sign(secret, name)[:32]),
        "the mark as an identity": identity(victim.mark, sign(other, victim.mark)),
    }


@pytest.mark.parametrize("operation", of("widget"))
async def test_a_wrong_token_opens_no_widget(
    operation: str, victim: World, own: World, client: httpx.AsyncClient, untouched: None
) -> None:
    for name, headers in tokens(victim, own).items():
        answer = await asked(client, operation, victim.ids, (headers, victim.visitor.credentials))
        # With the token of another project one is in that one: there is nothing of the victim.
        if name != "another project's":
            assert answer.status_code == 403, (name, answer.text)
        assert not shown_of(victim, answer)


@pytest.mark.parametrize("operation", _OF_A_TICKET)
async def test_a_stranger_opens_no_customers_ticket(
    operation: str, victim: World, own: World, client: httpx.AsyncClient, untouched: None
) -> None:
    token = {"X-Conversations-Token": victim.desk.project.widget_public_token}
    for name, says in strangers(victim, own).items():
        answer = await asked(client, operation, victim.ids, (token, says))
        # What has not the form of a proof is a bad request.
        is_formed = len(says.get("identity_hash", _HASH)) == len(_HASH)
        assert answer.status_code == (403 if is_formed else 400), name
        assert not shown_of(victim, answer)


async def test_a_strangers_list_of_tickets_is_empty(
    victim: World, own: World, client: httpx.AsyncClient
) -> None:
    token = {"X-Conversations-Token": victim.desk.project.widget_public_token}
    operation = "GET /api/conversations/v1/widget/tickets"
    for says in strangers(victim, own).values():
        answer = await asked(client, operation, victim.ids, (token, says))
        assert answer.status_code in {400, 403} or answer.json() == {"count": 0, "results": []}


@pytest.mark.parametrize("operation", _OF_A_TICKET)
async def test_a_foreign_ticket_looks_like_none_to_a_widget(
    operation: str, victim: World, own: World, client: httpx.AsyncClient, untouched: None
) -> None:
    token = {"X-Conversations-Token": own.desk.project.widget_public_token}
    case: Case = (token, own.visitor.credentials)
    foreign, unknown = [
        await asked(client, operation, {**own.ids, "widget_ticket": ids["widget_ticket"]}, case)
        for ids in (victim.ids, unknown_ids(victim))
    ]

    assert foreign.status_code == unknown.status_code == 404
    assert foreign.content == unknown.content


@pytest.mark.parametrize("operation", of("secret"))
async def test_the_secrets_api_opens_with_its_own_secret_alone(
    operation: str, victim: World, own: World, client: httpx.AsyncClient, untouched: None
) -> None:
    project = victim.desk.project
    wrong = ("", "x", "phs_" + "x" * 43, victim.desk.key, project.api_token,
             project.widget_public_token, project.secret_api_token.swapcase())  # fmt: skip
    for secret in wrong:
        headers = {"Authorization": f"Bearer {secret}"}
        answer = await asked(client, operation, victim.ids, (headers, {}))
        assert (answer.status_code, shown_of(victim, answer)) == (401, [])
    session = await asked(client, operation, victim.ids, (victim.browser.headers, {}))
    assert session.status_code == 401
    other = {"Authorization": f"Bearer {own.desk.project.secret_api_token}"}
    foreign, unknown = [
        await asked(client, operation, ids, (other, {}))
        for ids in (victim.ids, unknown_ids(victim))
    ]
    assert foreign.status_code == unknown.status_code == 404
    assert foreign.content == unknown.content


async def test_a_link_to_a_file_opens_that_file_alone(
    victim: World, own: World, client: httpx.AsyncClient
) -> None:
    url = "/api/conversations/attachments/"
    good = next(each for each in victim.secrets if each.count(".") == 1)
    assert (await client.get(url + good)).status_code == 200
    content, _, signature = good.rpartition(".")
    wrong = (*MALFORMED, content, f"{content}.", f".{signature}", f"x{good}", f"{good}x",
             f"{content}x.{signature}", f"{content}.{signature[::-1]}", good.swapcase(),
             victim.browser.csrf_token, victim.ids["attachment"])  # fmt: skip

    answers = [await client.get(url + token) for token in wrong]

    assert {answer.status_code for answer in answers} <= {403, 404}
    assert not [shown for answer in answers for shown in shown_of(victim, answer)]


async def test_an_invite_that_is_none_any_more_looks_like_one_that_never_was(
    victim: World, client: httpx.AsyncClient, untouched: None
) -> None:
    for method, rest in (("GET", ""), ("POST", "accept/")):
        answers = [
            await client.request(method, f"/api/invites/{token}/{rest}", json={})
            for token in (victim.deleted["invite_token"], "rji_" + "x" * 43, "x", "rji_")
        ]
        assert {answer.status_code for answer in answers} == {404}
        assert len({answer.content for answer in answers}) == 1


@pytest.mark.parametrize("operation", of("anybody"))
async def test_what_is_public_says_nothing_of_anybody(
    operation: str, victim: World, own: World, client: httpx.AsyncClient, untouched: None
) -> None:
    method, _, path = operation.partition(" ")
    # By the public token of the victim the widget is set up, which is for everybody to see.
    for token in ("x", own.desk.project.api_token, victim.desk.project.secret_api_token):
        url = path.replace("{token}", token).replace("{", "").replace("}", "")
        body = {"api_key": token, "event": "$identify", "distinct_id": "x"}
        answer = await client.request(method, url, json=None if method == "GET" else body)
        found = [each for each in shown_of(victim, answer) if each not in url]
        assert answer.status_code < 500, answer.text
        assert found == []


async def test_what_widgets_are_told_of_their_project_is_meant_for_everybody(
    victim: World, client: httpx.AsyncClient
) -> None:
    answer = await client.get(f"/array/{victim.desk.project.api_token}/config")

    assert answer.status_code == 200
    shown = shown_of(victim, answer)
    assert shown == [victim.mark]
    assert victim.ids["email"] not in answer.text
