"""A client's way to the server: each request is written down, whatever becomes of it."""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any, Final

import httpx

from tests.faults.history import Attempt, Outcome, Recorder

# Longer than any answer may take: whoever waits so long was let down, and the figures say so.
_PATIENCE: Final = httpx.Timeout(12.0, read=30.0)
# Whoever knocks at a door all the time keeps others from opening it.
_BACK_OFF_S: Final = 0.3
_DONE: Final = range(200, 300)
_REFUSED: Final = range(400, 500)


class Line:
    def __init__(self, http: httpx.AsyncClient, record: Recorder, client: str, key: str) -> None:
        self.http = http
        self.client = client
        self._record = record
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}

    async def ask(
        self, route: str, path: str, body: object = None, **options: Any
    ) -> httpx.Response | None:
        """The answer, or None when there was none; `route` is its method and a name for it."""
        method = route.partition(" ")[0]
        headers = self._headers | options.pop("headers", {})
        if body is not None:
            options["json"] = body
        start = time.monotonic()
        try:
            response = await self.http.request(method, path, headers=headers, **options)
        except httpx.TransportError:
            response = None
        self._record(
            Attempt(
                client=self.client,
                route=route,
                start=start,
                end=time.monotonic(),
                status=response.status_code if response else 0,
                retry_after=bool(response and "retry-after" in response.headers),
            )
        )
        if response is None:
            await asyncio.sleep(_BACK_OFF_S)
        return response

    @asynccontextmanager
    async def stream(self, path: str, **options: Any) -> AsyncGenerator[httpx.Response]:
        headers = self._headers | options.pop("headers", {})
        async with self.http.stream("GET", path, headers=headers, **options) as response:
            yield response


def outcome_of(response: httpx.Response | None) -> Outcome:
    """What a client may conclude. Only who was refused knows that nothing has happened."""
    if response is None:
        return "unknown"
    if response.status_code in _DONE:
        return "ok"
    is_running = response.status_code == 409 and "idempotency_key_in_use" in response.text
    return "refused" if response.status_code in _REFUSED and not is_running else "unknown"


def a_crowd(url: str) -> httpx.AsyncClient:
    """Connections for any number of clients."""
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=100)
    return httpx.AsyncClient(base_url=url, timeout=_PATIENCE, limits=limits)
