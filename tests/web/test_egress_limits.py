"""The one door for outgoing HTTP: how long and how much it listens, and what it writes down."""

import asyncio
import gzip
from collections.abc import AsyncGenerator, Sequence
from contextlib import suppress

import pytest
import structlog

from rejoinder.web.egress.client import TIMEOUT_S, Call, Egress
from rejoinder.web.egress.errors import Refused, Unreachable
from tests.receiver import Received, Receiver, a_receiver, reply
from tests.web.egress import OPEN, a_call, sent


@pytest.fixture
async def receiver() -> AsyncGenerator[Receiver]:
    async with a_receiver() as receiver:
        yield receiver


async def test_of_a_long_answer_only_the_beginning_is_read(receiver: Receiver) -> None:
    async def behave(_: Received) -> bytes:
        return b"HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n" + b"x" * 100_000

    receiver.behaviour = behave
    found = await sent(Egress(OPEN), receiver.url, most_bytes=4_096)

    assert found.body == b"x" * 4_096


async def test_what_is_sent_compressed_is_not_unpacked(receiver: Receiver) -> None:
    bomb = gzip.compress(b"0" * 1_000_000)

    async def behave(_: Received) -> bytes:
        return reply(200, bomb, "Content-Encoding: gzip")

    receiver.behaviour = behave
    found = await sent(Egress(OPEN), receiver.url)

    assert found.body == bomb
    assert receiver.received[0].headers["accept-encoding"] == "identity"


async def test_an_answer_that_drips_is_given_up_in_time(receiver: Receiver) -> None:
    async def behave(_: Received) -> bytes:
        return b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nx"

    receiver.behaviour = behave

    with pytest.raises(Unreachable, match=r"within 0.2 seconds"):
        await sent(Egress(OPEN, timeout=0.2), receiver.url)


async def test_an_answer_that_never_stops_dripping_is_given_up_in_time() -> None:
    """Each byte comes in time, and the whole never does."""

    async def drip(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
            while not writer.is_closing():
                writer.write(b"x")
                await writer.drain()
                await asyncio.sleep(0.02)

    async with await asyncio.start_server(drip, "127.0.0.1") as server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        async with asyncio.timeout(10):
            with pytest.raises(Unreachable, match=r"within 0.3 seconds"):
                await sent(Egress(OPEN, timeout=0.3), url)


async def test_headers_without_end_are_no_answer(receiver: Receiver) -> None:
    async def behave(_: Received) -> bytes:
        return b"HTTP/1.1 200 OK\r\n" + b"X-More: of it\r\n" * 100_000

    receiver.behaviour = behave

    with pytest.raises(Unreachable):
        await sent(Egress(OPEN, timeout=5), receiver.url)


async def test_a_name_server_that_is_silent_is_given_up_in_time() -> None:
    async def resolve(_host: str, _port: int) -> Sequence[str]:
        await asyncio.Event().wait()
        return []

    egress = Egress(OPEN, resolve=resolve, timeout=0.2)

    with pytest.raises(Unreachable, match="cannot be resolved"):
        await egress.check(a_call("http://silent.test/"))
    with pytest.raises(Unreachable, match=r"within 0.2 seconds"):
        await sent(egress, "http://silent.test/")


def test_nobody_is_waited_for_longer_than_ten_seconds_or_heard_for_more_than_a_megabyte() -> None:
    assert TIMEOUT_S <= 10
    assert Call(purpose="test", project_id=1, url="").most_bytes <= 1_048_576


async def test_each_attempt_is_logged_with_its_project_and_nothing_secret(
    receiver: Receiver,
) -> None:
    secret = "?token=do-not-tell"
    urls = (f"http://127.0.0.1:{receiver.port}/do-not-tell{secret}", f"http://10.0.0.1/{secret}")

    with structlog.testing.capture_logs() as lines:
        await sent(Egress(OPEN), urls[0])
        for url in (urls[1], f"http://do-not-tell:{secret}@10.0.0.1/"):
            with pytest.raises(Refused):
                await sent(Egress(OPEN), url)
            with pytest.raises(Refused):
                await Egress(OPEN).check(a_call(url))

    outcomes = [line["outcome"] for line in lines if line["event"] == "egress.sent"]
    assert outcomes == ["2xx", *["refused"] * 4]
    assert {(line["project_id"], line["purpose"]) for line in lines} == {(1, "test")}
    assert "do-not-tell" not in str(lines)
