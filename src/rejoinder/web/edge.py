"""The outermost layer: one ASGI wrapper around the application, and around raw handlers beside it.

It sheds load, refuses what no route could accept (path, query, content encoding, body size), sets
the deadline, the request id and the security headers, counts, and writes the access log.
HEAD is served as GET without the body. A stream leaves deadline and load count once it has begun.
Paths that are open to pages of other sites are answered so that browsers let those read it.
"""

import asyncio
import re
import secrets
from time import perf_counter
from typing import Any, Final

from litestar.types import ASGIApp, Message, Receive, Scope, Send

from rejoinder import errors
from rejoinder.settings import Settings
from rejoinder.web import cors, metrics, query
from rejoinder.web.deadlines import Deadlines
from rejoinder.web.envelope import Problem, failure, problem
from rejoinder.web.logs import REQUEST_ID, request_answered
from rejoinder.web.request import ClientGone

_REQUEST_ID: Final = re.compile(rb"[A-Za-z0-9_-]{1,64}")
_SECURITY: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)
_NO_STORE: Final = (b"cache-control", b"no-store")
_CLIENT_GONE: Final = 499
# Enough to be too much.
_DIGITS: Final = 18
# What a form adds to the file in it.
_AROUND_A_FILE: Final = 65_536


class _Bounds:
    """How long a body may be, and how long it may take until the answer begins."""

    def __init__(self, max_body: int, seconds: float) -> None:
        self.max_body = max_body
        self.deadlines = Deadlines(seconds)


class Edge:
    """Wraps `app`; everything but HTTP passes through."""

    def __init__(
        self,
        app: ASGIApp,
        settings: Settings,
        *,
        open_to_all: tuple[str, ...] = (),
        compressed: tuple[str, ...] = (),
        uploads: tuple[str, ...] = (),
    ) -> None:
        """Path prefixes: pages of any origin may ask there; bodies may be compressed there.

        `uploads` are path endings: a POST there may bring a file, and take its time.
        """
        self.app = app
        self.open_to_all = open_to_all
        self.compressed = compressed
        self.uploads = uploads
        self.public_url = settings.public_url.rstrip("/")
        self.usual = _Bounds(settings.max_body_bytes, settings.request_timeout_s)
        self.upload = _Bounds(settings.max_upload_bytes + _AROUND_A_FILE, settings.upload_timeout_s)
        self.max_in_flight = settings.max_in_flight
        self.access_log = settings.access_log
        self.in_flight = 0
        metrics.IN_FLIGHT.set_function(lambda: self.in_flight)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            if scope["method"] == "OPTIONS" and scope["path"].startswith(self.open_to_all):
                await cors.answer_preflight(scope["headers"], send)
                return
            await _Exchange(self, scope, receive, send).run()
        else:
            await self.app(scope, receive, send)

    def bounds_of(self, method: str, path: str) -> _Bounds:
        is_upload = method == "POST" and path.rstrip("/").endswith(self.uploads)
        return self.upload if is_upload else self.usual


class _Exchange:
    """One request and its answer."""

    __slots__ = (
        "announced", "bounds", "counted", "deadline", "edge", "encoding", "head", "id", "method",
        "open_to_all", "receive", "received", "scope", "send", "started", "status",
    )  # fmt: skip

    def __init__(self, edge: Edge, scope: Any, receive: Receive, send: Send) -> None:
        self.edge = edge
        self.scope = scope
        self.receive = receive
        self.send = send
        self.started = perf_counter()
        self.method: str = scope["method"]
        self.head = self.method == "HEAD"
        # Now: the router takes the path's last slash away.
        self.open_to_all: bool = scope["path"].startswith(edge.open_to_all)
        self.bounds = edge.bounds_of(self.method, scope["path"])
        self.deadline = self.bounds.deadlines.begin()
        self.counted = False
        self.status = 0
        self.received = 0
        self.announced = 0
        self.encoding = b""
        self.id = b""

    async def run(self) -> None:
        self._read_headers()
        REQUEST_ID.set(self.id.decode())
        try:
            self._admit()
            await self.edge.app(self.scope, self.receive_message, self.send_message)
        except ClientGone:
            self.status = self.status or _CLIENT_GONE
        except asyncio.CancelledError:
            if not self.deadline.passed:
                raise
            self.deadline.task.uncancel()
            await self._fail(errors.Unavailable("The request took too long.", code="timeout"))
        except Exception as error:  # noqa: BLE001  the outermost layer: nobody else would answer
            await self._fail(error)
        finally:
            self.bounds.deadlines.end(self.deadline)
            self._release()
            self._account()

    def _read_headers(self) -> None:
        for name, value in self.scope["headers"]:
            if name == b"x-request-id":
                if _REQUEST_ID.fullmatch(value):
                    self.id = value
            elif name == b"content-length":
                self.announced = int(value[:_DIGITS]) if value.isdigit() else 0
            elif name == b"content-encoding":
                self.encoding = value
        self.id = self.id or secrets.token_hex(8).encode()

    def _admit(self) -> None:
        """Refuses at once what no route could answer, and counts the rest as in flight."""
        edge, scope = self.edge, self.scope
        if edge.in_flight >= edge.max_in_flight:
            raise errors.Unavailable("The server is busy. Try again shortly.", code="overloaded")
        edge.in_flight += 1
        self.counted = True
        if self.announced > self.bounds.max_body:
            raise errors.PayloadTooLarge(self.bounds.max_body)
        if self.encoding not in {b"", b"identity"} and not self._may_be_compressed():
            raise errors.UnsupportedMedia("Compressed request bodies are not accepted.")
        if "\0" in scope["path"]:
            raise errors.NotFound
        if not query.is_plain(scope["query_string"]):
            query.parse(scope["query_string"])
        scope["public_url"] = edge.public_url
        if self.head:
            scope["method"] = "GET"

    def _may_be_compressed(self) -> bool:
        """A route below these paths unpacks the body itself, and bounds what comes out."""
        return self.encoding == b"gzip" and self.scope["path"].startswith(self.edge.compressed)

    async def receive_message(self) -> Any:
        message = await self.receive()
        if message["type"] == "http.request":
            self.received += len(message.get("body", b""))
            if self.received > self.bounds.max_body:
                raise errors.PayloadTooLarge(self.bounds.max_body)
        return message

    async def send_message(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._begin(message)
        elif self.head and message["type"] == "http.response.body":
            message["body"] = b""
        await self.send(message)

    def _begin(self, message: Any) -> None:
        """Adds what every answer carries; from here on it takes the time it takes."""
        self.status = message["status"]
        self.bounds.deadlines.end(self.deadline)
        self._release()
        headers: list[tuple[bytes, bytes]] = [*message["headers"], *_SECURITY]
        headers.append((b"x-request-id", self.id))
        if self.open_to_all:
            headers += cors.GRANTED
        if not any(name == b"cache-control" for name, _ in headers):
            headers.append(_NO_STORE)
        message["headers"] = headers

    def _release(self) -> None:
        if self.counted:
            self.counted = False
            self.edge.in_flight -= 1

    async def _fail(self, error: Exception) -> None:
        if self.status:
            # Too late for an envelope; the server cuts the connection: half is not taken for whole.
            failure(error)
            raise error
        await self._answer(problem(error, self.method))

    async def _answer(self, found: Problem) -> None:
        body = found.body
        headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
        headers += [(name.lower().encode(), text.encode()) for name, text in found.headers.items()]
        start: Any = {"type": "http.response.start", "status": found.status, "headers": headers}
        self._begin(start)
        await self.send(start)
        await self.send(
            {"type": "http.response.body", "body": b"" if self.head else body, "more_body": False}
        )

    def _account(self) -> None:
        seconds = perf_counter() - self.started
        route = self.scope.get("path_template", "unmatched")
        metrics.count(self.method, route, self.status, seconds)
        if self.edge.access_log:
            request_answered(self.method, route, self.status, round(seconds * 1000, 2))
