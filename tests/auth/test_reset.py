"""Forgotten passwords: who is mailed a link, and what it is worth."""

import asyncio
from datetime import timedelta

import httpx
import msgspec
import pytest

from rejoinder.auth.reset import SEND_PASSWORD_RESET, ResetMail, send_reset
from rejoinder.db.sql import Statement
from rejoinder.events.work import Work
from rejoinder.jobs.types import Job
from rejoinder.settings import Settings
from tests.auth.browsers import sign_in, token_in, with_password
from tests.builders import Desk, a_desk, signed_in
from tests.conftest import a_client

LATER = Statement(
    "UPDATE password_resets SET expires_at = expires_at - $2::interval WHERE user_id = $1"
)
DEACTIVATE = Statement("UPDATE users SET is_active = false WHERE id = $1")
NEW = "open sesame"


async def ask(desk: Desk, email: str) -> httpx.Response:
    return await desk.client.post("/api/password_reset/", json={"email": email})


async def mails(desk: Desk) -> list[ResetMail]:
    """What the queued jobs send."""
    rows = await desk.work.database.pool.fetch(
        "DELETE FROM jobs WHERE name = $1 RETURNING id, payload", SEND_PASSWORD_RESET
    )
    sent: list[ResetMail] = []

    async def send(mail: ResetMail) -> None:
        sent.append(mail)

    for row in rows:
        await send_reset(desk.work, Job(row[0], SEND_PASSWORD_RESET, row[1], 1), send)
    return sent


async def a_token(desk: Desk, email: str | None = None) -> str:
    await mails(desk)
    await ask(desk, email or desk.ada.email)
    (mail,) = await mails(desk)
    return mail.token


async def confirm(desk: Desk, token: str, password: str = NEW) -> httpx.Response:
    return await desk.client.post(
        "/api/password_reset/confirm/", json={"token": token, "password": password}
    )


async def test_a_link_lets_a_new_password_be_chosen(desk: Desk) -> None:
    ada = await with_password(desk)
    elsewhere = await desk.session()
    token = await a_token(desk, f" {ada.email.upper()} ")

    confirmed = await confirm(desk, token)

    assert confirmed.status_code == 200
    browser = await signed_in(desk, ada, token_in(confirmed))
    assert (await browser.call("GET")).status_code == 200
    assert (await elsewhere.call("GET")).status_code == 401
    assert (await sign_in(desk, ada.email)).status_code == 401
    assert (await sign_in(desk, ada.email, NEW)).status_code == 200


async def test_the_mail_goes_to_the_address_that_is_kept(desk: Desk) -> None:
    await mails(desk)
    await ask(desk, desk.ada.email.upper())

    assert [mail.email for mail in await mails(desk)] == [desk.ada.email]


async def test_the_answer_does_not_tell_whether_anybody_has_the_address(desk: Desk) -> None:
    ben = await desk.a_user()
    await desk.work.database.run(DEACTIVATE, ben.id)
    await mails(desk)

    answers = [
        await ask(desk, email) for email in (desk.ada.email, "nobody@example.com", "x", ben.email)
    ]

    assert {(answer.status_code, answer.text) for answer in answers} == {(202, '{"success":true}')}
    assert [mail.email for mail in await mails(desk)] == [desk.ada.email]


async def test_one_password_spends_every_link(desk: Desk) -> None:
    first, second = await a_token(desk), await a_token(desk)

    statuses = [(await confirm(desk, token)).status_code for token in (second, second, first)]

    assert statuses == [200, 400, 400]


@pytest.mark.parametrize(("minutes", "status"), [(59, 200), (60, 400)])
async def test_a_link_works_for_an_hour(desk: Desk, minutes: int, status: int) -> None:
    token = await a_token(desk)
    await desk.work.database.run(LATER, desk.ada.id, timedelta(minutes=minutes))

    answer = await confirm(desk, token)

    assert answer.status_code == status
    assert status == 200 or answer.json()["code"] == "invalid_token"


async def test_of_two_who_follow_a_link_at_once_one_chooses(desk: Desk) -> None:
    token = await a_token(desk)

    answers = await asyncio.gather(*(confirm(desk, token, f"password of {n}") for n in range(4)))

    assert sorted(answer.status_code for answer in answers) == [200, 400, 400, 400]


async def test_a_token_that_is_none_is_refused(desk: Desk) -> None:
    token = await a_token(desk)
    near = (token[:-1], f"{token}x", f" {token}", f"{token}\n", token.swapcase(), token[4:])
    for wrong in ("", " ", "rjp_", "rjp_x", desk.key, *near):
        answer = await confirm(desk, wrong)
        assert (answer.status_code, answer.json()["code"]) == (400, "invalid_token")

    assert (await confirm(desk, token)).status_code == 200


async def test_a_token_cannot_be_told_from_another(desk: Desk) -> None:
    """Of one user, of one moment: nothing but chance is in it, 256 bits of it."""
    first, second = await a_token(desk), await a_token(desk)

    assert len(first) == len(second) == len("rjp_") + 43
    assert sum(one == other for one, other in zip(first[4:], second[4:], strict=True)) < 12


async def test_a_password_that_is_too_short_leaves_the_link(desk: Desk) -> None:
    token = await a_token(desk)

    statuses = [(await confirm(desk, token, word)).status_code for word in ("short", NEW)]

    assert statuses == [400, 200]


async def test_an_address_is_mailed_a_few_times_an_hour(settings: Settings, work: Work) -> None:
    limited = msgspec.structs.replace(settings, rate_limits=True, limit_password_reset="2/hour")
    async with a_client(limited) as client:
        desk = await a_desk(work, client)
        emails = [desk.ada.email, desk.ada.email.upper(), desk.ada.email, "b@example.com"]
        statuses = [(await ask(desk, email)).status_code for email in emails]

    assert statuses == [202, 202, 429, 202]
