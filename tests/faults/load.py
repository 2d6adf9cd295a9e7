"""What everybody in a load knows: the way to the server, what there is, and when it is over."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from random import Random
from typing import Any, Final

import httpx
from msgspec import Struct

from tests.faults.history import Recorder, What, Write
from tests.faults.line import Line, outcome_of
from tests.faults.world import Place, World

# How long one goes on repeating what may be repeated while nobody answers.
_PERSEVERANCE: Final = 40.0
_PAUSE: Final = (0.02, 0.12)


Act = Callable[[], Awaitable[object]]


class Load:
    def __init__(self, world: World, http: httpx.AsyncClient, record: Recorder) -> None:
        self.world = world
        self.http = http
        self.record = record
        self.over = asyncio.Event()
        self.tickets: dict[int, list[str]] = defaultdict(list)
        """By project: those that nobody will delete."""
        self.last_words: dict[str, str] = {}
        """By ticket: the message after which nothing comes. Complete when `marked` is set."""
        self.marked = asyncio.Event()


class Intent(Struct, frozen=True, kw_only=True):
    """Something to be changed. It may be repeated if the server can tell a repeat."""

    what: What
    route: str
    path: str
    body: object = None
    token: str = ""
    repeatable: bool = False
    private: bool = False
    headers: dict[str, str] = {}
    message_id: str = ""


class Writer:
    """One who does one thing after the other."""

    def __init__(self, load: Load, place: Place, name: str, key: str) -> None:
        self.load = load
        self.place = place
        self.name = name
        self.dice = Random(name)
        self._line = Line(load.http, load.record, name, key)
        self.untried: list[Act] = []
        self._said = 0

    async def run(self) -> None:
        """Does everything once, however short the load is."""
        while self.untried or not self.load.over.is_set():
            await (self.untried.pop(0) if self.untried else self.choose())()
            await asyncio.sleep(self.dice.uniform(*_PAUSE))

    def choose(self) -> Act:
        """What to do next."""
        raise NotImplementedError

    def token(self) -> str:
        """Text that nobody else will ever write; it names its project."""
        self._said += 1
        return f"tk_p{self.place.project}_{self.name}_{self._said}_{self.dice.getrandbits(32):08x}"

    async def ask(
        self, route: str, path: str, body: object = None, **options: Any
    ) -> httpx.Response | None:
        return await self._line.ask(route, path, body, **options)

    async def write(self, intent: Intent) -> dict[str, Any] | None:
        """What the server says of it when it is done."""
        start = time.monotonic()
        while True:
            response = await self.ask(
                intent.route, intent.path, intent.body, headers=intent.headers
            )
            outcome = outcome_of(response)
            tired = time.monotonic() - start > _PERSEVERANCE
            if outcome != "unknown" or tired or not intent.repeatable:
                break
            await asyncio.sleep(0.2)
        done: dict[str, Any] = {}
        if outcome == "ok" and response is not None and response.content:
            done = response.json()
        self.load.record(
            Write(
                client=self.name,
                project=self.place.project,
                what=intent.what,
                token=intent.token,
                key=intent.headers.get("Idempotency-Key", ""),
                start=start,
                end=time.monotonic(),
                outcome=outcome,
                ticket_id=_ticket_of(intent, done),
                message_id=intent.message_id or done.get("message_id") or _message_of(intent, done),
                private=intent.private,
            )
        )
        return done if outcome == "ok" else None


def _ticket_of(intent: Intent, done: dict[str, Any]) -> str:
    """Also where the server did not say it: from the path."""
    if intent.what == "ticket":
        return done.get("ticket_id") or done.get("id", "")
    return done.get("ticket_id") or intent.path.partition("/tickets/")[2].partition("/")[0]


def _message_of(intent: Intent, done: dict[str, Any]) -> str:
    return done.get("id", "") if intent.what in ("message", "note") else ""
