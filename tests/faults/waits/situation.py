"""One application, somebody at a desk of it, and one request of each kind that there is."""

import asyncio
import secrets
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, Final, cast

import httpx
from msgspec import Struct

from rejoinder.db.pool import Database, connect
from rejoinder.events.work import Work
from rejoinder.settings import Settings
from tests.auth.browsers import sign_in, with_password
from tests.builders import Desk, SignedIn, a_desk
from tests.channels.widget.browser import Browser, configure
from tests.conftest import a_client
from tests.eventually import eventually
from tests.faults.waits.report import LONG
from tests.messages.attachments.uploading import upload
from tests.streams import Stream, following

LONGEST_S: Final = 5.0
"""No client waits longer for an answer, whatever has stopped."""

STATEMENT_MS: Final = Settings().statement_timeout_ms if LONG else 3_000
"""The installation's limit, or one with which a busy machine, too, answers within LONGEST_S."""

FINE: Final = {200, 201}


class Answered(Struct, frozen=True):
    """What became of one request."""

    kind: str
    status: int
    seconds: float
    headers: dict[str, str]


class Situation(Struct, frozen=True):
    """A desk whose client speaks to the application; its `work` has a way that never fails."""

    database: Database
    desk: Desk
    member: SignedIn
    visitor: Browser
    ticket: str
    widget_ticket: str

    def requests(self) -> dict[str, Callable[[], Awaitable[httpx.Response]]]:
        """One of each kind, by a name; as functions."""
        desk, visitor = self.desk, self.visitor
        return {
            "list": lambda: desk.call("GET"),
            "read": lambda: desk.call("GET", f"{self.ticket}/"),
            "count": lambda: desk.call("GET", "unread_count/"),
            "create": lambda: desk.call("POST", json=_text()),
            "reply": lambda: desk.call("POST", f"{self.ticket}/reply/", _text()),
            "patch": lambda: desk.call("PATCH", f"{self.ticket}/", {"priority": "high"}),
            "upload": lambda: upload(desk),
            "login": lambda: sign_in(desk, desk.ada.email),
            "session": lambda: self.member.call("GET", "/api/users/@me/"),
            "widget poll": lambda: visitor.get(f"messages/{self.widget_ticket}"),
            "widget message": self._say,
            "widget tickets": lambda: visitor.get("tickets"),
            "stream": self._stream,
            "ready": lambda: desk.client.get("/readyz"),
            "live": lambda: desk.client.get("/livez"),
            "inbox": lambda: desk.client.get("/"),
            "metrics": lambda: desk.client.get("/metrics"),
        }

    async def is_served(self) -> bool:
        """Whether everything is answered as if nothing had happened."""
        return {answer.status for answer in await self.ask_all()} <= FINE

    async def ask_all(self, times: int = 3) -> list[Answered]:
        """All of them at once, so many of each."""
        asked = [(name, ask) for name, ask in self.requests().items() for _ in range(times)]
        return await asyncio.gather(*(_timed(name, ask) for name, ask in asked))

    async def ask(self, kind: str, times: int = 3) -> list[Answered]:
        asked = [self.requests()[kind]] * times
        return await asyncio.gather(*(_timed(kind, ask) for ask in asked))

    async def open_connections(self) -> int:
        return self.database.pool.get_size()

    async def in_use(self) -> int:
        """Connections that somebody has."""
        return self.database.pool.get_size() - self.database.idle()

    async def _stream(self) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.desk.key}"}
        path = f"{self.desk.url}events/stream"
        async with following(self.desk.client, path, headers, {"after": "now"}) as stream:
            await eventually(partial(_has_begun, stream), expected=True)
            return httpx.Response(stream.status, headers=stream.headers)

    async def _say(self) -> httpx.Response:
        return await self.visitor.post(
            "message", message="Hello", distinct_id="anonymous", ticket_id=self.widget_ticket
        )


@asynccontextmanager
async def a_situation(limited: Settings, direct: Settings) -> AsyncGenerator[Situation]:
    """An application with the one, and a desk made with the other settings."""
    async with connect(direct.database_url, direct) as database, a_client(limited) as client:
        desk = await a_desk(Work(database), client)
        await with_password(desk)
        await configure(desk, enabled=True, widget_enabled=True)
        visitor = Browser(desk)
        said = await visitor.say("Hello")
        ticket = await desk.a_ticket(message="Hello")
        situation = Situation(
            _database_of(client),
            desk,
            await desk.session(),
            visitor,
            ticket["id"],
            said["ticket_id"],
        )
        # As many connections are open as there may be.
        await eventually(situation.is_served, expected=True)
        yield situation


def _text() -> dict[str, str]:
    """Never the same: what is said twice within a moment is refused."""
    return {"message": secrets.token_hex(8)}


async def _has_begun(stream: Stream) -> bool:
    return stream.status > 0


def _database_of(client: httpx.AsyncClient) -> Database:
    transport = cast("httpx.ASGITransport", client._transport)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  httpx hides where it leads
    application: Any = transport.app
    return application.app.state.database


async def _timed(kind: str, ask: Callable[[], Awaitable[httpx.Response]]) -> Answered:
    began = time.monotonic()
    answer = await ask()
    return Answered(kind, answer.status_code, time.monotonic() - began, dict(answer.headers))
