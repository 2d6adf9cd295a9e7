"""Everybody who asks for what the victim has without the right to, and how each is refused."""

from collections.abc import Callable
from typing import Final

from msgspec import Struct

from rejoinder.auth.commands import start_session
from rejoinder.auth.sessions import CSRF_HEADER
from rejoinder.auth.types import Device
from rejoinder.db.sql import Statement
from rejoinder.organizations.commands import create_project
from tests.builders import LIFE, ROOT, Desk, SignedIn
from tests.isolation.table import Entry
from tests.isolation.world import World

Verdict = Callable[[Entry], int | None]
"""The status of the refusal; None where there is nothing to refuse."""

_EXPIRE: Final = Statement("UPDATE sessions SET expires_at = now() WHERE user_id = $1")
_DEACTIVATE: Final = Statement("UPDATE users SET is_active = false WHERE id = $1")
_DEVICE: Final = Device("192.0.2.9", "A browser")


class Intruder(Struct, frozen=True):
    name: str
    headers: dict[str, str]
    verdict: Verdict


def unknown(_: Entry) -> int:
    return 401


def foreign(entry: Entry) -> int | None:
    """Somebody else's session: their own account is theirs."""
    return None if entry.door == "account" else 404


def foreign_key(entry: Entry) -> int | None:
    return 403 if entry.sessions else foreign(entry)


def never(entry: Entry) -> int | None:
    """A key that opens other things only."""
    return None if entry.door == "account" and not entry.sessions else 403


def reader(entry: Entry) -> int | None:
    """A key that only reads in projects."""
    if entry.door == "project" and not (entry.writes and not entry.viewers):
        return None
    return never(entry)


def viewer(entry: Entry) -> int | None:
    """A session of somebody who may not change anything."""
    forbidden = entry.admins or (entry.writes and not entry.viewers)
    return 403 if forbidden and entry.door != "account" else None


def viewers_key(entry: Entry) -> int | None:
    return 403 if entry.sessions else viewer(entry)


def agent(entry: Entry) -> int | None:
    return 403 if entry.admins else None


def agents_key(entry: Entry) -> int | None:
    return 403 if entry.sessions else agent(entry)


def forger(entry: Entry) -> int | None:
    """A page of somebody else's, in a browser that is signed in: it may make it read, blindly."""
    return 403 if entry.writes else None


async def intruders(victim: World, own: World) -> list[Intruder]:
    """All of them, ready to ask."""
    return [
        *_nobodies(victim),
        *await _keys(victim.desk, own),
        *await _sessions(victim.desk, own),
        *await _gone(victim.desk),
        *_forgers(victim.browser, own.browser),
    ]


def _bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


def _nobodies(victim: World) -> list[Intruder]:
    project, token = victim.desk.project, victim.browser.cookie.partition("=")[2]
    wrong: dict[str, dict[str, str]] = {
        "no credential": {},
        "an empty key": _bearer(""),
        "a key of no form": _bearer("garbage"),
        "an unknown key": _bearer("phx_" + "x" * 43),
        "a key with something behind it": _bearer(victim.desk.key + "x"),
        "a key in another case": _bearer(victim.desk.key.swapcase()),
        "another scheme": {"Authorization": f"Basic {victim.desk.key}"},
        "the public token as a key": _bearer(project.api_token),
        "the widget's token as a key": _bearer(project.widget_public_token),
        "the secret token as a key": _bearer(project.secret_api_token),
        "a session's token as a key": _bearer(token),
        "a key as a session": {**victim.browser.headers, "Cookie": f"rejoinder_session={token}x"},
        "an unknown session": {
            **victim.browser.headers,
            "Cookie": f"rejoinder_session={victim.desk.key}",
        },
        "the session under another name": {
            **victim.browser.headers,
            "Cookie": f"__Host-rejoinder_session={token}",
        },
    }
    return [Intruder(name, headers, unknown) for name, headers in wrong.items()]


async def _keys(desk: Desk, own: World) -> list[Intruder]:
    async with desk.work.begin(ROOT) as tx:
        second = await create_project(tx, desk.organization_id, "Sales")
    limited = await desk.a_key("*", projects=[second.id])
    lookers, helper = await desk.a_user("viewer"), await desk.a_user("agent")
    return [
        Intruder("another organization's key", _bearer(own.desk.key), foreign_key),
        Intruder("a key for another project", _bearer(limited), never),
        Intruder("a key that reads", _bearer(await desk.a_key("ticket:read")), reader),
        Intruder("a viewer's key", _bearer(await desk.a_key("*", user=lookers)), viewers_key),
        Intruder("an agent's key", _bearer(await desk.a_key("*", user=helper)), agents_key),
    ]


async def _sessions(desk: Desk, own: World) -> list[Intruder]:
    looking = await desk.session(await desk.a_user("viewer"))
    helping = await desk.session(await desk.a_user("agent"))
    return [
        Intruder("another organization's session", own.browser.headers, foreign),
        Intruder("a viewer's session", looking.headers, viewer),
        Intruder("an agent's session", helping.headers, agent),
    ]


async def _gone(desk: Desk) -> list[Intruder]:
    """Those who were let in once, and are not any more: revoked, ended, removed."""
    revoked = await desk.session()
    body = {"label": "x", "scopes": ["*"]}
    key = (await revoked.call("POST", "/api/personal_api_keys/", body)).json()
    assert (await desk.call("GET", key=key["value"])).status_code == 200
    await revoked.call("DELETE", f"/api/personal_api_keys/{key['id']}/")
    assert (await revoked.call("POST", "/api/logout/")).status_code == 204
    former = await desk.a_user("admin")
    left, former_key = await desk.session(former), await desk.a_key("*", user=former)
    assert (await desk.call("GET", key=former_key)).status_code == 200
    members = f"/api/organizations/{desk.organization_id}/members/{former.id}/"
    assert (await desk.call("DELETE", members)).status_code == 204
    late, asleep = await desk.a_user("admin"), await desk.a_user("admin")
    async with desk.work.begin(ROOT) as tx:
        expired = await start_session(tx, late.id, _DEVICE, LIFE)
        inactive = await start_session(tx, asleep.id, _DEVICE, LIFE)
    key_of_inactive = await desk.a_key("*", user=asleep)
    await desk.work.database.run(_EXPIRE, late.id)
    await desk.work.database.run(_DEACTIVATE, asleep.id)
    return [
        Intruder("a revoked key", _bearer(key["value"]), unknown),
        Intruder("a session that was ended", revoked.headers, unknown),
        Intruder("a session that has run out", _with_cookie(revoked, expired.token), unknown),
        Intruder("an inactive user's session", _with_cookie(revoked, inactive.token), unknown),
        Intruder("an inactive user's key", _bearer(key_of_inactive), unknown),
        Intruder("a former member's session", left.headers, foreign),
        Intruder("a former member's key", _bearer(former_key), foreign_key),
    ]


def _with_cookie(browser: SignedIn, token: str) -> dict[str, str]:
    return {**browser.headers, "Cookie": f"rejoinder_session={token}"}


def _forgers(victim: SignedIn, own: SignedIn) -> list[Intruder]:
    """The victim's cookie comes along; what only our own pages have does not, or not right."""
    cookie, token = {"Cookie": victim.cookie}, {CSRF_HEADER: victim.csrf_token}
    ours = {"Sec-Fetch-Site": "same-origin"}
    forged: dict[str, dict[str, str]] = {
        "no token, no place": {},
        "a token from nowhere": token,
        "our page without a token": ours,
        "our page with an empty token": ours | {CSRF_HEADER: ""},
        "our page with a foreign token": ours | {CSRF_HEADER: own.csrf_token},
        "our page with half a token": ours | {CSRF_HEADER: victim.csrf_token[:32]},
        "a page of another site": token | {"Sec-Fetch-Site": "cross-site"},
        "a page of a sister site": token | {"Sec-Fetch-Site": "same-site"},
        "an address that was typed": token | {"Sec-Fetch-Site": "none"},
        "another origin": token | {"Origin": "https://evil.example"},
        "our host at another port": token | {"Origin": "http://testserver:8000"},
        "our name inside another": token | {"Origin": "http://testserver.evil.example"},
        "a hidden origin": token | {"Origin": "null"},
        "an origin that is none": token | {"Origin": "http://["},
        "our origin, another site": token
        | {"Origin": "http://testserver", "Sec-Fetch-Site": "cross-site"},
    }
    return [Intruder(name, cookie | headers, forger) for name, headers in forged.items()]
