"""An HTTP server on this machine that writes down what it is sent, and answers as it is told."""

import asyncio
import ssl
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any

import msgspec
from msgspec import Struct


class Received(Struct, frozen=True):
    target: str
    headers: Mapping[str, str]
    body: bytes
    at: float

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def json(self) -> Any:
        return msgspec.json.decode(self.body)


Behaviour = Callable[[Received], Awaitable[bytes]]


def reply(status: int, body: bytes = b"", *headers: str) -> bytes:
    """A whole HTTP answer."""
    lines = [f"HTTP/1.1 {status} Said", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class Receiver:
    """What arrived, and what is answered next: `status`, or whatever `behaviour` returns."""

    def __init__(self) -> None:
        self.port = 0
        self.connections = 0
        self.received: list[Received] = []
        self.status = 200
        self.behaviour: Behaviour = self._answer
        self._more = asyncio.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    @property
    def ids(self) -> list[str]:
        return [each.id for each in self.received]

    @property
    def types(self) -> list[str]:
        return [each.json["type"] for each in self.received]

    async def until(self, count: int) -> list[Received]:
        """What arrived, as soon as it is so much."""
        async with asyncio.timeout(20):
            while len(self.received) < count:
                self._more.clear()
                await self._more.wait()
        return self.received

    @asynccontextmanager
    async def listening(
        self, host: str = "127.0.0.1", *, tls: ssl.SSLContext | None = None
    ) -> AsyncGenerator["Receiver"]:
        server = await asyncio.start_server(self._serve, host, self.port, ssl=tls)
        self.port = server.sockets[0].getsockname()[1]
        tasks: set[asyncio.Task[None]] = set()
        self._tasks = tasks
        try:
            yield self
        finally:
            server.close()
            for task in tasks:
                task.cancel()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        if task := asyncio.current_task():
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        with suppress(asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            while True:
                request = await _read(reader)
                self.received.append(request)
                self._more.set()
                writer.write(await self.behaviour(request))
                await writer.drain()
        writer.close()

    async def _answer(self, _: Received) -> bytes:
        return reply(self.status)


async def _read(reader: asyncio.StreamReader) -> Received:
    first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().rstrip().split("\r\n")
    headers = {name.lower(): text for name, _, text in (line.partition(": ") for line in lines)}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Received(first.split(" ")[1], headers, body, time.monotonic())


@asynccontextmanager
async def a_receiver() -> AsyncGenerator[Receiver]:
    async with Receiver().listening() as receiver:
        yield receiver
