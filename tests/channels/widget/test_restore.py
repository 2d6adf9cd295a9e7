"""Getting tickets back by mail: who is sent a link, and what it is worth."""

import asyncio
from collections import Counter
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from rejoinder.channels.widget import commands, restore
from rejoinder.channels.widget.restore import SEND_RESTORE_LINK, RestoreMail
from rejoinder.db.pool import Database
from rejoinder.events.event import Actor
from rejoinder.jobs.types import Job
from rejoinder.people.commands import upsert
from tests.builders import Desk
from tests.channels.widget.browser import Browser, a_session, configure, identified

PAGE = "https://shop.example/help?x=1#top"
STILL_GOOD = "SELECT expires_at > now() FROM widget_restore_tokens WHERE project_id = $1"
CLEO = {"name": "Cleo", "email": "Cleo@Example.com"}


@pytest.fixture
async def site(desk: Desk) -> Desk:
    await configure(desk, widget_domains=["shop.example"])
    return desk


async def ask(browser: Browser, **fields: str) -> tuple[int, Any]:
    wanted = {"email": "cleo@example.com", "request_url": PAGE} | fields
    answer = await browser.post("restore/request", **wanted)
    return answer.status_code, answer.json()


async def mails(desk: Desk, database: Database) -> list[RestoreMail]:
    """What the project's queued jobs send."""
    rows = await database.pool.fetch(
        "DELETE FROM jobs WHERE name = $1 AND (payload ->> 'project_id')::bigint = $2"
        " RETURNING id, payload",
        SEND_RESTORE_LINK,
        desk.project.id,
    )
    sent: list[RestoreMail] = []

    async def send(mail: RestoreMail) -> None:
        sent.append(mail)

    for row in rows:
        await restore.send_link(desk.work, Job(row[0], SEND_RESTORE_LINK, row[1], 1), send)
    return sent


async def a_token(desk: Desk, email: str = "cleo@example.com") -> str:
    async with desk.work.begin(Actor(desk.project.id, "system", "test")) as tx:
        return await commands.issue_restore_token(tx, email)


async def redeem(browser: Browser, token: str) -> dict[str, Any]:
    answer = await browser.post("restore", restore_token=token)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_link_brings_the_tickets_to_another_browser(site: Desk, database: Database) -> None:
    old, new = Browser(site), Browser(site)
    first = (await old.say("One", traits=CLEO))["ticket_id"]
    second = (await old.say("Two", traits=CLEO))["ticket_id"]
    other = (await old.say("Not hers", traits={"email": "dora@example.com"}))["ticket_id"]
    assert await new.tickets() == []

    asked = await ask(new)
    (mail,) = await mails(site, database)
    page, _, token = mail.link.rpartition("ph_conv_restore=")
    answer = await redeem(new, token)

    assert asked == (200, {"ok": True})
    assert (mail.email, page) == ("cleo@example.com", "https://shop.example/help?x=1&")
    assert answer == {
        "status": "success",
        "widget_session_id": new.session,
        "migrated_ticket_ids": [second, first],
    }
    assert await new.tickets() == [second, first]
    assert await old.tickets() == [other]


async def test_nobody_learns_whether_an_address_has_tickets(
    site: Desk, browser: Browser, database: Database
) -> None:
    asked = await ask(browser, email="nobody@example.com")

    assert asked == (200, {"ok": True})
    assert await mails(site, database) == []


async def test_a_token_is_worth_something_once(site: Desk) -> None:
    await Browser(site).say("One", traits=CLEO)
    token, other = await a_token(site), await a_token(site)
    browser = Browser(site)

    answers = [await redeem(browser, given) for given in (token, token, other)]

    assert [answer["status"] for answer in answers] == ["success", "used", "used"]
    assert answers[1] == {"status": "used", "code": "token_already_used"}


async def test_of_links_used_at_once_one_is_worth_something(site: Desk) -> None:
    ticket = (await Browser(site).say("One", traits=CLEO))["ticket_id"]
    tokens = [await a_token(site) for _ in range(6)]

    answers = await asyncio.gather(*(redeem(Browser(site), token) for token in tokens))

    (won,) = [answer for answer in answers if answer["status"] == "success"]
    assert won["migrated_ticket_ids"] == [ticket]
    assert Counter(answer["status"] for answer in answers) == {"success": 1, "used": 5}


async def test_an_old_token_has_expired(site: Desk, browser: Browser, database: Database) -> None:
    token = await a_token(site)
    for minutes in (59, 1):
        assert (await database.pool.fetchval(STILL_GOOD, site.project.id)) is True
        await database.pool.execute(
            "UPDATE widget_restore_tokens SET expires_at = expires_at - $2::interval"
            " WHERE project_id = $1",
            site.project.id,
            timedelta(minutes=minutes),
        )

    assert await redeem(browser, token) == {"status": "expired", "code": "token_expired"}


async def test_an_unknown_token_is_invalid(browser: Browser, site: Desk, other_desk: Desk) -> None:
    foreign = await a_token(other_desk)

    own = await a_token(site)
    near = (own[:-1], f"{own}x", own.swapcase())
    for token in (foreign, "x" * 43, *near):
        assert await redeem(browser, token) == {"status": "invalid", "code": "token_invalid"}


async def test_only_a_hash_of_the_token_is_kept(site: Desk, database: Database) -> None:
    token = await a_token(site)

    rows = await database.pool.fetch(
        "SELECT token_hash FROM widget_restore_tokens WHERE project_id = $1", site.project.id
    )

    assert len(token) == 43
    assert [len(row[0]) for row in rows] == [32]


async def test_a_persons_address_opens_what_nobody_proved_and_nobody_else_claims(
    site: Desk,
) -> None:
    async with site.work.begin(Actor(site.project.id, "system", "test")) as tx:
        await upsert(tx, ["ada"], {"email": "cleo@example.com"})
    open_one = (await Browser(site).say("One", distinct_id="ada"))["ticket_id"]
    await Browser(site).say("Two", distinct_id="ada", traits={"email": "dora@example.com"})
    proven = (await identified(site, "ada").say("Three"))["ticket_id"]
    browser = Browser(site)

    answer = await redeem(browser, await a_token(site))

    assert answer["migrated_ticket_ids"] == [open_one]
    assert proven not in await browser.tickets()


@pytest.mark.parametrize(
    ("headers", "fields", "answer"),
    [
        ({"Origin": "https://evil.example"}, {}, (403, "Origin not allowed")),
        ({}, {"email": "nobody"}, (400, "Invalid request data")),
        ({}, {"email": "a@b.example, c@d.example"}, (400, "Invalid request data")),
        ({}, {"request_url": "help"}, (400, "Invalid request data")),
        ({}, {"request_url": "x" * 2049}, (400, "Invalid request data")),
        (
            {},
            {"request_url": "https://evil.example/"},
            (403, "URL must match request origin"),
        ),
        (
            {},
            {"request_url": "https://shop.example@evil.example/"},
            (403, "URL must match request origin"),
        ),
        ({}, {"request_url": "ftp://shop.example/"}, (403, "URL must match request origin")),
    ],
)
async def test_a_link_leads_back_to_the_page_that_asked(
    site: Desk,
    browser: Browser,
    headers: dict[str, str],
    fields: dict[str, str],
    answer: tuple[int, str],
) -> None:
    wanted = {"email": "cleo@example.com", "request_url": PAGE} | fields

    refused = await browser.post("restore/request", headers=headers, **wanted)

    assert (refused.status_code, refused.json()["error"]) == answer


async def test_without_named_pages_no_link_is_sent(desk: Desk, browser: Browser) -> None:
    assert await ask(browser) == (403, {"error": "URL domain not allowed"})


async def test_a_project_may_switch_it_off(site: Desk, browser: Browser) -> None:
    await configure(site, restore_enabled=False)

    asked = await ask(browser)
    redeemed = await browser.post("restore", restore_token="x" * 43)

    assert asked == (403, {"error": "Restore is not enabled"})
    assert redeemed.json() == {"error": "Restore is not enabled"}


@pytest.mark.parametrize(
    "wrong", [{"restore_token": "x" * 39}, {"restore_token": "x" * 51}, {"widget_session_id": "x"}]
)
async def test_a_wrong_field_is_named(site: Desk, browser: Browser, wrong: dict[str, str]) -> None:
    fields = {"restore_token": "x" * 43, "widget_session_id": a_session()} | wrong

    answer = await browser.post("restore", **fields)

    assert answer.status_code == 400
    assert answer.json()["details"].keys() == wrong.keys()


def test_the_job_can_be_read_back() -> None:
    wanted = restore.RestoreWanted(1, "cleo@example.com", PAGE)

    assert msgspec.json.decode(msgspec.json.encode(wanted), type=restore.RestoreWanted) == wanted
