"""A TCP proxy that can be slow, silent, cut or gone, between the application and what it needs."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from rejoinder.events.listen import APPLICATION_NAME

_CHUNK: Final = 65_536
_LISTENING: Final = APPLICATION_NAME.encode()

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]
Connect = Callable[[], Coroutine[Any, Any, Streams]]


class Proxy:
    """Passes on what it gets, unless it is told otherwise."""

    def __init__(self, connect: Connect) -> None:
        self.port = 0
        self.delay = 0.0
        self._connect = connect
        self._flows = asyncio.Event()
        self._flows.set()
        self._refuses = False
        self._calls_left: int | None = None
        self._is_late = False
        self._links: set[_Link] = set()

    @asynccontextmanager
    async def running(self, address: str = "127.0.0.1", port: int = 0) -> AsyncGenerator["Proxy"]:
        server = await asyncio.start_server(self._accept, address, port)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()
            self.cut()
            await server.wait_closed()

    def stall(self) -> None:
        """Nothing passes, in either direction, and nobody is told."""
        self._flows.clear()

    def heal(self) -> None:
        """All is as it was; what was held back meanwhile arrives now."""
        self.delay, self._refuses, self._calls_left = 0.0, False, None
        self._flows.set()

    def refuse(self) -> None:
        """Hangs up, and on everybody who comes."""
        self._refuses = True
        self.cut()

    def cut(self) -> None:
        for link in list(self._links):
            link.cut()

    def cut_answers_after(self, size: int) -> None:
        """Each connection is cut when so many more bytes of answers have passed."""
        for link in self._links:
            link.left = size

    def forget(self) -> None:
        """Half open: those who are connected hear nothing more, those who come are served."""
        for link in self._links:
            link.forgotten = True

    def cut_at_call(self, number: int, *, late: bool) -> None:
        """The connection of the call so many calls from now is cut: before it, or (late) after it.

        What comes late is done, but nobody hears of it.
        """
        self._calls_left, self._is_late = number, late

    def is_to_be_cut(self, link: "_Link", data: bytes) -> bool:
        """Whether this call is the one; those of the connection that only listens do not count."""
        link.only_listens = link.only_listens or _LISTENING in data
        if self._calls_left is None or link.only_listens:
            return False
        self._calls_left -= 1
        return self._calls_left == 0

    async def pass_on(self, link: "_Link", data: bytes) -> bytes:
        """What may be written to the client, when it may."""
        if self.delay:
            await asyncio.sleep(self.delay)
        await self._flows.wait()
        return link.shorten(data)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        link = _Link(writer)
        self._links.add(link)
        try:
            await self._flows.wait()
            if not self._refuses:
                await self._relay(link, (reader, writer))
        except OSError:
            pass
        finally:
            link.cut()
            self._links.discard(link)

    async def _relay(self, link: "_Link", client: Streams) -> None:
        server = await self._connect()
        link.writers.append(server[1])

        async def there() -> None:
            while data := await client[0].read(_CHUNK):
                await self._flows.wait()
                if self.is_to_be_cut(link, data):
                    link.left = 0
                    if not self._is_late:
                        return
                if not link.forgotten:
                    await _send(server[1], data)

        async def back() -> None:
            while data := await server[0].read(_CHUNK):
                await _send(client[1], await self.pass_on(link, data))

        ways = [asyncio.create_task(way()) for way in (there, back)]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)


class _Link:
    """One client's connection."""

    def __init__(self, client: asyncio.StreamWriter) -> None:
        self.writers = [client]
        self.left: int | None = None
        self.forgotten = False
        self.only_listens = False

    def cut(self) -> None:
        for writer in self.writers:
            with suppress(OSError, RuntimeError):
                writer.transport.abort()

    def shorten(self, data: bytes) -> bytes:
        """What is left of an answer; after the last of it the connection is cut."""
        if self.forgotten:
            return b""
        if self.left is None:
            return data
        passed, self.left = data[: self.left], self.left - len(data)
        if self.left <= 0:
            asyncio.get_running_loop().call_later(0.01, self.cut)
            self.left = 0
        return passed


async def _send(writer: asyncio.StreamWriter, data: bytes) -> None:
    if data:
        writer.write(data)
        await writer.drain()


def to_postgres(dsn: str) -> Connect:
    """The way to the server of a DSN, whose socket lies in a folder or behind a port."""
    url = urlsplit(dsn)
    said = {name: values[0] for name, values in parse_qs(url.query).items()}
    host = said.get("host") or url.hostname or "localhost"
    port = int(said.get("port") or url.port or 5432)
    if host.startswith("/"):
        return lambda: asyncio.open_unix_connection(f"{host}/.s.PGSQL.{port}")
    return lambda: asyncio.open_connection(host, port)


def to_socket(path: str) -> Connect:
    return lambda: asyncio.open_unix_connection(path)


def through(proxy: Proxy, dsn: str) -> str:
    """The DSN of the same database, behind the proxy."""
    url = urlsplit(dsn)
    user = url.netloc.rpartition("@")[0]
    return f"postgresql://{user}@127.0.0.1:{proxy.port}{url.path}?sslmode=disable"
