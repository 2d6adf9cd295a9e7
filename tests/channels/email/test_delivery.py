"""Mail to customers, through a real server: threaded, once, and the team hears when it fails."""

import asyncio
from email.message import EmailMessage
from typing import Any
from uuid import UUID

import msgspec

from rejoinder.channels.email.reactions import ATTEMPTS, DELIVER, Delivery
from rejoinder.channels.email.types import Mailbox as Sender
from rejoinder.db.sql import Statement
from rejoinder.events.event import Recorded
from rejoinder.events.queries import of_ticket
from rejoinder.events.reactions import Reaction
from rejoinder.jobs.types import Job
from rejoinder.messages.attachments.files import Files
from rejoinder.notifications.mailer import Mailer
from rejoinder.settings import Settings
from tests.browser.mailbox import Mailbox
from tests.builders import Desk
from tests.messages.attachments.uploading import PNG, an_attachment, image
from tests.tickets.log import events_of

WAITING = Statement(
    "SELECT count(*) FROM jobs WHERE name = 'email.deliver' AND given_up_at IS NULL"
)
REPLY: dict[str, Any] = {"message": "It is on its way."}


async def a_mailed_ticket(desk: Desk, **fields: object) -> str:
    """The id of a ticket to whose customer replies are mailed."""
    usual = {"channel_source": "email", "email_from": "cleo@example.com", "message": "Parcel?"}
    return (await desk.a_ticket(**(usual | {"email_subject": "Parcel"} | fields)))["id"]


async def settled(desk: Desk) -> None:
    async with asyncio.timeout(20):
        while await desk.work.database.value(WAITING):  # noqa: ASYNC110  rows in the database
            await asyncio.sleep(0.02)


async def name_ada(desk: Desk) -> None:
    statement = Statement("UPDATE users SET first_name = $2, last_name = $3 WHERE id = $1")
    await desk.work.database.run(statement, desk.ada.id, 'Ada "Countess"', "Lövelace\r\nBcc: x")


def attached(mail: EmailMessage) -> dict[str | None, bytes]:
    return {part.get_filename(): part.get_content() for part in mail.iter_attachments()}


async def sent_event(desk: Desk, ticket: str) -> Recorded:
    """The event of the ticket's latest reply."""
    found = await of_ticket(desk.work.database, desk.project.id, UUID(ticket), [], 1)
    return found[0]


async def test_a_reply_is_mailed_with_the_name_of_whoever_wrote_it(
    office: Desk, mailbox: Mailbox
) -> None:
    await a_mailed_ticket(office)
    await name_ada(office)

    await office.call("POST", "1/reply/", REPLY)

    mail = await mailbox.next()
    (sender,) = mail["From"].addresses
    assert sender.addr_spec == "support@example.org"
    assert sender.display_name == 'Ada "Countess" Lövelace Bcc: x'
    assert (mail["To"], mail["Subject"], mail["Bcc"]) == ("cleo@example.com", "Re: Parcel", None)
    assert mail["Auto-Submitted"] is None
    assert mail.get_content().strip() == "It is on its way."


async def test_without_a_name_mail_comes_from_the_desk(office: Desk, mailbox: Mailbox) -> None:
    await a_mailed_ticket(office)

    await office.call("POST", "1/reply/", REPLY)

    mail = await mailbox.next()
    assert mail["From"] == "Support <support@example.org>"
    assert office.ada.email not in mail.as_string()


async def test_the_mails_of_a_ticket_are_one_thread(office: Desk, mailbox: Mailbox) -> None:
    await a_mailed_ticket(office)
    mails: list[EmailMessage] = []
    for text in ("First", "Second", "Third"):
        await office.call("POST", "1/reply/", {"message": text})
        mails.append(await mailbox.next())
        await settled(office)

    first, second, third = [mail["Message-ID"] for mail in mails]
    assert [mail["In-Reply-To"] for mail in mails] == [None, first, second]
    assert [mail["References"] for mail in mails] == [None, first, f"{first} {second}"]
    assert len({first, second, third}) == 3
    assert first.endswith("@example.org>")


async def test_rich_content_is_mailed_as_html_beside_the_text(
    office: Desk, mailbox: Mailbox
) -> None:
    await a_mailed_ticket(office)
    text = {"type": "text", "text": "<b>Bold</b>", "marks": [{"type": "bold"}]}
    document = {"type": "doc", "content": [{"type": "paragraph", "content": [text]}]}

    await office.call("POST", "1/reply/", {**REPLY, "rich_content": document})

    mail = await mailbox.next()
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain
    assert plain.get_content().strip() == "It is on its way."
    assert html
    assert "<p><strong>&lt;b&gt;Bold&lt;/b&gt;</strong></p>" in html.get_content()


async def test_attachments_are_mailed_and_images_shown_where_they_stand(
    office: Desk, mailbox: Mailbox
) -> None:
    await a_mailed_ticket(office)
    page = b"<script>alert(1)</script>"
    picture = (await an_attachment(office))["id"]
    file = (await an_attachment(office, page, "bill.html"))["id"]
    shown = image(f"attachment:{picture}")

    await office.call(
        "POST", "1/reply/", {**REPLY, "rich_content": shown, "attachment_ids": [file]}
    )

    mail = await mailbox.next()
    html = mail.get_body(("html",))
    assert html
    assert f'<img src="cid:{picture}" alt="">' in html.get_content()
    (inline,) = [part for part in mail.walk() if part["Content-ID"] == f"<{picture}>"]
    assert (inline.get_content_type(), inline.get_payload(decode=True)) == ("image/png", PNG)
    assert attached(mail) == {"bill.html": page}
    (part,) = mail.iter_attachments()
    assert part.get_content_type() == "application/octet-stream"


async def test_notes_and_other_channels_are_not_mailed(office: Desk, mailbox: Mailbox) -> None:
    await a_mailed_ticket(office)
    await office.a_ticket(email_from="cleo@example.com", message="In the widget")

    await office.call("POST", "1/notes/", {"message": "Careful"})
    await office.call("POST", "2/reply/", {"message": "Hello"})
    await settled(office)

    assert mailbox.is_empty


async def test_what_was_mailed_is_not_mailed_again(
    office: Desk, mailbox: Mailbox, settings: Settings
) -> None:
    ticket = await a_mailed_ticket(office)
    await office.call("POST", "1/reply/", REPLY)
    await mailbox.next()
    await settled(office)

    await run_again(office, mailbox, settings, ticket)

    assert mailbox.is_empty


async def test_a_mail_that_was_not_written_down_comes_with_the_same_id(
    office: Desk, mailbox: Mailbox, settings: Settings
) -> None:
    ticket = await a_mailed_ticket(office)
    await office.call("POST", "1/reply/", REPLY)
    first = await mailbox.next()
    await settled(office)
    await office.work.database.run(Statement("DELETE FROM sent_mails"))

    await run_again(office, mailbox, settings, ticket)

    assert (await mailbox.next())["Message-ID"] == first["Message-ID"]


async def run_again(
    office: Desk, mailbox: Mailbox, settings: Settings, ticket: str, attempts: int = 1
) -> None:
    """Runs the job of the ticket's latest event, as a worker would after a crash."""
    event = await sent_event(office, ticket)
    reaction = Reaction(
        project_id=office.project.id,
        event_id=event.id,
        type=event.type,
        ticket_id=event.ticket_id,
        cause=None,
        depth=0,
    )
    own = msgspec.structs.replace(
        settings, smtp_url=mailbox.url, mail_from="Support <support@example.org>"
    )
    delivery = Delivery(Sender.of(own), Mailer(own).hand_over, Files(own))
    payload = msgspec.Raw(msgspec.json.encode(reaction))
    await delivery.react(office.work, Job(0, DELIVER, payload, attempts))


async def failure(office: Desk) -> dict[str, Any]:
    await settled(office)
    return (await events_of(office))[-1]


async def test_the_team_hears_of_an_address_that_is_none(office: Desk, mailbox: Mailbox) -> None:
    ticket = await a_mailed_ticket(office, email_from="cleo at example.com")

    reply = (await office.call("POST", "1/reply/", REPLY)).json()

    failed = await failure(office)
    assert (failed["type"], failed["ticket_id"]) == ("message.delivery_failed", ticket)
    assert failed["message_id"] == reply["id"]
    assert failed["reason"] == "cleo at example.com is no address for mail."
    assert mailbox.is_empty


async def test_the_team_hears_of_a_refusal_for_good(office: Desk, mailbox: Mailbox) -> None:
    mailbox.unknown.add("cleo@example.com")
    await a_mailed_ticket(office)

    await office.call("POST", "1/reply/", REPLY)

    failed = await failure(office)
    assert failed["type"] == "message.delivery_failed"
    assert failed["reason"] == "550 Nobody of that name"


async def test_a_refusal_for_now_is_tried_again_until_it_is_given_up(
    office: Desk, mailbox: Mailbox, settings: Settings
) -> None:
    mailbox.refused.add("cleo@example.com")
    ticket = await a_mailed_ticket(office)
    await office.call("POST", "1/reply/", REPLY)

    failures: list[str] = []
    for attempts in (1, ATTEMPTS):
        try:
            await run_again(office, mailbox, settings, ticket, attempts)
        except Exception as error:  # noqa: BLE001  it is the job that tells them apart
            failures.append(type(error).__name__)

    assert failures == ["SMTPDataError"] * 2
    told = [event for event in await events_of(office) if "delivery" in event["type"]]
    assert [event["reason"] for event in told] == ["452 Try again later"]
