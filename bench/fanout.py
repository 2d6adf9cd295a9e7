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
from pathlib import Path
from typing import cast

import httpx
import uvloop
from msgspec import Struct
from rich.console import Console
from rich.table import Table

from bench.processes import Server, memory_mb, rejoinder, serving, tree
from bench.seed import Plan
from bench.world import World, prepare, tidy
from rejoinder.db.embedded import EmbeddedPostgres

FOLDER = Path(".bench")
_IDLE_IN, _BUSY_IN = 3, 2
_PATIENCE_S = 60.0


class Measured(Struct, frozen=True):
    """Streams of one server; times in milliseconds, `burst` in events a second and stream."""

    kb_each: float
    p50: float
    p99: float
    burst: float


class Reader(asyncio.Protocol):
    """A stream's client: notes when each event arrives."""

    def __init__(self, path: str, key: str) -> None:
        self.arrived: list[float] = []
        self._request = f"GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {key}\r\n\r\n"

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        cast("asyncio.Transport", transport).write(self._request.encode())

    def data_received(self, data: bytes) -> None:
        self.arrived += [time.time()] * data.count(b"\ndata: ")


async def connect(server: Server, path: str, key: str, count: int) -> list[Reader]:
    loop = asyncio.get_running_loop()
    readers: list[Reader] = []
    for _ in range(count):
        reader = Reader(path, key)
        await loop.create_connection(lambda reader=reader: reader, "127.0.0.1", server.port)
        readers.append(reader)
    await asyncio.sleep(1.0)
    return readers


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


async def streams(ours: Server, measured: Server, world: World, path: str, idle: int) -> Measured:
    """Fifty streams that are told of every ticket, beside so many that hear nothing."""
    key = world.subject.key
    before = memory_mb(tree(measured.pid))
    await connect(measured, path.format(project=_IDLE_IN), key, idle)
    kb_each = (memory_mb(tree(measured.pid)) - before) * 1024 / idle
    readers = await connect(measured, path.format(project=_BUSY_IN), key, 50)
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


async def webhook(ours: Server, world: World) -> tuple[float, float]:
    """Events a second into one receiver, and the median milliseconds of a single one."""
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
    return rate, times[len(times) // 2] * 1000


async def measure(world: World, ours: Server, floor: Server, idle: int) -> Table:
    table = Table(title=f"{idle:,} idle streams, 50 that are told", title_justify="left")
    for name in ("to", "kB a stream", "p50 ms", "p99 ms", "events/s in a burst"):
        table.add_column(name, justify="left" if name == "to" else "right")
    stream = "/api/projects/{project}/events/stream?types=ticket.created"
    for name, server, path in (("our streams", ours, stream), ("the floor", floor, "/{project}")):
        found = await streams(ours, server, world, path, idle)
        figures = found.kb_each, found.p50, found.p99, found.burst
        table.add_row(name, *(f"{figure:,.1f}" for figure in figures))
    rate, p50 = await webhook(ours, world)
    table.add_row("a webhook", "", f"{p50:,.1f}", "", f"{rate:,.1f}")
    return table


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.fanout", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="500 idle streams instead of 5,000")
    idle = 500 if parser.parse_args().quick else 5_000
    postgres = EmbeddedPostgres(FOLDER, connections=100)
    server = postgres.start()
    try:
        world = asyncio.run(prepare(server, Plan(tickets=1_000)))
        environment = {
            "REJOINDER_DATABASE_URL": world.dsn,
            "REJOINDER_RATE_LIMITS": "false",
            "REJOINDER_ACCESS_LOG": "false",
            "REJOINDER_MAX_STREAMS": "10000",
            "REJOINDER_EGRESS_NETWORKS": "127.0.0.1",
            "REJOINDER_EGRESS_PORTS": "1024-65535",
        }
        log = FOLDER / "fanout.log"
        with (
            serving(rejoinder("serve"), environment, log) as ours,
            serving([sys.executable, "-m", "bench.listener"], environment, log, path="/") as floor,
        ):
            table = uvloop.run(measure(world, ours, floor, idle))
        asyncio.run(tidy(world))
    finally:
        postgres.stop()
    Console(width=None if sys.stdout.isatty() else 120).print(table)


if __name__ == "__main__":
    main()
