"""The answers to what there is no room for: made beforehand, for when there is no time to.

They are counted, but not logged: a flood of requests is not to become a flood of lines. In a flood
they take their time, too: who asks again at once must not keep the server busy with refusing.
"""

import asyncio
import secrets
from time import monotonic
from typing import Any, Final

from litestar.types import Send

from rejoinder.errors import RejoinderError, Throttled, Unavailable
from rejoinder.web import cors, metrics
from rejoinder.web.envelope import problem

_AT_ONCE_S: Final = 0.02
_PLAIN: Final = (
    (b"content-type", b"application/json"),
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)


class Pace:
    """So many refusals go out a second at once; of more each waits for the one before it."""

    def __init__(self, a_second: int = 500, longest_s: float = 4.0) -> None:
        self._gap = 1 / a_second
        self._longest = longest_s
        self._last = 0.0

    def wait(self) -> float:
        """How many seconds the next one waits."""
        now = monotonic()
        self._last = min(max(self._last + self._gap, now), now + self._longest)
        return self._last - now


class Refusal:
    """One answer, to whomever it is given."""

    def __init__(self, name: str, error: RejoinderError) -> None:
        found = problem(error)
        self.error = error
        self._status = found.status
        self._body: Any = {"type": "http.response.body", "body": found.body, "more_body": False}
        self._headers = [
            *_PLAIN,
            (b"content-length", b"%d" % len(found.body)),
            *((key.lower().encode(), text.encode()) for key, text in found.headers.items()),
        ]
        self._count = metrics.REFUSED.labels(name)

    async def send(self, send: Send, wait: float, *, to_all: bool) -> None:
        """`to_all` lets pages of other origins read it."""
        self._count.inc()
        if wait > _AT_ONCE_S:
            await asyncio.sleep(wait)
        headers = [*self._headers, (b"x-request-id", secrets.token_hex(8).encode())]
        if to_all:
            headers += cors.GRANTED
        start: Any = {"type": "http.response.start", "status": self._status, "headers": headers}
        await send(start)
        await send(self._body)


SERVER_BUSY: Final = Refusal(
    "server", Unavailable("The server is busy. Try again shortly.", code="overloaded")
)
PROJECT_BUSY: Final = Refusal("project", Throttled(1))
