"""Server-sent events on their way to one client, and what ends them."""

import asyncio
import random
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any, Final

from litestar.response import Stream
from litestar.types import Receive, Scope, Send

_HEADERS: Final = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    # Proxies must not collect what is meant to arrive at once.
    (b"x-accel-buffering", b"no"),
]
# After a shutdown clients come back spread over this time, not all at once.
_RETRY_MS: Final = (500, 5_000)


class EventStream(Stream):
    """The framework's answer that `send_events` gives."""

    def __init__(self, chunks: AsyncGenerator[bytes], patience: float) -> None:
        super().__init__(chunks)
        self._chunks = chunks
        self._patience = patience

    def to_asgi_response(self, *_: object, **__: object) -> Any:
        return self._answer

    async def _answer(self, _scope: Scope, receive: Receive, send: Send) -> None:
        await send_events(receive, send, self._chunks, self._patience)


async def send_events(
    receive: Receive, send: Send, chunks: AsyncGenerator[bytes], patience: float
) -> None:
    """Ends when the chunks do, when the client leaves, or when it leaves one lying for too long.

    Nothing piles up for a client that does not read: the next chunk waits until it took the last.
    """
    await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
    time = asyncio.timeout(None)
    leaving = asyncio.create_task(_wait_until_gone(receive, time))
    try:
        async with time:
            await _send_all(send, chunks, time, patience)
    except TimeoutError:
        # An answer without its end: the server cuts the connection.
        if not time.expired():
            raise
    finally:
        leaving.cancel()


def come_back() -> bytes:
    """Tells a client whose stream ends when to return."""
    return f"retry: {random.randint(*_RETRY_MS)}\n\n".encode()  # noqa: S311  spreads load only


async def _send_all(
    send: Send, chunks: AsyncGenerator[bytes], time: asyncio.Timeout, patience: float
) -> None:
    now = asyncio.get_running_loop().time
    async with aclosing(chunks):
        async for chunk in chunks:
            time.reschedule(now() + patience)
            await _send_part(send, chunk)
            time.reschedule(None)
    await _send_part(send, b"", more=False)


async def _send_part(send: Send, chunk: bytes, *, more: bool = True) -> None:
    await send({"type": "http.response.body", "body": chunk, "more_body": more})


async def _wait_until_gone(receive: Receive, time: asyncio.Timeout) -> None:
    """Ends the time when the client has left."""
    while (await receive())["type"] != "http.disconnect":
        pass
    time.reschedule(0)
