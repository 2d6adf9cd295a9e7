"""`python -m bench.fanout [--quick]`: from a commit to the sockets of streams, and to a webhook.

Streams stand beside a floor that does nothing but LISTEN and send: a bare ASGI function on the same
server. Times run from the stamp of the new ticket to the arrival of its event; they include the
commit itself.
"""

import argparse
import asyncio
import sys
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import cast

import httpx
import uvloop
from msgspec import Struct
from rich.console import Console

from bench.effort import FULL, QUICK, SMALL
from bench.goals import Verdict, at_most
from bench.processes import Server, memory_mb, open_many_files, rejoinder, serving, tree
from bench.tables import Shown
from bench.world import FOLDER, World, database, prepare, tidy

_IDLE_IN, _BUSY_IN = 3, 2
_PATIENCE_S = 60.0
_AT_ONCE = 250
_BESIDE = 1_000
_KB_EACH = 45.0
# The server's own files, and the streams that are told.
_OTHER_FILES = 500
_STREAM = "/api/projects/{project}/events/stream?types="
_TOLD, _UNTOLD = _STREAM + "ticket.created", _STREAM + "ticket.deleted"


class Measured(Struct, frozen=True):
    """Streams of one server; times in milliseconds, `burst` in events a second and stream."""

    kb_each: float
    p50: float
    p99: float
    burst: float


class Webhook(Struct, frozen=True):
    """Events a second into one receiver, and the median milliseconds of a single one."""

    rate: float
    p50: float


class Fanout(Struct, frozen=True):
    """`beside`: ours, with streams of the same project that want other events."""

    wanted: int
    idle: int
    ours: Measured
    floor: Measured
    beside: Measured
    webhook: Webhook

    def verdicts(self) -> list[Verdict]:
        return [at_most(f"{self.idle:,} idle streams", "kB each", _KB_EACH, self.ours.kb_each)]


class Reader(asyncio.Protocol):
    """A stream's client: notes when it was greeted, and when each event arrives."""

    def __init__(self, path: str, key: str) -> None:
        self.is_open = False
        self.arrived: list[float] = []
        self._request = f"GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {key}\r\n\r\n"

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._transport.write(self._request.encode())

    def leave(self) -> None:
        self._transport.abort()

    def data_received(self, data: bytes) -> None:
        self.is_open |= b"\n: " in data
        self.arrived += [time.time()] * data.count(b"\ndata: ")


@asynccontextmanager
async def connected(
    server: Server, path: str, key: str, count: int
) -> AsyncGenerator[list[Reader]]:
    """So many streams; fewer at once than a server refuses as too many requests."""
    loop = asyncio.get_running_loop()
    readers: list[Reader] = []
    while len(readers) < count:
        wave = [Reader(path, key) for _ in range(min(_AT_ONCE, count - len(readers)))]
        for reader in wave:
            await loop.create_connection(lambda reader=reader: reader, "127.0.0.1", server.port)
        await until(lambda wave=wave: all(reader.is_open for reader in wave))
        readers += wave
    await asyncio.sleep(1.0)
    try:
        yield readers
    finally:
        for reader in readers:
            reader.leave()


async def create(ours: Server, key: str, count: int, at_once: int, pause: float) -> list[float]:
    """Creates tickets; the stamps they were given."""
    stamps: list[float] = []
    left = iter(range(count))
    url = f"http://127.0.0.1:{ours.port}/api/projects/{_BUSY_IN}/conversations/tickets/"
    fields = {"email_subject": "Created by the benchmark"}

    async def one_by_one(client: httpx.AsyncClient) -> None:
        for _ in left:
            answer = await client.post(url, json=fields)
            stamps.append(datetime.fromisoformat(answer.json()["created_at"]).timestamp())
            await asyncio.sleep(pause)

    headers = {"Authorization": f"Bearer {key}"}
    async with httpx.AsyncClient(headers=headers, timeout=30) as client:
        await asyncio.gather(*(one_by_one(client) for _ in range(at_once)))
    return sorted(stamps)


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(_PATIENCE_S):
        while not condition():  # noqa: ASYNC110  the readers are plain protocols
            await asyncio.sleep(0.01)


async def streams(
    ours: Server, measured: Server, world: World, path: str, idle_path: str, idle: int
) -> Measured:
    """Fifty streams that are told of every ticket, beside so many that hear nothing."""
    key = world.subject.key
    before = memory_mb(tree(measured.pid))
    async with connected(measured, idle_path, key, idle):
        kb_each = (memory_mb(tree(measured.pid)) - before) * 1024 / idle
        path = path.format(project=_BUSY_IN)
        async with connected(measured, path, key, 50) as readers:
            return await told(ours, key, readers, kb_each)


async def told(ours: Server, key: str, readers: list[Reader], kb_each: float) -> Measured:
    stamps = await create(ours, key, 100, 1, 0.01)
    await until(lambda: all(len(reader.arrived) >= len(stamps) for reader in readers))
    times = sorted(
        (arrived - stamp) * 1000
        for reader in readers
        for arrived, stamp in zip(reader.arrived, stamps, strict=False)
    )
    began = time.time()
    await create(ours, key, 500, 8, 0.0)
    await until(lambda: all(len(reader.arrived) >= 600 for reader in readers))
    return Measured(
        kb_each, times[len(times) // 2], times[len(times) * 99 // 100], 500 / (time.time() - began)
    )


@asynccontextmanager
async def receiver(arrived: list[float]) -> AsyncGenerator[int]:
    """A webhook's receiver: answers at once, and notes when."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0]
        await reader.readexactly(int(length))
        arrived.append(time.time())
        writer.write(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        yield server.sockets[0].getsockname()[1]


async def webhook(ours: Server, world: World) -> Webhook:
    arrived: list[float] = []
    base = f"http://127.0.0.1:{ours.port}/api/projects/{_BUSY_IN}/webhooks/"
    headers = {"Authorization": f"Bearer {world.subject.key}"}
    async with receiver(arrived) as port, httpx.AsyncClient(headers=headers) as client:
        fields = {"url": f"http://127.0.0.1:{port}/", "event_types": ["ticket.created"]}
        made = await client.post(base, json=fields)
        made.raise_for_status()
        stamps = await create(ours, world.subject.key, 50, 1, 0.05)
        await until(lambda: len(arrived) >= len(stamps))
        times = sorted(came - stamp for came, stamp in zip(arrived, stamps, strict=False))
        began = time.time()
        await create(ours, world.subject.key, 500, 8, 0.0)
        await until(lambda: len(arrived) >= 550)
        rate = 500 / (time.time() - began)
        await client.delete(f"{base}{made.json()['webhook']['id']}/")
    return Webhook(rate, times[len(times) // 2] * 1000)


def table(found: Fanout) -> Shown:
    possible = "" if found.idle == found.wanted else f" (of {found.wanted:,}: files of a process)"
    title = f"{found.idle:,} idle streams{possible}, 50 that are told"
    head = "to", "kB a stream", "p50 ms", "p99 ms", "events/s in a burst"
    shown = Shown("streams", title, *head)
    for name, each in (("our streams", found.ours), ("the floor", found.floor)):
        figures = each.kb_each, each.p50, each.p99, each.burst
        shown.row(name, *(f"{figure:,.1f}" for figure in figures))
    figures = found.beside.p50, found.beside.p99, found.beside.burst
    name = f"our streams, beside {_BESIDE:,} of the busy project that want other events"
    shown.row(name, "", *(f"{figure:,.1f}" for figure in figures))
    shown.row("a webhook", "", f"{found.webhook.p50:,.1f}", "", f"{found.webhook.rate:,.1f}")
    return shown


async def measure(world: World, ours: Server, floor: Server, wanted: int) -> Fanout:
    idle = min(wanted, open_many_files() - _OTHER_FILES)
    told_of: dict[str, Measured] = {}
    for name, server, path in (("ours", ours, _TOLD), ("floor", floor, "/{project}")):
        idle_path = path.format(project=_IDLE_IN)
        told_of[name] = await streams(ours, server, world, path, idle_path, idle)
    # Last, and without their memory: they have what the streams before gave back.
    untold = _UNTOLD.format(project=_BUSY_IN)
    beside = await streams(ours, ours, world, _TOLD, untold, _BESIDE)
    return Fanout(wanted, idle, **told_of, beside=beside, webhook=await webhook(ours, world))


def fanout(server: str, wanted: int) -> Fanout:
    """With the database server at this DSN."""
    world = asyncio.run(prepare(server, SMALL))
    environment = {
        "REJOINDER_DATABASE_URL": world.dsn,
        "REJOINDER_RATE_LIMITS": "false",
        "REJOINDER_ACCESS_LOG": "false",
        # The floor hears of commits, not of events: each ticket needs one of its own.
        "REJOINDER_BATCH_WRITES": "false",
        "REJOINDER_MAX_STREAMS": str(wanted + 2 * _BESIDE),
        "REJOINDER_EGRESS_NETWORKS": "127.0.0.1",
        "REJOINDER_EGRESS_PORTS": "1024-65535",
    }
    log = FOLDER / "fanout.log"
    beside = [sys.executable, "-m", "bench.listener"]
    try:
        with (
            serving(rejoinder("serve"), environment, log) as ours,
            serving(beside, environment, FOLDER / "listener.log", path="/") as floor,
        ):
            return uvloop.run(measure(world, ours, floor, wanted))
    finally:
        asyncio.run(tidy(world))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.fanout", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="500 idle streams instead of 20,000")
    effort = QUICK if parser.parse_args().quick else FULL
    with database() as server:
        found = fanout(server, effort.streams)
    Console(width=None if sys.stdout.isatty() else 120).print(table(found))


if __name__ == "__main__":
    main()
