"""The load generator against a server that answers as it is told."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import Any

from bench import load
from bench.load import FRESH, Job, Outcome

Answer = Callable[[bytes], bytes]


@asynccontextmanager
async def answering(answer: Answer, seen: list[bytes]) -> AsyncGenerator[int]:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                seen.append(head)
                writer.write(answer(head))
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        yield server.sockets[0].getsockname()[1]


def whole(_: bytes) -> bytes:
    return b'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nETag: "one"\r\n\r\n{}'


async def run(answer: Answer, requests: list[bytes], **options: Any) -> tuple[Outcome, list[bytes]]:
    """What the generator says, and what the server saw."""
    seen: list[bytes] = []
    usual: dict[str, Any] = {"connections": 2, "seconds": 5.0, "once": True}
    async with answering(answer, seen) as port:
        job = Job(port, requests, **(usual | options))
        outcome, before, after = await asyncio.to_thread(load.run, job, lambda: len(seen))
    assert before <= after
    return outcome, seen


async def test_each_request_is_sent_once_when_it_would_have_nothing_to_do_again() -> None:
    paths = [load.request("GET", f"/{number}") for number in range(20)]

    outcome, seen = await run(whole, paths)

    assert outcome.answered == len(paths)
    assert sorted(seen) == sorted(paths)


async def test_a_fresh_request_is_like_no_other() -> None:
    outcome, seen = await run(whole, [load.request("GET", f"/?n={FRESH}")] * 50)

    assert outcome.answered == len(set(seen)) == 50
    assert not any(FRESH.encode() in each for each in seen)


async def test_a_connection_asks_with_the_tag_that_it_was_given() -> None:
    def answer(head: bytes) -> bytes:
        known = b'If-None-Match: "one"' in head
        return b"HTTP/1.1 304 Not Modified\r\n\r\n" if known else whole(head)

    requests = [load.request("GET", "/")] * 10

    outcome, _ = await run(answer, requests, connections=1, revalidates=True)

    assert (outcome.answered, outcome.unchanged, outcome.failed) == (10, 9, 0)


async def test_refusals_and_lost_connections_are_failures() -> None:
    def refuse(_: bytes) -> bytes:
        return b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"

    outcome, _ = await run(refuse, [load.request("GET", "/")] * 3)

    assert (outcome.answered, outcome.failed) == (3, 3)


async def test_pages_that_ask_at_a_rate_ask_no_more_often() -> None:
    outcome, seen = await run(
        whole, [load.request("GET", "/")], connections=10, seconds=0.5, rate=20.0, once=False
    )

    assert outcome.failed == 0
    assert len(seen) <= 20
