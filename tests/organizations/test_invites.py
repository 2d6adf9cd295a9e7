"""Invites: the link, who may use it, how often and how long."""

import asyncio
import secrets
from typing import Any

import httpx
import pytest

from rejoinder.auth.queries import user_by_email
from rejoinder.db.sql import Statement
from rejoinder.jobs.types import Job
from rejoinder.organizations.invites.mail import SEND_INVITE, InviteMail, send_invite
from tests.auth.browsers import sign_in, token_in, with_password
from tests.builders import Desk, signed_in

NAMED = {"first_name": "Cleo", "last_name": "Patra", "password": "open sesame"}
EXPIRE = Statement("UPDATE invites SET expires_at = expires_at - interval '7 days' WHERE id = $1")
ALMOST = Statement(
    "UPDATE invites SET expires_at = expires_at - interval '6 days 23 hours' WHERE id = $1"
)
HASHES = Statement("SELECT count(*) FROM invite_tokens WHERE invite_id = $1")


def an_address() -> str:
    return f"cleo.{secrets.token_hex(4)}@example.com"


def url(desk: Desk, rest: str = "") -> str:
    return f"/api/organizations/{desk.organization_id}/invites/{rest}"


async def invite(desk: Desk, email: str, level: str = "agent") -> dict[str, Any]:
    answer = await desk.call("POST", url(desk), {"email": email, "level": level})
    assert answer.status_code == 201, answer.text
    return answer.json()


def token_of(invited: dict[str, Any]) -> str:
    base, _, token = invited["link"].rpartition("/")
    assert base == "http://testserver/invites"
    return token


async def seen(desk: Desk, token: str) -> httpx.Response:
    return await desk.client.get(f"/api/invites/{token}/")


async def accept(desk: Desk, token: str, body: object, **options: Any) -> httpx.Response:
    return await desk.client.post(f"/api/invites/{token}/accept/", json=body, **options)


async def mails(desk: Desk) -> list[InviteMail]:
    """What the queued jobs send."""
    rows = await desk.work.database.pool.fetch(
        "DELETE FROM jobs WHERE name = $1 RETURNING id, payload", SEND_INVITE
    )
    sent: list[InviteMail] = []

    async def send(mail: InviteMail) -> None:
        sent.append(mail)

    for row in rows:
        await send_invite(desk.work, Job(row[0], SEND_INVITE, row[1], 1), send)
    return sent


async def test_whoever_has_the_link_makes_an_account_and_is_in(desk: Desk) -> None:
    email = an_address()
    token = token_of(await invite(desk, email, "viewer"))

    shown = await seen(desk, token)
    accepted = await accept(desk, token, NAMED)

    me = accepted.json()
    assert shown.json() == {
        "organization_name": "Analytical Engines",
        "email": email,
        "level": "viewer",
        "needs_account": True,
    }
    assert accepted.status_code == 200
    assert (me["email"], me["first_name"], me["last_name"]) == (email, "Cleo", "Patra")
    assert me["organizations"][0]["level"] == "viewer"
    user = await user_by_email(desk.work.database, email)
    assert user
    browser = await signed_in(desk, user, token_in(accepted))
    assert (await browser.call("GET")).status_code == 200
    assert (await sign_in(desk, email, "open sesame")).status_code == 200


async def test_a_link_works_once(desk: Desk) -> None:
    token = token_of(await invite(desk, an_address()))
    await accept(desk, token, NAMED)

    answers = [await seen(desk, token), await accept(desk, token, NAMED)]

    assert [answer.status_code for answer in answers] == [404, 404]


async def test_of_two_who_follow_a_link_at_once_one_is_in(desk: Desk) -> None:
    token = token_of(await invite(desk, an_address()))

    answers = await asyncio.gather(*(accept(desk, token, NAMED) for _ in range(2)))

    first, second = sorted(answer.status_code for answer in answers)
    assert first == 200
    assert second in {400, 404}


async def test_a_link_works_for_seven_days(desk: Desk) -> None:
    invited, younger = [await invite(desk, an_address()) for _ in range(2)]
    await desk.work.database.run(EXPIRE, invited["id"])
    await desk.work.database.run(ALMOST, younger["id"])
    assert (await accept(desk, token_of(younger), NAMED)).status_code == 200

    answers = [
        await seen(desk, token_of(invited)),
        await accept(desk, token_of(invited), NAMED),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert (await desk.call("GET", url(desk))).json()["results"] == []


async def test_a_revoked_invite_lets_nobody_in(desk: Desk) -> None:
    invited = await invite(desk, an_address())

    revoked = [await desk.call("DELETE", url(desk, f"{invited['id']}/")) for _ in range(2)]

    assert [answer.status_code for answer in revoked] == [204, 404]
    assert (await accept(desk, token_of(invited), NAMED)).status_code == 404


@pytest.mark.parametrize("level", ["agent", None])
async def test_who_may_not_invite_any_more_has_invited_nobody(
    desk: Desk, level: str | None
) -> None:
    ben = await desk.a_user("admin")
    members = f"/api/organizations/{desk.organization_id}/members/{ben.id}/"
    body = {"email": an_address(), "level": "admin"}
    bens = await (await desk.session(ben)).call("POST", url(desk), body)
    adas = await invite(desk, an_address())

    less = await (
        desk.call("PATCH", members, {"level": level}) if level else desk.call("DELETE", members)
    )

    assert less.is_success
    assert (await accept(desk, token_of(bens.json()), NAMED)).status_code == 404
    assert (await accept(desk, token_of(adas), NAMED)).status_code == 200


async def test_a_second_invite_takes_the_place_of_the_first(desk: Desk) -> None:
    email = an_address()
    first, second = await invite(desk, email), await invite(desk, email.upper(), "admin")

    listed = (await desk.call("GET", url(desk))).json()["results"]

    assert [(each["id"], each["level"], "link" in each) for each in listed] == [
        (first["id"], "admin", False)
    ]
    assert (await seen(desk, token_of(first))).status_code == 404
    assert (await seen(desk, token_of(second))).status_code == 200


async def test_a_member_is_not_invited_again(desk: Desk) -> None:
    refused = await desk.call("POST", url(desk), {"email": desk.ada.email.upper()})

    assert (refused.status_code, refused.json()["code"]) == (400, "already_member")


async def test_who_has_an_account_signs_in_first(desk: Desk, other_desk: Desk) -> None:
    ada = await with_password(other_desk)
    token = token_of(await invite(desk, ada.email, "agent"))
    stranger = await other_desk.session(await other_desk.a_user())
    browser = await other_desk.session()

    shown = await seen(desk, token)
    nobody = await accept(desk, token, NAMED)
    wrong = await accept(desk, token, {}, headers=stranger.headers)
    bare = await accept(desk, token, {}, headers={"Cookie": browser.cookie})
    right = await accept(desk, token, {}, headers=browser.headers)

    assert shown.json()["needs_account"] is False
    assert (nobody.status_code, bare.status_code) == (401, 403)
    assert (wrong.status_code, wrong.json()["code"]) == (403, "wrong_account")
    assert right.status_code == 200
    assert len(right.json()["organizations"]) == 2
    assert (await browser.call("GET", desk.tickets)).status_code == 200


async def test_a_new_account_needs_a_name_and_a_password(desk: Desk) -> None:
    token = token_of(await invite(desk, an_address()))

    refused = [
        await accept(desk, token, body)
        for body in (
            {"password": "open sesame"},
            {"first_name": " ", "password": "open sesame"},
            {"first_name": "Cleo"},
            {"first_name": "Cleo", "password": "short"},
        )
    ]

    assert [(answer.status_code, answer.json()["attr"]) for answer in refused] == [
        (400, "first_name"),
        (400, "first_name"),
        (400, "password"),
        (400, "password"),
    ]


async def test_the_mailed_link_is_another_one_that_works_as_well(desk: Desk) -> None:
    await mails(desk)
    email = an_address()
    invited = await invite(desk, email)

    (mail,) = await mails(desk)

    assert (mail.email, mail.organization_name, mail.inviter) == (
        email,
        "Analytical Engines",
        desk.ada.email,
    )
    assert mail.token != token_of(invited)
    assert (await seen(desk, mail.token)).status_code == 200
    assert (await accept(desk, mail.token, NAMED)).status_code == 200
    assert (await seen(desk, token_of(invited))).status_code == 404
    assert await desk.work.database.value(HASHES, invited["id"]) == 0


async def test_a_page_of_another_site_accepts_nothing(desk: Desk) -> None:
    token = token_of(await invite(desk, an_address()))

    refused = await accept(desk, token, NAMED, headers={"Sec-Fetch-Site": "cross-site"})

    assert (refused.status_code, refused.json()["code"]) == (403, "csrf_failed")
