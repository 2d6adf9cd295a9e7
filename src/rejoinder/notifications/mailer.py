"""The way out through an SMTP server of the operator's."""

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid
from typing import Final
from urllib.parse import unquote, urlsplit

import aiosmtplib
import structlog

from rejoinder.settings import PREFIX, Settings, SettingsError

log = structlog.get_logger(__name__)

_PATIENCE_S: Final = 20.0
_TLS_PORT: Final = 465
_SUBMISSION_PORT: Final = 587


class Mailer:
    """Sends through `smtp://` (STARTTLS where the server offers it) or `smtps://`."""

    def __init__(self, settings: Settings) -> None:
        """Reads the server's address.

        Raises:
            SettingsError: the URL is none of ours, or nobody is named as the sender.
        """
        self.is_configured = bool(settings.smtp_url)
        self._server = urlsplit(settings.smtp_url)
        self._sender = settings.mail_from
        if self.is_configured and self._server.scheme not in {"smtp", "smtps"}:
            raise SettingsError(f"{PREFIX}SMTP_URL: begins with smtp:// or smtps://")
        if self.is_configured and not self._sender:
            raise SettingsError(f"{PREFIX}MAIL_FROM: who mail comes from, once there is SMTP_URL")

    async def send(self, to: str, subject: str, text: str) -> None:
        """Hands the mail to the server, which has it when this returns.

        Marked as sent by a machine, so that no other machine answers it.

        Raises:
            aiosmtplib.SMTPException, OSError: not this time; try again.
        """
        if not self.is_configured:
            log.warning("mail.not_configured", hint=f"Set {PREFIX}SMTP_URL to send mail.")
            return
        message = EmailMessage(policy=SMTP)
        message["From"] = self._sender
        message["To"] = to
        message["Subject"] = subject
        message["Date"] = formatdate(usegmt=True)
        message["Message-ID"] = make_msgid(domain=self._sender.rpartition("@")[2].rstrip(">"))
        message["Auto-Submitted"] = "auto-generated"
        message["X-Auto-Response-Suppress"] = "All"
        message.set_content(text)
        await self.hand_over(message)

    async def hand_over(self, message: EmailMessage) -> None:
        """Hands over a mail that is complete; raises as `send` does."""
        is_tls = self._server.scheme == "smtps"
        await aiosmtplib.send(
            message,
            hostname=self._server.hostname or "localhost",
            port=self._server.port or (_TLS_PORT if is_tls else _SUBMISSION_PORT),
            username=unquote(self._server.username) if self._server.username else None,
            password=unquote(self._server.password) if self._server.password else None,
            use_tls=is_tls,
            timeout=_PATIENCE_S,
        )
