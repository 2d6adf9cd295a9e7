"""Mail about notifications, new tickets and webhooks that were disabled, through a real server."""

from email.message import EmailMessage
from typing import Any
from uuid import UUID

import msgspec
import pytest

from rejoinder.db.sql import Statement
from rejoinder.events.event import Actor
from rejoinder.notifications.letters import Letters
from rejoinder.notifications.newcomers import Newcomers
from rejoinder.notifications.rules import wants_mail
from rejoinder.notifications.types import Kind, Unmailed
from rejoinder.notifications.upkeep import purge
from rejoinder.webhooks import access
from rejoinder.webhooks.commands import disable
from tests.browser.mailbox import Mailbox
from tests.builders import Desk
from tests.channels.widget.browser import Browser
from tests.notifications.conftest import Office
from tests.notifications.team import Teammate, a_teammate, assign, mentioning, note, settled

SET = Statement("UPDATE users SET preferences = $2 WHERE id = $1")
LATER = Statement("UPDATE ticket_notices SET taken_at = taken_at - interval '5 minutes'")


async def prefer(ben: Teammate, **kinds: bool) -> None:
    notifications = {kind: {"email": wanted} for kind, wanted in kinds.items()}
    await ben.desk.work.database.run(SET, ben.user.id, {"notifications": notifications})


def said(mail: EmailMessage) -> str:
    return mail.get_content().replace("\r\n", "\n")


async def mails(mailbox: Mailbox, count: int) -> list[EmailMessage]:
    return [await mailbox.next() for _ in range(count)]


async def test_a_mention_is_mailed_with_a_link(desk: Desk, mailbox: Mailbox) -> None:
    ben = await a_teammate(desk)
    ticket = (await desk.a_ticket())["id"]

    await note(desk, ticket, mentioning(ben.user, text="Can you help?\nIt is urgent."))

    mail = await mailbox.next()
    assert mail["To"] == ben.user.email
    assert mail["Subject"] == f"{desk.ada.email} mentioned you in ticket #1"
    assert "> Can you help?\n> It is urgent.\n" in said(mail)
    assert f"https://desk.example.org/projects/{desk.project.id}/tickets/1\n" in said(mail)


async def test_a_user_says_what_is_mailed(desk: Desk, mailbox: Mailbox) -> None:
    ben = await a_teammate(desk)
    await prefer(ben, assigned=False, reply=True)
    browser = Browser(desk)
    ticket = (await browser.say("Hello?", traits={"name": "Cleo"}))["ticket_id"]

    await assign(desk, ticket, ben.user)
    await settled(desk)
    await browser.say("Anybody?", ticket)
    await browser.say("Still there?", ticket)
    await settled(desk)

    mail = await mailbox.next()
    assert mail["Subject"] == "Cleo wrote in ticket #1"
    assert mailbox.is_empty
    assert await ben.kinds() == ["reply", "assigned"]


@pytest.mark.parametrize(
    ("preferences", "kind", "wanted"),
    [
        ({}, "mention", True),
        ({}, "reply", False),
        ({"notifications": {"reply": {"email": True}}}, "reply", True),
        ({"notifications": {"mention": {"email": False}}}, "mention", False),
        ({"notifications": {"mention": {"browser": False}}}, "mention", True),
        ({"notifications": {"mention": {"email": "no"}}}, "mention", True),
        ({"notifications": []}, "assigned", True),
        (None, "assigned", True),
    ],
)
def test_what_is_not_set_is_as_for_everybody(
    preferences: object, kind: Kind, *, wanted: bool
) -> None:
    assert wants_mail(preferences, kind) is wanted


@pytest.mark.parametrize("name", ["Eve\r\nBcc: all@example.com", "Eve\u2028Bcc: x", "\x00\x1b[2J"])
def test_no_name_can_add_a_line(name: str) -> None:
    about = Unmailed("reply", "ben@example.com", msgspec.Raw(b"{}"), 1, name, 7, name, name)

    letter = Letters("https://desk.example.org").notification(about)

    assert len(letter.subject.splitlines()) == 1
    assert letter.subject.isprintable()
    quoted = letter.text.partition("\n\n")[2].partition("\n\n")[0]
    assert all(line.startswith("> ") for line in quoted.splitlines())


async def recipients(desk: Desk, *wanted: object) -> None:
    body = {"conversations_settings": {"notification_recipients": list(wanted)}}
    assert (await desk.call("PATCH", desk.url, body)).status_code == 200


async def test_recipients_are_told_of_what_customers_open(desk: Desk, mailbox: Mailbox) -> None:
    ben = await a_teammate(desk)
    await recipients(desk, "Team@example.org ", ben.user.id, "team@example.org", 999_999, "nobody")

    await Browser(desk).say("Help! " * 200, traits={"name": "Cleo"})
    await desk.a_ticket(message="Opened by the team itself")
    await settled(desk)

    found = {mail["To"]: mail for mail in await mails(mailbox, 2)}
    assert set(found) == {"team@example.org", ben.user.email}
    assert found["team@example.org"]["Subject"] == "Cleo opened ticket #1"
    assert ("Help! " * 200)[:500].strip() in said(found["team@example.org"]).replace("\n", "")
    assert mailbox.is_empty


async def test_of_a_flood_five_are_mailed_and_the_rest_together(office: Office) -> None:
    desk, mailbox = office.desk, office.mailbox
    await recipients(desk, "team@example.org")
    newcomers = Newcomers(office.mailer, Letters("https://desk.example.org"))
    for number in range(30):
        await Browser(desk).say(f"Flood {number}")
    await settled(desk)
    first = await mails(mailbox, 5)
    assert mailbox.is_empty

    await newcomers.catch_up(office.work)
    await newcomers.catch_up(office.work)

    rest = await mailbox.next()
    assert mailbox.is_empty
    assert {mail["To"] for mail in [*first, rest]} == {"team@example.org"}
    assert rest["Subject"] == "25 new tickets in Support"
    assert said(rest).count("/tickets/") == 20
    assert "… and 5 more." in said(rest)
    assert all(mail["Subject"].startswith("A customer opened ticket #") for mail in first)


async def test_what_a_server_did_not_take_goes_out_later(office: Office) -> None:
    desk, mailbox = office.desk, office.mailbox
    await recipients(desk, "team@example.org", "other@example.org")
    newcomers = Newcomers(office.mailer, Letters("https://desk.example.org"))
    mailbox.refused = {"team@example.org"}
    await Browser(desk).say("Hello?")
    await settled(desk)
    assert (await mailbox.next())["To"] == "other@example.org"

    mailbox.refused = set()
    await newcomers.catch_up(office.work)
    assert mailbox.is_empty
    await desk.work.database.run(LATER)
    await newcomers.catch_up(office.work)

    assert (await mailbox.next())["To"] == "team@example.org"
    assert mailbox.is_empty


async def test_a_disabled_webhook_is_told_to_owners_and_admins(office: Office) -> None:
    desk, mailbox = office.desk, office.mailbox
    await a_teammate(desk)
    owner = await desk.a_user("owner")
    made = await desk.call("POST", f"{desk.url}webhooks/", {"url": "https://93.184.215.14/hook"})
    webhook_id = UUID(made.json()["webhook"]["id"])

    async with office.work.begin(Actor(desk.project.id, "system", "webhooks")) as tx:
        await disable(tx, await access.locked_webhook(tx, webhook_id), "It answered 410.")

    found = {mail["To"]: mail for mail in await mails(mailbox, 2)}
    await settled(desk)
    assert set(found) == {desk.ada.email, owner.email}
    assert found[owner.email]["Subject"] == "A webhook of Support was disabled"
    for text in ("https://93.184.215.14/hook", "It answered 410."):
        assert text in said(found[owner.email])
    assert mailbox.is_empty


async def test_what_is_old_is_forgotten(desk: Desk, office: Office) -> None:
    ben = await a_teammate(desk)
    for _ in range(2):
        await note(desk, (await desk.a_ticket())["id"], mentioning(ben.user))
    newest, _ = (await ben.notifications())["results"]
    older = "UPDATE notifications SET created_at = created_at - interval '91 days' WHERE id <> $1"
    await office.work.database.run(Statement(older), UUID(newest["id"]))

    await purge(office.work)

    results: list[dict[str, Any]] = (await ben.notifications())["results"]
    assert [each["id"] for each in results] == [newest["id"]]
