"""A queued request reaches the other host as it came, and is tried again when that fails."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import msgspec
import pytest

from rejoinder.channels.host.forwarding import FORWARD, Forwarded, HostFailed, forward
from rejoinder.events.work import Work
from rejoinder.jobs.types import Job
from rejoinder.web.egress.client import Egress
from rejoinder.web.egress.errors import Unreachable


class OtherHost:
    """Keeps what it is sent, and answers with a status of its own."""

    def __init__(self, status: int) -> None:
        self.status = status
        self.url = ""
        self.received = b""

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        self.received = head + await reader.readexactly(4)
        writer.write(b"HTTP/1.1 %d x\r\ncontent-length: 0\r\n\r\n" % self.status)
        await writer.drain()
        writer.close()


@asynccontextmanager
async def other_host(status: int) -> AsyncGenerator[OtherHost]:
    host = OtherHost(status)
    server = await asyncio.start_server(host.answer, "127.0.0.1", 0)
    async with server:
        host.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        yield host


@pytest.fixture
async def egress() -> AsyncGenerator[Egress]:
    async with Egress.anywhere().opened() as egress:
        yield egress


def job(host: OtherHost) -> Job:
    request = Forwarded(host.url, "/e/?ver=1", {"content-type": "text/plain"}, b"\x1f\x8b\x00x")
    return Job(1, FORWARD, msgspec.Raw(msgspec.json.encode(request)), 1)


async def test_the_other_host_gets_the_request_as_it_came(work: Work, egress: Egress) -> None:
    async with other_host(200) as host:
        await forward(work, job(host), egress=egress)

    assert host.received.startswith(b"POST /e/?ver=1 HTTP/1.1\r\n")
    assert b"content-type: text/plain\r\n" in host.received.lower()
    assert host.received.endswith(b"\r\n\r\n\x1f\x8b\x00x")


async def test_a_host_that_fails_is_worth_another_attempt(work: Work, egress: Egress) -> None:
    async with other_host(503) as host:
        with pytest.raises(HostFailed):
            await forward(work, job(host), egress=egress)


async def test_a_host_that_refuses_is_not_asked_again(work: Work, egress: Egress) -> None:
    async with other_host(401) as host:
        await forward(work, job(host), egress=egress)

    assert host.received


async def test_a_host_that_is_away_is_worth_another_attempt(work: Work, egress: Egress) -> None:
    async with other_host(200) as host:
        pass

    with pytest.raises(Unreachable):
        await forward(work, job(host), egress=egress)
