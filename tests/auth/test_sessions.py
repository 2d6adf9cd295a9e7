"""Sessions instead of keys: what they open, what a change needs besides, and when they end."""

import pytest

from rejoinder.auth.commands import end_session
from rejoinder.auth.sessions import CSRF_HEADER
from rejoinder.db.sql import Statement
from rejoinder.events.work import Work
from rejoinder.ids import digest
from rejoinder.organizations.commands import add_member
from tests.builders import ROOT, Desk, SignedIn
from tests.eventually import eventually
from tests.web.app import envelope

ELSEWHERE = envelope(
    "authentication_error",
    "csrf_failed",
    "This request does not come from a page of this server.",
)
EXPIRE = Statement("UPDATE sessions SET expires_at = now() WHERE id = $1")
AGE = Statement("UPDATE sessions SET last_seen_at = now() - interval '6 minutes' WHERE id = $1")
SEEN = Statement(
    "SELECT 'just now' FROM sessions WHERE id = $1 AND last_seen_at > now() - interval '1 minute'"
    " AND expires_at > now() + interval '11 hours'"
)
IDLE = Statement("UPDATE sessions SET last_seen_at = now() - interval '13 hours' WHERE id = $1")
OLD = Statement("UPDATE sessions SET created_at = now() - interval '8 days' WHERE id = $1")
AGED = Statement(
    "UPDATE sessions SET created_at = now() - interval '6 days 23 hours',"
    " last_seen_at = now() - interval '6 minutes' WHERE id = $1"
)
CUT = Statement("SELECT expires_at = created_at + interval '7 days' FROM sessions WHERE id = $1")
KEPT = Statement("SELECT token_hash FROM sessions WHERE id = $1")
USED = Statement(
    "SELECT 'used' FROM personal_api_keys WHERE key_hash = $1 AND last_used_at IS NOT NULL"
)


def without(browser: SignedIn, header: str) -> dict[str, str]:
    return {name: value for name, value in browser.headers.items() if name != header}


async def test_a_session_opens_what_its_user_may_see(desk: Desk, other_desk: Desk) -> None:
    browser = await desk.session()

    created = await browser.call("POST", json={"message": "Hello?"})
    listed = await browser.call("GET")
    elsewhere = await browser.call("GET", other_desk.tickets)

    assert (created.status_code, listed.json()["count"]) == (201, 1)
    assert elsewhere.status_code == 404


async def test_of_a_session_only_the_hash_is_kept(desk: Desk) -> None:
    browser = await desk.session()
    token = browser.cookie.partition("=")[2]

    assert await desk.work.database.value(KEPT, browser.id) == digest(token)


async def test_a_viewers_session_only_reads(desk: Desk) -> None:
    browser = await desk.session(await desk.a_user("viewer"))

    statuses = [(await browser.call(method)).status_code for method in ("GET", "POST")]

    assert statuses == [200, 403]


async def test_a_key_goes_before_a_session(desk: Desk, other_desk: Desk) -> None:
    browser = await desk.session()
    foreign = {"Authorization": f"Bearer {other_desk.key}"}

    by_key = await browser.call("GET", other_desk.tickets, headers=foreign)
    wrong = await browser.call("GET", headers={"Authorization": "Bearer phx_x"})

    assert (by_key.status_code, wrong.status_code) == (200, 401)


async def test_a_sessions_token_is_no_key(desk: Desk) -> None:
    browser = await desk.session()
    token = browser.cookie.partition("=")[2]

    as_key = await desk.call("GET", key=token)
    key_as_cookie = await desk.client.get(
        desk.tickets, headers={"Cookie": f"rejoinder_session={desk.key}"}
    )

    assert (as_key.status_code, key_as_cookie.status_code) == (401, 401)


@pytest.mark.parametrize("cookie", ["", "rejoinder_session=", "rejoinder_session", "a=b; =;", "é"])
async def test_a_cookie_that_is_no_session_opens_nothing(desk: Desk, cookie: str) -> None:
    headers = [(b"cookie", cookie.encode())]

    assert (await desk.client.get(desk.tickets, headers=headers)).status_code == 401


async def test_the_session_is_found_among_other_cookies(desk: Desk) -> None:
    browser = await desk.session()
    cookie = f'theme="dark"; x=rejoinder_session=1; {browser.cookie}; other'

    assert (await browser.call("GET", headers={"Cookie": cookie})).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {CSRF_HEADER: ""},
        {CSRF_HEADER: "0" * 64},
        {CSRF_HEADER: "é"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "", "Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "", "Origin": "null"},
        {"Sec-Fetch-Site": "", "Origin": "http://testserver.evil.example"},
        {"Sec-Fetch-Site": ""},
    ],
)
async def test_a_change_needs_our_origin_and_the_sessions_token(
    desk: Desk, headers: dict[str, str]
) -> None:
    browser = await desk.session()

    raw = [
        (name.encode(), value.encode()) for name, value in {**browser.headers, **headers}.items()
    ]
    refused = await desk.client.post(desk.tickets, headers=raw)

    assert (refused.status_code, refused.json()) == (403, ELSEWHERE)
    assert await desk.listed() == []


async def test_the_token_of_another_session_proves_nothing(desk: Desk) -> None:
    browser, other = await desk.session(), await desk.session()

    refused = await browser.call("POST", headers={CSRF_HEADER: other.csrf_token})

    assert refused.status_code == 403


async def test_browsers_that_say_no_site_may_say_the_origin(desk: Desk) -> None:
    browser = await desk.session()
    headers = {**without(browser, "Sec-Fetch-Site"), "Origin": "http://testserver"}

    assert (await desk.client.post(desk.tickets, headers=headers)).status_code == 201


async def test_what_only_reads_needs_no_proof(desk: Desk) -> None:
    browser = await desk.session()

    assert (await desk.client.get(desk.tickets, headers={"Cookie": browser.cookie})).is_success


async def test_a_session_that_is_over_opens_nothing(desk: Desk) -> None:
    browser = await desk.session()
    await desk.work.database.run(EXPIRE, browser.id)
    async with desk.work.begin(ROOT) as tx:
        await add_member(tx, desk.organization_id, desk.ada.id, "admin")

    async def status() -> int:
        return (await browser.call("GET")).status_code

    await eventually(status, 401)


async def test_signing_out_elsewhere_counts_within_moments(desk: Desk) -> None:
    browser = await desk.session()
    assert (await browser.call("GET")).status_code == 200

    async with Work(desk.work.database, process="elsewhere").begin(ROOT) as tx:
        await end_session(tx, browser.id, desk.ada.id)

    async def status() -> int:
        return (await browser.call("GET")).status_code

    await eventually(status, 401)


async def test_another_level_counts_for_a_session_within_moments(desk: Desk) -> None:
    ben = await desk.a_user()
    browser = await desk.session(ben)
    async with Work(desk.work.database, process="elsewhere").begin(ROOT) as tx:
        await add_member(tx, desk.organization_id, ben.id, "viewer")

    async def status() -> int:
        return (await browser.call("POST")).status_code

    await eventually(status, 403)


async def test_a_session_in_use_goes_on(desk: Desk, other_desk: Desk) -> None:
    """A change to what anybody may do makes every process read the session again."""
    browser = await desk.session()
    await desk.work.database.run(AGE, browser.id)
    await other_desk.a_key("*")

    async def seen() -> str:
        await browser.call("GET")
        return await desk.work.database.value(SEEN, browser.id)

    await eventually(seen, "just now")


async def test_of_a_key_it_is_known_when_it_was_used(desk: Desk) -> None:
    await desk.call("GET")

    async def used() -> str:
        return await desk.work.database.value(USED, digest(desk.key))

    await eventually(used, "used")


@pytest.mark.parametrize("makes_it_so", [IDLE, OLD])
async def test_a_session_ends_when_it_is_idle_or_old(desk: Desk, makes_it_so: Statement) -> None:
    """Although it was begun when sessions lasted longer."""
    browser, other = await desk.session(), await desk.session()
    await desk.work.database.run(makes_it_so, browser.id)
    await desk.a_key("*")

    async def status() -> int:
        return (await browser.call("GET")).status_code

    await eventually(status, 401)
    listed = (await other.call("GET", "/api/users/@me/sessions/")).json()["results"]
    assert str(browser.id) not in [session["id"] for session in listed]


async def test_use_does_not_carry_a_session_beyond_its_last_day(desk: Desk) -> None:
    browser = await desk.session()
    await desk.work.database.run(AGED, browser.id)
    await desk.a_key("*")

    async def cut() -> bool:
        await browser.call("GET")
        return await desk.work.database.value(CUT, browser.id)

    await eventually(cut, expected=True)
