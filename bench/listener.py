"""The floor of streams: one LISTEN, and one frame to everybody for each commit."""

import asyncio
from typing import Any

import asyncpg

from bench.seed import Connection
from rejoinder.cli.workers import serve_until_stopped
from rejoinder.events.announcement import CHANNEL
from rejoinder.settings import load

_HEADERS = [(b"content-type", b"text/event-stream")]
_TOLD = "/2"


class Listener:
    """The ASGI application; only streams of one path are told anything."""

    def __init__(self) -> None:
        self._queues: set[asyncio.Queue[bytes]] = set()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
        if scope["path"] == "/":
            await send({"type": "http.response.body", "body": b""})
            return
        queue = asyncio.Queue[bytes]()
        if scope["path"] == _TOLD:
            self._queues.add(queue)
        await send({"type": "http.response.body", "body": b": hello\n\n", "more_body": True})
        while True:
            frame = await queue.get()
            await send({"type": "http.response.body", "body": frame, "more_body": True})

    async def _live(self, receive: Any, send: Any) -> None:
        await receive()
        connection: Connection = await asyncpg.connect(load().database_url)
        await connection.add_listener(CHANNEL, self._hear)
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await connection.close()
        await send({"type": "lifespan.shutdown.complete"})

    def _hear(self, _connection: object, _pid: int, _channel: str, payload: object) -> None:
        frame = f"event: x\ndata: {payload}\n\n".encode()
        for queue in self._queues:
            queue.put_nowait(frame)


def create() -> Listener:
    return Listener()


if __name__ == "__main__":
    serve_until_stopped(load(), "127.0.0.1", "bench.listener:create")
