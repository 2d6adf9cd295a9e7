"""The load generator: keep-alive HTTP/1.1 over raw sockets, in a process of its own.

It reads one `Job` from standard input and prints one `Outcome`. Each connection sends its next
request when it has the whole answer to the one before.
"""

import asyncio
import re
import subprocess
import sys
from collections.abc import Mapping
from itertools import cycle
from time import perf_counter_ns
from typing import cast

import msgspec
import uvloop
from msgspec import Struct

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_SLACK_S = 10.0


class Job(Struct, frozen=True):
    """Requests as the bytes that are sent, taken in turn by all connections."""

    port: int
    requests: list[bytes]
    connections: int
    seconds: float
    rate: float | None = None
    """Requests a second, all connections together; none: as fast as they are answered."""


class Outcome(Struct, frozen=True):
    """What came back; times in milliseconds."""

    answered: int
    failed: int
    seconds: float
    p50: float
    p99: float
    bytes: int

    @property
    def rate(self) -> float:
        return self.answered / self.seconds


def run(job: Job) -> Outcome:
    """Runs the job in a new process."""
    process = subprocess.run(
        [sys.executable, "-m", "bench.load"],
        input=msgspec.json.encode(job),
        stdout=subprocess.PIPE,
        timeout=job.seconds + 3 * _SLACK_S,
        check=True,
    )
    return msgspec.json.decode(process.stdout, type=Outcome)


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


class _Run:
    """What the connections share."""

    def __init__(self, job: Job) -> None:
        self.requests = cycle(job.requests)
        self.times: list[int] = []
        self.failed = 0
        self.bytes = 0
        self.over = False
        self.pause = job.connections / job.rate if job.rate else 0.0


class _Client(asyncio.Protocol):
    def __init__(self, run: _Run) -> None:
        self._run = run
        self._buffer = bytearray()
        self._wanted = 0
        self._sent_at = 0
        self.closed = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._send()

    def _send(self) -> None:
        self._wanted = 0
        self._buffer.clear()
        self._sent_at = perf_counter_ns()
        self._transport.write(next(self._run.requests))

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self._wanted and (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            match = _LENGTH.search(self._buffer, 0, end + 2)
            self._wanted = end + 4 + int(match[1] if match else 0)
        if self._wanted and len(self._buffer) >= self._wanted:
            self._answered()

    def _answered(self) -> None:
        run = self._run
        run.times.append(perf_counter_ns() - self._sent_at)
        run.bytes += self._wanted
        run.failed += not self._buffer.startswith(b"HTTP/1.1 2")
        if run.over:
            self._transport.close()
        elif run.pause:
            spent = (perf_counter_ns() - self._sent_at) / 1e9
            asyncio.get_running_loop().call_later(max(0.0, run.pause - spent), self._next)
        else:
            self._send()

    def _next(self) -> None:
        """After a pause, in which the run may have ended."""
        if self._run.over:
            self._transport.close()
        else:
            self._send()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  the protocol's
        self._run.failed += not self._run.over
        if not self.closed.done():
            self.closed.set_result(None)


async def _load(job: Job) -> Outcome:
    run = _Run(job)
    loop = asyncio.get_running_loop()
    began = perf_counter_ns()
    clients = [
        (await loop.create_connection(lambda: _Client(run), "127.0.0.1", job.port))[1]
        for _ in range(job.connections)
    ]
    await asyncio.sleep(job.seconds)
    answered, seconds = len(run.times), (perf_counter_ns() - began) / 1e9
    run.over = True
    await asyncio.wait([client.closed for client in clients], timeout=_SLACK_S)
    times = sorted(run.times) or [0]
    p50, p99 = (times[int(len(times) * share)] / 1e6 for share in (0.5, 0.99))
    return Outcome(answered, run.failed, seconds, p50, p99, run.bytes // max(1, len(run.times)))


def main() -> None:
    job = msgspec.json.decode(sys.stdin.buffer.read(), type=Job)
    outcome = uvloop.run(_load(job))
    sys.stdout.buffer.write(msgspec.json.encode(outcome))


if __name__ == "__main__":
    main()
