"""The mail of everybody: a real SMTP server on this machine."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, Envelope, Session

_PATIENCE = 30.0


class Mailbox:
    """Takes whatever is sent, but for those who are `refused` for now, or `unknown`."""

    def __init__(self) -> None:
        self.url = ""
        self.refused: set[str] = set()
        self.unknown: set[str] = set()
        self._mails: asyncio.Queue[EmailMessage] = asyncio.Queue()

    async def next(self) -> EmailMessage:
        """The next mail; raises TimeoutError when none comes."""
        async with asyncio.timeout(_PATIENCE):
            return await self._mails.get()

    @property
    def is_empty(self) -> bool:
        return self._mails.empty()

    async def handle_RCPT(  # noqa: N802  the library's name
        self, _: SMTP, __: Session, envelope: Envelope, address: str, ___: list[str]
    ) -> str:
        if address in self.unknown:
            return "550 Nobody of that name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802  the library's name
        self, _: SMTP, __: Session, envelope: Envelope
    ) -> str:
        assert isinstance(envelope.content, bytes)
        if self.refused.intersection(envelope.rcpt_tos):
            return "452 Try again later"
        self._mails.put_nowait(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@asynccontextmanager
async def a_mailbox() -> AsyncGenerator[Mailbox]:
    """Listens until the block ends."""
    mailbox = Mailbox()
    async with listening(mailbox) as mailbox.url:
        yield mailbox


@asynccontextmanager
async def listening(handler: object) -> AsyncGenerator[str]:
    """The URL of an SMTP server that hands its mails to `handler`."""
    loop = asyncio.get_running_loop()
    async with await loop.create_server(lambda: SMTP(handler), "127.0.0.1", 0) as server:
        yield f"smtp://127.0.0.1:{server.sockets[0].getsockname()[1]}"
