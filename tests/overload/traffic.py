"""Requests at a given rate, whatever the server makes of them, sent by a process of their own.

It reads one `Plan` from standard input and prints one `Report` for each of its streams. A request
goes out when its time has come, on a connection that is free; when all are busy it is missed.
"""

import asyncio
import re
import subprocess
import sys
from collections import deque
from itertools import cycle
from math import ceil
from time import perf_counter
from typing import cast

import msgspec
import uvloop
from msgspec import Struct, field

from bench.load import length_of

_RETRY = re.compile(rb"\r\nretry-after: *\d+", re.IGNORECASE)
_TICK_S = 0.005
_SLACK_S = 20.0
_REFUSALS = (429, 503)


class Stream(Struct, frozen=True):
    """Requests as the bytes that are sent, in turn, so many a second."""

    requests: list[bytes]
    rate: float
    connections: int


class Plan(Struct, frozen=True):
    port: int
    seconds: float
    streams: list[Stream]


class Report(Struct):
    """What became of a stream; times in milliseconds."""

    seconds: float = 0.0
    sent: int = 0
    missed: int = 0
    broken: int = 0
    statuses: dict[int, int] = field(default_factory=dict[int, int])
    without_retry: int = 0
    p50: float = 0.0
    p99: float = 0.0
    refused_p99: float = 0.0

    @property
    def done(self) -> int:
        return sum(count for status, count in self.statuses.items() if status < 300)

    @property
    def refused(self) -> int:
        return sum(self.statuses.get(status, 0) for status in _REFUSALS)

    @property
    def other(self) -> int:
        return sum(self.statuses.values()) - self.done - self.refused

    @property
    def goodput(self) -> float:
        return self.done / self.seconds

    def __str__(self) -> str:
        return (
            f"sent {self.sent / self.seconds:.0f}/s, done {self.goodput:.0f}/s"
            f" (p50 {self.p50:.0f} ms, p99 {self.p99:.0f} ms), refused"
            f" {self.refused / self.seconds:.0f}/s (p99 {self.refused_p99:.0f} ms),"
            f" missed {self.missed}, broken {self.broken}, other {self.other}"
        )


def run(plan: Plan) -> list[Report]:
    """Sends the plan from a new process."""
    done = subprocess.run(
        [sys.executable, "-m", __name__],
        input=msgspec.json.encode(plan),
        stdout=subprocess.PIPE,
        timeout=plan.seconds + 3 * _SLACK_S,
        check=True,
    )
    return msgspec.json.decode(done.stdout, type=list[Report])


def request(method: str, path: str, body: object = None, **headers: str) -> bytes:
    content = b"" if body is None else msgspec.json.encode(body)
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1"]
    lines += [f"{name.replace('_', '-')}: {text}" for name, text in headers.items()]
    if content:
        lines += ["Content-Type: application/json", f"Content-Length: {len(content)}"]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + content


class _Sender:
    """One stream while it is sent."""

    def __init__(self, stream: Stream, port: int) -> None:
        self.stream = stream
        self.port = port
        self.report = Report()
        self.free: deque[_Connection] = deque()
        self.busy = 0
        self.done_in: list[float] = []
        self.refused_in: list[float] = []
        self._next = cycle(stream.requests)

    async def send(self, seconds: float) -> None:
        await asyncio.gather(*(self._connect() for _ in range(self.stream.connections)))
        began = perf_counter()
        due = 0
        while (passed := perf_counter() - began) < seconds:
            wanted = ceil(passed * self.stream.rate)
            for _ in range(due, wanted):
                self._send_one()
            due = wanted
            await asyncio.sleep(_TICK_S)
        self.report.seconds = perf_counter() - began
        async with asyncio.timeout(_SLACK_S):
            while self.busy:  # noqa: ASYNC110  a few answers that nobody waits for
                await asyncio.sleep(_TICK_S)

    def _send_one(self) -> None:
        if not self.free:
            self.report.missed += 1
            return
        self.report.sent += 1
        self.busy += 1
        self.free.popleft().ask(next(self._next))

    async def _connect(self) -> None:
        loop = asyncio.get_running_loop()
        await loop.create_connection(lambda: _Connection(self), "127.0.0.1", self.port)

    def answered(self, connection: "_Connection", status: int, *, retry: bool) -> None:
        self.busy -= 1
        self.free.append(connection)
        self.report.statuses[status] = self.report.statuses.get(status, 0) + 1
        took = (perf_counter() - connection.sent_at) * 1000
        if status in _REFUSALS:
            self.refused_in.append(took)
            self.report.without_retry += not retry
        else:
            self.done_in.append(took)

    def lost(self, connection: "_Connection", *, waiting: bool) -> None:
        """Broken by the server; another connection takes its place."""
        if waiting:
            self.busy -= 1
            self.report.broken += 1
        elif connection in self.free:
            self.free.remove(connection)
        self.reconnecting = asyncio.ensure_future(self._connect())

    def result(self) -> Report:
        self.report.p50 = _share(self.done_in, 0.5)
        self.report.p99 = _share(self.done_in, 0.99)
        self.report.refused_p99 = _share(self.refused_in, 0.99)
        return self.report


class _Connection(asyncio.Protocol):
    def __init__(self, sender: _Sender) -> None:
        self._sender = sender
        self._buffer = bytearray()
        self._wanted = 0
        self._waiting = False
        self.sent_at = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._sender.free.append(self)

    def ask(self, content: bytes) -> None:
        self._buffer.clear()
        self._wanted = 0
        self._waiting = True
        self.sent_at = perf_counter()
        self._transport.write(content)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        self._wanted = self._wanted or length_of(self._buffer)
        if self._wanted and len(self._buffer) >= self._wanted:
            self._waiting = False
            retry = _RETRY.search(self._buffer) is not None
            self._sender.answered(self, int(self._buffer[9:12]), retry=retry)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  the protocol's
        self._sender.lost(self, waiting=self._waiting)


def _share(times: list[float], share: float) -> float:
    return sorted(times)[int(len(times) * share)] if times else 0.0


async def _send(plan: Plan) -> list[Report]:
    senders = [_Sender(stream, plan.port) for stream in plan.streams]
    await asyncio.gather(*(sender.send(plan.seconds) for sender in senders))
    return [sender.result() for sender in senders]


def main() -> None:
    plan = msgspec.json.decode(sys.stdin.buffer.read(), type=Plan)
    sys.stdout.buffer.write(msgspec.json.encode(uvloop.run(_send(plan))))


if __name__ == "__main__":
    main()
