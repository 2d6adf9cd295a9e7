"""What pages of other sites can make a browser do that is signed in here: nothing, unseen."""

from collections.abc import AsyncGenerator
from typing import Any, Final

import httpx
import pytest

from rejoinder.auth.sessions import CSRF_HEADER
from rejoinder.channels.host.routes import OPEN_TO_ALL
from rejoinder.channels.widget.routes import PREFIX
from rejoinder.db.pool import Database
from tests.isolation.attack import attempt, path_ids
from tests.isolation.table import TABLE, of
from tests.isolation.traces import state_of
from tests.isolation.world import World

_EVIL: Final = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
_OPEN: Final = (PREFIX, *OPEN_TO_ALL)
_READING: Final = [
    operation
    for operation in of("project", "organization", "account")
    if not (TABLE[operation].writes or TABLE[operation].streams)
]
_SAFE: Final = {"no-store", "private, no-cache"}


@pytest.fixture
async def untouched(victim: World, own: World, database: Database) -> AsyncGenerator[None]:
    before = await state_of(database, victim)
    yield
    assert await state_of(database, victim) == before


def url_of(operation: str) -> str:
    """With something for each parameter; nobody asks for what it names."""
    path = operation.partition(" ")[2]
    return path.replace("{", "").replace("}", "") + "/"


@pytest.mark.parametrize("operation", sorted(TABLE))
async def test_other_sites_read_only_what_is_open_to_all(
    operation: str, client: httpx.AsyncClient
) -> None:
    method, url = operation.partition(" ")[0], url_of(operation)
    asked = {"Access-Control-Request-Method": method, "Access-Control-Request-Headers": CSRF_HEADER}

    plain = await client.request(method, url, headers=_EVIL)
    preflight = await client.options(url, headers=_EVIL | asked)

    granted = "*" if url.startswith(_OPEN) else None
    for answer in (plain, preflight):
        assert answer.headers.get("access-control-allow-origin") == granted
        assert "access-control-allow-credentials" not in answer.headers
        assert ("access-control-allow-headers" in answer.headers) == (
            granted is not None and answer is preflight
        )


@pytest.mark.parametrize("operation", _READING)
async def test_a_link_from_another_site_changes_nothing(
    operation: str, victim: World, client: httpx.AsyncClient, untouched: None
) -> None:
    asked = attempt(operation, path_ids(TABLE[operation], victim.ids), victim.ids)

    answer = await asked.by(client, {"Cookie": victim.browser.cookie, **_EVIL})

    assert answer.status_code == 200
    assert answer.headers["cache-control"] in _SAFE
    sets_cookie = operation == "GET /api/users/@me"
    assert ("set-cookie" in answer.headers) == sets_cookie


FORMS: Final[list[dict[str, Any]]] = [
    {"content": b'{"status":"resolved"}', "headers": {"Content-Type": "text/plain"}},
    {"content": b'{"status":"resolved"}', "headers": {"Content-Type": ""}},
    {"data": {"status": "resolved"}},
    {"files": {"status": (None, "resolved")}},
    {"data": {"status": "resolved", "_method": "PATCH", "csrf_token": "x"}},
    {"data": {"status": "resolved"}, "headers": {"X-HTTP-Method-Override": "PATCH"}},
    {"data": {"status": "resolved"}, "headers": {"X-CSRFToken": "x", "X-CSRF-Token": "null"}},
]


@pytest.mark.parametrize("form", FORMS)
async def test_a_form_of_another_site_changes_nothing(
    victim: World, client: httpx.AsyncClient, untouched: None, form: dict[str, Any]
) -> None:
    headers = {"Cookie": victim.browser.cookie, **_EVIL, **form.get("headers", {})}
    sent: dict[str, Any] = {**form, "headers": headers}
    ticket = f"{victim.desk.tickets}{victim.ids['ticket']}/"

    for method in ("POST", "PUT", "PATCH", "DELETE"):
        answer = await client.request(method, ticket, **sent)
        assert answer.status_code in {403, 405, 415}


async def test_a_form_that_brings_a_key_of_its_own_acts_for_that_key(
    victim: World, own: World, client: httpx.AsyncClient, untouched: None
) -> None:
    headers = {"Cookie": victim.browser.cookie, **_EVIL}
    form = {"personal_api_key": own.desk.key, "status": "resolved"}
    ticket = f"{victim.desk.tickets}{victim.ids['ticket']}/"

    assert (await client.patch(ticket, data=form, headers=headers)).status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/api/login/", "/api/logout/", "/api/password_reset/", "/api/password_reset/confirm/",
     "/api/invites/x/accept/"],
)  # fmt: skip
async def test_no_other_site_signs_anybody_in_or_out(
    victim: World, client: httpx.AsyncClient, untouched: None, path: str
) -> None:
    body = {"email": "a@example.com", "password": "password", "token": "x"}

    answer = await client.post(path, json=body, headers={"Cookie": victim.browser.cookie, **_EVIL})

    assert (answer.status_code, answer.json()["code"]) == (403, "csrf_failed")
    assert "set-cookie" not in answer.headers


async def test_a_cookie_from_before_is_not_the_one_after(victim: World) -> None:
    """Whoever plants a cookie does not know the one that a sign-in sets."""
    planted = await victim.desk.session()
    other = await victim.desk.session()

    assert len({planted.cookie, other.cookie, victim.browser.cookie}) == 3
    assert len({planted.csrf_token, other.csrf_token, victim.browser.csrf_token}) == 3
