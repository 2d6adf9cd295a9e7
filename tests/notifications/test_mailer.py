"""Mail through a real SMTP server on this machine."""

import asyncio
from collections.abc import AsyncGenerator
from email import message_from_bytes
from email.message import Message as Mail

import aiosmtplib
import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from rejoinder.notifications.mailer import Mailer
from rejoinder.notifications.restore import mail_restore_link
from rejoinder.settings import Settings, SettingsError


class Inbox:
    """Takes what it is sent, or refuses everything while `is_full`."""

    def __init__(self) -> None:
        self.mails: list[Mail] = []
        self.is_full = False

    async def handle_DATA(  # noqa: N802  the library's name
        self, _: SMTP, __: Session, envelope: Envelope
    ) -> str:
        if self.is_full:
            return "452 Try again later"
        assert isinstance(envelope.content, bytes)
        self.mails.append(message_from_bytes(envelope.content))
        return "250 OK"


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
async def mailer(inbox: Inbox) -> AsyncGenerator[Mailer]:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(inbox), "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        url = f"smtp://127.0.0.1:{port}"
        yield Mailer(Settings(smtp_url=url, mail_from="Support <support@example.org>"))


async def test_a_restore_link_arrives_marked_as_sent_by_a_machine(
    mailer: Mailer, inbox: Inbox
) -> None:
    await mail_restore_link(mailer, "ada@example.com", "https://shop.example/?ph_conv_restore=x")

    (mail,) = inbox.mails
    assert mail["To"] == "ada@example.com"
    assert mail["From"] == "Support <support@example.org>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert str(mail["Message-ID"]).endswith("@example.org>")
    assert b"https://shop.example/?ph_conv_restore=x" in bytes(mail.get_payload(decode=True))


async def test_a_refusal_is_an_error_so_that_the_job_tries_again(
    mailer: Mailer, inbox: Inbox
) -> None:
    inbox.is_full = True

    with pytest.raises(aiosmtplib.SMTPException):
        await mailer.send("ada@example.com", "Subject", "Text")


async def test_no_address_or_subject_can_add_a_header(mailer: Mailer, inbox: Inbox) -> None:
    with pytest.raises(ValueError, match="linefeed or carriage return"):
        await mailer.send("ada@example.com\r\nBcc: eve@example.com", "Subject", "Text")

    assert inbox.mails == []


async def test_without_a_server_nothing_is_sent_and_nothing_fails() -> None:
    await Mailer(Settings()).send("ada@example.com", "Subject", "Text")


@pytest.mark.parametrize(
    "settings", [Settings(smtp_url="http://x", mail_from="a@b"), Settings(smtp_url="smtp://x")]
)
def test_a_half_configured_mailer_names_the_variable(settings: Settings) -> None:
    with pytest.raises(SettingsError, match="REJOINDER_"):
        Mailer(settings)
