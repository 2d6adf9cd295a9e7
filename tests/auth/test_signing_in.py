"""Signing in and out: who is let in, what the browser keeps, and what is said about it."""

import msgspec
import pytest
from argon2 import PasswordHasher

from rejoinder.db.sql import Statement
from rejoinder.events.work import Work
from rejoinder.settings import Settings
from tests.auth.browsers import PASSWORD, sign_in, token_in, with_password
from tests.builders import Desk, a_desk, signed_in
from tests.conftest import a_client
from tests.web.app import envelope

WRONG = envelope(
    "authentication_error", "invalid_credentials", "The address or the password is wrong."
)
ELSEWHERE = envelope(
    "authentication_error",
    "csrf_failed",
    "This request does not come from a page of this server.",
)
KEPT = Statement("SELECT password_hash FROM users WHERE id = $1")
EVENTS = Statement(
    "SELECT type FROM events WHERE project_id = 0 AND (payload ->> 'user_id')::bigint = $1"
    " AND type LIKE 'session.%' ORDER BY seq"
)
DEACTIVATE = Statement("UPDATE users SET is_active = false WHERE id = $1")


class Row(msgspec.Struct):
    type: str


async def events_about(desk: Desk, user_id: int) -> list[str]:
    return [row.type for row in await desk.work.database.many(Row, EVENTS, user_id)]


async def test_who_knows_the_password_is_let_in(desk: Desk) -> None:
    ada = await with_password(desk)

    answer = await sign_in(desk, f" {ada.email.upper()} ")

    me = answer.json()
    project = {"id": desk.project.id, "name": desk.project.name}
    assert answer.status_code == 200
    assert me == {
        "id": ada.id,
        "email": ada.email,
        "first_name": "",
        "last_name": "",
        "csrf_token": me["csrf_token"],
        "preferences": {},
        "session_id": me["session_id"],
        "organizations": [
            {
                "id": str(desk.organization_id),
                "name": "Analytical Engines",
                "level": "admin",
                "projects": [project],
            }
        ],
    }
    assert await events_about(desk, ada.id) == ["session.started"]


async def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(desk: Desk) -> None:
    ada = await with_password(desk)

    cookie = (await sign_in(desk, ada.email)).headers["set-cookie"]

    name, *attributes = cookie.split("; ")
    assert name.startswith("rejoinder_session=rjs_")
    assert attributes == ["Path=/", "Max-Age=604800", "HttpOnly", "SameSite=Lax"]


async def test_over_https_the_cookie_is_bound_to_the_host(settings: Settings, work: Work) -> None:
    secure = msgspec.structs.replace(settings, public_url="https://desk.example.org/")
    async with a_client(secure) as client:
        desk = await a_desk(work, client)
        ada = await with_password(desk)
        answer = await sign_in(desk, ada.email, headers={"Origin": "https://desk.example.org"})
        insecure = await client.get(
            "/api/users/@me/", headers={"Cookie": f"rejoinder_session={token_in(answer)}"}
        )

    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-rejoinder_session=rjs_")
    assert cookie.endswith("; Secure")
    assert insecure.status_code == 401


async def test_a_wrong_password_and_an_unknown_address_look_alike(desk: Desk) -> None:
    ada = await with_password(desk)

    wrong = await sign_in(desk, ada.email, "Tr0ub4dor&3")
    unknown = await sign_in(desk, "nobody@example.com")

    assert (wrong.status_code, wrong.json()) == (401, WRONG)
    assert (unknown.status_code, unknown.json()) == (401, WRONG)
    assert "set-cookie" not in wrong.headers
    assert await events_about(desk, ada.id) == ["session.refused"]


async def test_an_inactive_user_is_not_let_in(desk: Desk) -> None:
    ben = await with_password(desk, await desk.a_user())
    await desk.work.database.run(DEACTIVATE, ben.id)

    assert (await sign_in(desk, ben.email)).status_code == 401


async def test_who_never_had_a_password_is_not_let_in(desk: Desk) -> None:
    assert (await sign_in(desk, desk.ada.email, "-")).status_code == 401


async def test_a_password_hashed_the_old_way_is_hashed_anew(desk: Desk) -> None:
    old = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
    ada = await with_password(desk, kept=old)

    assert (await sign_in(desk, ada.email)).status_code == 200

    kept = await desk.work.database.value(KEPT, ada.id)
    assert kept != old
    assert (await sign_in(desk, ada.email)).status_code == 200
    assert await desk.work.database.value(KEPT, ada.id) == kept


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
async def test_a_page_of_another_site_signs_nobody_in(desk: Desk, headers: dict[str, str]) -> None:
    ada = await with_password(desk)

    answer = await sign_in(desk, ada.email, headers=headers)

    assert (answer.status_code, answer.json()) == (403, ELSEWHERE)


async def test_guessing_is_limited_for_an_address_and_for_a_client(
    settings: Settings, work: Work
) -> None:
    limited = msgspec.structs.replace(
        settings, rate_limits=True, limit_login="2/hour", limit_login_address="4/hour"
    )
    async with a_client(limited) as client:
        desk = await a_desk(work, client)
        emails = [desk.ada.email, desk.ada.email, desk.ada.email.upper(), "b@x.org", "c@x.org"]
        statuses = [(await sign_in(desk, email)).status_code for email in emails]

    assert statuses == [401, 401, 429, 401, 429]


async def test_who_signs_out_is_out_at_once(desk: Desk) -> None:
    browser, other = await desk.session(), await desk.session()

    answer = await browser.call("POST", "/api/logout/")

    assert answer.status_code == 204
    assert answer.headers["set-cookie"].startswith("rejoinder_session=; Path=/; Max-Age=0;")
    assert (await browser.call("GET")).status_code == 401
    assert (await other.call("GET")).status_code == 200
    assert (await events_about(desk, desk.ada.id))[-1] == "session.ended"


async def test_signing_out_needs_no_session(desk: Desk) -> None:
    answers = [
        await desk.client.post("/api/logout/"),
        await desk.client.post("/api/logout/", headers={"Cookie": "rejoinder_session=rjs_x"}),
    ]

    assert [answer.status_code for answer in answers] == [204, 204]


async def test_every_sign_in_is_a_session_of_its_own(desk: Desk) -> None:
    ada = await with_password(desk)

    tokens = [token_in(await sign_in(desk, ada.email)) for _ in range(2)]
    browsers = [await signed_in(desk, ada, token) for token in tokens]

    assert browsers[0].id != browsers[1].id
    assert browsers[0].csrf_token != browsers[1].csrf_token
