"""Server-sent events as a client reads them, from an application in this process."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from typing import Any, cast
from urllib.parse import urlencode

import httpx
import msgspec
from msgspec import Struct

PATIENCE = 5.0
_END = b"\n\n"


class Event(Struct):
    name: str
    data: dict[str, Any]
    id: str = ""


class Stream:
    """A stream as a client reads it; httpx would wait for its end before it shows anything."""

    def __init__(self) -> None:
        self.status = 0
        self.headers: dict[str, str] = {}
        self.ended = False
        self._leave = asyncio.Event()
        self._chunks: asyncio.Queue[bytes] = asyncio.Queue()

    async def receive(self) -> dict[str, Any]:
        await self._leave.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        else:
            # What is told at once comes in one piece.
            for frame in message["body"].removesuffix(_END).split(_END):
                self._chunks.put_nowait(frame + _END)
            self.ended = not message.get("more_body", False)

    def leave(self) -> None:
        self._leave.set()

    async def next(self) -> Event:
        """The next event, signs of life left out."""
        async with asyncio.timeout(PATIENCE):
            while True:
                lines = (await self._chunks.get()).decode().strip().split("\n")
                fields = dict(line.split(": ", 1) for line in lines if ": " in line)
                if "event" in fields:
                    data = msgspec.json.decode(fields["data"], type=dict[str, Any])
                    return Event(fields["event"], data, fields.get("id", ""))

    async def until_end(self) -> bytes:
        """What was sent and not read yet, once the server has ended the stream."""
        rest: list[bytes] = []
        async with asyncio.timeout(PATIENCE):
            while not (self.ended and self._chunks.empty()):
                rest.append(await self._chunks.get())
        return b"".join(rest)


@asynccontextmanager
async def following(
    client: httpx.AsyncClient, path: str, headers: Mapping[str, str], query: Mapping[str, str]
) -> AsyncGenerator[Stream]:
    """A stream that the client leaves at the end of the block."""
    transport = cast("httpx.ASGITransport", client._transport)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  httpx hides where it leads
    application: Any = transport.app
    scope: dict[str, Any] = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": urlencode(query).encode(),
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("testserver", 80),
        "scheme": "http",
    }
    stream = Stream()
    task = asyncio.create_task(application(scope, stream.receive, stream.send))
    try:
        yield stream
    finally:
        stream.leave()
        async with asyncio.timeout(PATIENCE):
            await task
