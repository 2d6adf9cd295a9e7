"""The mail of the load's customers, written down as it arrives."""

import re
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Final
from uuid import UUID

from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.browser.mailbox import listening
from tests.faults.history import Recorder, Sighting

_CUSTOMER: Final = re.compile(r"p(\d+)\.")


def customer(project: int, name: str) -> str:
    """The address of a customer of the project."""
    return f"p{project}.{name}@example.com"


class Postbox:
    """Takes every mail; `before` is awaited before it says so."""

    def __init__(self) -> None:
        self.url = ""
        self.count = 0
        self.record: Recorder | None = None
        self.before: Callable[[], Awaitable[object]] | None = None

    @property
    def settings(self) -> dict[str, str]:
        return {"smtp_url": self.url, "mail_from": "Support <support@example.org>"}

    async def handle_DATA(  # noqa: N802  the library's name
        self, _: SMTP, __: Session, envelope: Envelope
    ) -> str:
        assert isinstance(envelope.content, bytes)
        self.count += 1
        self._write_down(message_from_bytes(envelope.content, policy=policy.default), envelope)
        if self.before:
            await self.before()
        return "250 OK"

    def _write_down(self, mail: EmailMessage, envelope: Envelope) -> None:
        """Of what customers get; the team's own mail is nobody's business here."""
        found = _CUSTOMER.match(envelope.rcpt_tos[0])
        if found and self.record:
            body = mail.get_body(("plain",))
            self.record(
                Sighting(
                    reader="mail",
                    how="mail",
                    project=int(found[1]),
                    text=f"{mail['Subject']}\n{body.get_content() if body else ''}",
                    message_id=str(UUID(mail["Message-ID"].strip("<>").partition("@")[0])),
                )
            )


@asynccontextmanager
async def a_postbox() -> AsyncGenerator[Postbox]:
    postbox = Postbox()
    async with listening(postbox) as postbox.url:
        yield postbox
