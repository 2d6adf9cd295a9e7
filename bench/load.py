"""The load generator: keep-alive HTTP/1.1 over raw sockets, in a process of its own.

It reads one `Job` from standard input, connects, says so, and prints one `Outcome`. Each connection
sends its next request when it has the whole answer to the one before.
"""

import asyncio
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from itertools import count, cycle
from time import perf_counter_ns
from typing import TypeVar, cast

import msgspec
import uvloop
from msgspec import Struct

from bench.processes import open_many_files

T = TypeVar("T")

FRESH = "~never-seen-yet~"
"""Stands in a request for sixteen digits that no other request has."""

_FRESH = FRESH.encode()
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_TAG = re.compile(rb'\r\netag: *("[^"\r]*")', re.IGNORECASE)
_CONNECTED = b"connected\n"
_AT_ONCE = 200
_SLACK_S = 30.0


class Job(Struct, frozen=True):
    """Requests as the bytes that are sent, taken in turn by all connections."""

    port: int
    requests: list[bytes]
    connections: int
    seconds: float
    rate: float | None = None
    """Requests a second, all connections together; none: as fast as they are answered."""
    once: bool = False
    """Each request is sent once; it is over when there is none left, or the time is."""
    warm: float = 0.0
    """Seconds of the same before that do not count: caches, connections and plans come to be."""
    revalidates: bool = False
    """Each connection sends the tag of the answer it had before as `If-None-Match`."""


class Outcome(Struct, frozen=True):
    """What came back; times in milliseconds. `unchanged` are the answers with 304."""

    answered: int
    failed: int
    unchanged: int
    seconds: float
    p50: float
    p95: float
    p99: float
    bytes: int

    @property
    def rate(self) -> float:
        return self.answered / self.seconds


def run(job: Job, look: Callable[[], T]) -> tuple[Outcome, T, T]:
    """Runs the job in a new process; looks when all are connected, and when it is over."""
    with subprocess.Popen(
        [sys.executable, "-m", "bench.load"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(msgspec.json.encode(job))
            process.stdin.close()
            assert process.stdout.readline() == _CONNECTED, "the load generator did not connect"
            before = look()
            outcome = msgspec.json.decode(process.stdout.readline(), type=Outcome)
            return outcome, before, look()
        finally:
            process.kill()


def request(
    method: str,
    path: str,
    key: str = "",
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    if key:
        lines.append(f"Authorization: Bearer {key}")
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


def length_of(answer: bytearray) -> int:
    """How long the answer that begins so is as a whole; 0 before its headers have come."""
    end = answer.find(b"\r\n\r\n")
    if end < 0:
        return 0
    match = _LENGTH.search(answer, 0, end + 2)
    return end + 4 + int(match[1] if match else 0)


class _Run:
    """What the connections share."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.requests: Iterator[bytes] = iter(job.requests) if job.once else cycle(job.requests)
        self.fresh = count(time.time_ns() // 1000)
        self.begin()
        self.is_over = False
        self.open = 0
        self.end = asyncio.Event()
        self.pause = job.connections / job.rate if job.rate else 0.0

    def begin(self) -> None:
        """From here on it counts."""
        self.began = perf_counter_ns()
        self.times: list[int] = []
        self.failed = 0
        self.unchanged = 0
        self.bytes = 0

    def next(self) -> bytes | None:
        """The next request; none when all were sent."""
        request = next(self.requests, None)
        if request is not None and _FRESH in request:
            return request.replace(_FRESH, b"%016d" % next(self.fresh))
        return request

    def left(self) -> None:
        self.open -= 1
        if not self.open:
            self.end.set()


class _Client(asyncio.Protocol):
    def __init__(self, run: _Run) -> None:
        self._run = run
        self._buffer = bytearray()
        self._wanted = 0
        self._sent_at = 0
        self._is_waiting = False
        self._tag = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._run.open += 1

    def send(self) -> None:
        """The next request, unless there is none left or the run has ended during a pause."""
        request = None if self._run.is_over else self._run.next()
        if request is None or self._transport.is_closing():
            self._transport.close()
            return
        if self._tag:
            request = b"%sIf-None-Match: %s\r\n\r\n" % (request[:-2], self._tag)
        self._wanted = 0
        self._buffer.clear()
        self._is_waiting = True
        self._sent_at = perf_counter_ns()
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        self._wanted = self._wanted or length_of(self._buffer)
        if self._wanted and len(self._buffer) >= self._wanted:
            self._answered()

    def _answered(self) -> None:
        run = self._run
        self._is_waiting = False
        spent = perf_counter_ns() - self._sent_at
        run.times.append(spent)
        run.bytes += self._wanted
        is_unchanged = self._buffer.startswith(b"HTTP/1.1 304")
        run.unchanged += is_unchanged
        run.failed += not (is_unchanged or self._buffer.startswith(b"HTTP/1.1 2"))
        if run.job.revalidates and (match := _TAG.search(self._buffer)):
            self._tag = match[1]
        if run.pause:
            asyncio.get_running_loop().call_later(max(0.0, run.pause - spent / 1e9), self.send)
        else:
            self.send()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  the protocol's
        self._run.failed += self._is_waiting and not self._run.is_over
        self._run.left()


async def _load(job: Job) -> Outcome:
    run = _Run(job)
    clients = await _connected(run, job)
    for place, client in enumerate(clients):
        # Those who come at a rate come one after the other, not all at once.
        asyncio.get_running_loop().call_later(run.pause * place / len(clients), client.send)
    await asyncio.sleep(job.warm)
    sys.stdout.buffer.write(_CONNECTED)
    sys.stdout.buffer.flush()
    run.begin()
    with suppress(TimeoutError):
        async with asyncio.timeout(job.seconds):
            await run.end.wait()
    run.is_over = True
    return _outcome(run)


def _outcome(run: _Run) -> Outcome:
    seconds = (perf_counter_ns() - run.began) / 1e9
    times = sorted(run.times) or [0]
    p50, p95, p99 = (times[int(len(times) * share)] / 1e6 for share in (0.5, 0.95, 0.99))
    answered = len(run.times)
    size = run.bytes // max(1, answered)
    return Outcome(answered, run.failed, run.unchanged, seconds, p50, p95, p99, size)


async def _connected(run: _Run, job: Job) -> list[_Client]:
    """As many connections as the job wants, some at a time."""
    loop = asyncio.get_running_loop()
    left = iter(range(job.connections))
    clients: list[_Client] = []

    async def connect() -> None:
        for _ in left:
            _, client = await loop.create_connection(lambda: _Client(run), "127.0.0.1", job.port)
            clients.append(client)

    async with asyncio.timeout(_SLACK_S), asyncio.TaskGroup() as group:
        for _ in range(min(_AT_ONCE, job.connections)):
            group.create_task(connect())
    return clients


def main() -> None:
    open_many_files()
    job = msgspec.json.decode(sys.stdin.buffer.read(), type=Job)
    outcome = uvloop.run(_load(job))
    sys.stdout.buffer.write(msgspec.json.encode(outcome) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
