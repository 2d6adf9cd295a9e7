"""The outermost layer: one ASGI wrapper around the application, and around raw handlers beside it.

It sheds load, refuses what no route could accept (path, query, content encoding, body size), sets
the deadline, the request id and the security headers, counts, and writes the access log.
A request has its turn while it is worked on, not while its body arrives or its answer is taken;
a client that leaves a part of a long answer lying for too long is cut.
HEAD is served as GET without the body. A stream leaves deadline and turn once it has begun.
Paths that are open to pages of other sites are answered so that browsers let those read it.
Behind a trusted proxy everybody further in sees the client's address and scheme.
"""

import asyncio
import re
import secrets
from collections.abc import Callable
from time import perf_counter
from typing import Any, Final

from litestar.types import ASGIApp, Message, Receive, Scope, Send

from rejoinder import errors
from rejoinder.settings import Settings
from rejoinder.web import cors, metrics, query
from rejoinder.web.deadlines import Deadlines
from rejoinder.web.envelope import Problem, failure, problem
from rejoinder.web.logs import REQUEST_ID, request_answered
from rejoinder.web.proxies import Proxies
from rejoinder.web.refusals import SERVER_BUSY, Pace
from rejoinder.web.request import ClientGone
from rejoinder.web.turns import Turns

_REQUEST_ID: Final = re.compile(rb"[A-Za-z0-9_-]{1,64}")
_SECURITY: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)
_NO_STORE: Final = (b"cache-control", b"no-store")
_CLOSE: Final = (b"connection", b"close")
_CLIENT_GONE: Final = 499
# Enough to be too much.
_DIGITS: Final = 18
# What a form adds to the file in it.
_AROUND_A_FILE: Final = 65_536
# Of all bodies that are not uploads, together: who sends theirs slowly holds no turn, but memory.
_MOST_KEPT: Final = 268_435_456
# Answers up to this length are the server's at once; of longer ones a part at a time.
_PART: Final = 262_144


def _nobody(_scope: Scope) -> str:
    return ""


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
        project_of: Callable[[Scope], str] = _nobody,
    ) -> None:
        """Path prefixes: pages of any origin may ask there; bodies may be compressed there.

        `uploads` are path endings: a POST there may bring a file, and take its time. `project_of`
        names whose turn a request takes; nobody has checked yet that it may.
        """
        self.app = app
        self.open_to_all = open_to_all
        self.compressed = compressed
        self.uploads = uploads
        self.public_url = settings.public_url.rstrip("/")
        self.proxies = Proxies(settings)
        self.usual = _Bounds(settings.max_body_bytes, settings.request_timeout_s)
        self.upload = _Bounds(settings.max_upload_bytes + _AROUND_A_FILE, settings.upload_timeout_s)
        self.patience = Deadlines(settings.stream_patience_s)
        self.project_of = project_of
        self.turns = Turns(settings.max_in_flight, settings.project_share)
        self.pace = Pace()
        self.kept = 0
        self.access_log = settings.access_log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            if self.proxies:
                self.proxies.trace(scope)
            if scope["method"] == "OPTIONS" and scope["path"].startswith(self.open_to_all):
                await cors.answer_preflight(scope["headers"], send)
                return
            project = self.project_of(scope)
            if refusal := self.turns.refusal(project):
                to_all = scope["path"].startswith(self.open_to_all)
                await refusal.send(send, self.pace.wait(), to_all=to_all)
                return
            await _Exchange(self, project, scope, receive, send).run()
        else:
            await self.app(scope, receive, send)

    def bounds_of(self, method: str, path: str) -> _Bounds:
        is_upload = method == "POST" and path.rstrip("/").endswith(self.uploads)
        return self.upload if is_upload else self.usual


class _Exchange:
    """One request and its answer."""

    __slots__ = (
        "announced", "at_work", "bounds", "cut", "deadline", "edge", "encoding", "head", "id",
        "kept", "method", "open_to_all", "project", "receive", "received", "scope", "send",
        "started", "status",
    )  # fmt: skip

    def __init__(self, edge: Edge, project: str, scope: Any, receive: Receive, send: Send) -> None:
        self.edge = edge
        self.project = project
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
        self.at_work = False
        self.cut = False
        self.status = 0
        self.received = 0
        self.kept = 0
        self.announced = 0
        self.encoding = b""
        self.id = b""

    async def run(self) -> None:
        self._read_headers()
        REQUEST_ID.set(self.id.decode())
        try:
            self._admit()
            await self._enter()
            await self.edge.app(self.scope, self.receive_message, self.send_message)
        except ClientGone:
            self.status = self.status or _CLIENT_GONE
        except asyncio.CancelledError:
            if not self.deadline.passed:
                raise
            self.deadline.task.uncancel()
            self.cut = True
            if self.status:
                return  # An answer without its end: the server cuts the connection.
            await self._fail(errors.Unavailable("The request took too long.", code="timeout"))
        except Exception as error:  # noqa: BLE001  the outermost layer: nobody else would answer
            await self._fail(error)
        finally:
            self.bounds.deadlines.end(self.deadline)
            self.step_aside()
            self.edge.kept -= self.kept
            self._account()
            # It has a function of ours: a circle that only the collector would undo.
            del self.scope
            if self.cut:
                # Tracebacks hold the exchange for a while; it must not hold the connection.
                del self.receive, self.send

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
        """Refuses at once what no route could answer."""
        edge, scope = self.edge, self.scope
        if self.announced > self.bounds.max_body:
            raise errors.PayloadTooLarge(self.bounds.max_body)
        if self.encoding not in {b"", b"identity"} and not self._may_be_compressed():
            raise errors.UnsupportedMedia("Compressed request bodies are not accepted.")
        if "\0" in scope["path"]:
            raise errors.NotFound
        if not query.is_plain(scope["query_string"]):
            query.parse(scope["query_string"])
        scope["public_url"] = edge.public_url
        scope["step_aside"] = self.step_aside
        if self.head:
            scope["method"] = "GET"

    def _may_be_compressed(self) -> bool:
        """A route below these paths unpacks the body itself, and bounds what comes out."""
        return self.encoding == b"gzip" and self.scope["path"].startswith(self.edge.compressed)

    async def _enter(self) -> None:
        turns = self.edge.turns
        turn = turns.enter(self.project)
        if turn is not None:
            try:
                await turn
            except asyncio.CancelledError:
                turns.give_up(self.project, turn)
                raise
        self.at_work = True

    def step_aside(self) -> None:
        """What is left to do stands in nobody's way."""
        if self.at_work:
            self.at_work = False
            self.edge.turns.leave(self.project)

    async def receive_message(self) -> Any:
        if not self.at_work:
            return self._received(await self.receive())
        self.step_aside()
        try:
            return self._received(await self.receive())
        finally:
            if not self.status:
                self.edge.turns.come_back(self.project)
                self.at_work = True

    def _received(self, message: Any) -> Any:
        if message["type"] == "http.request":
            size = len(message.get("body", b""))
            self.received += size
            if self.received > self.bounds.max_body:
                raise errors.PayloadTooLarge(self.bounds.max_body)
            if self.bounds is self.edge.usual:
                self._keep(size)
        return message

    def _keep(self, size: int) -> None:
        self.kept += size
        self.edge.kept += size
        if self.edge.kept > _MOST_KEPT:
            raise SERVER_BUSY.error

    async def send_message(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._begin(message)
        elif message["type"] == "http.response.body":
            if self.head:
                message["body"] = b""
            if message.get("more_body", False) or len(message.get("body", b"")) > _PART:
                await self._send_in_parts(message)
                return
        await self.send(message)

    async def _send_in_parts(self, message: Any) -> None:
        """Waits until the client has taken each part, but not for ever."""
        body: bytes = message.get("body", b"")
        more: bool = message.get("more_body", False)
        for start in range(0, len(body) or 1, _PART):
            end = start + _PART
            part: Any = {**message, "body": body[start:end], "more_body": more or end < len(body)}
            self.deadline = self.edge.patience.begin()
            try:
                await self.send(part)
            finally:
                self.edge.patience.end(self.deadline)

    def _begin(self, message: Any) -> None:
        """Adds what every answer carries; from here on it takes the time it takes."""
        self.status = message["status"]
        self.bounds.deadlines.end(self.deadline)
        self.step_aside()
        headers: list[tuple[bytes, bytes]] = [*message["headers"], *_SECURITY]
        headers.append((b"x-request-id", self.id))
        if self.open_to_all:
            headers += cors.GRANTED
        if not any(name == b"cache-control" for name, _ in headers):
            headers.append(_NO_STORE)
        message["headers"] = headers

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
        if self.cut:
            headers.append(_CLOSE)
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
