"""Readers that must miss nothing: by cursor, by pages of the log, by streams, in widgets too."""

import asyncio
import time
from collections.abc import AsyncGenerator, Mapping
from contextlib import suppress
from typing import Any

import httpx
import msgspec

from tests.faults.history import Follows, How, Sighting, StreamEnd
from tests.faults.line import Line
from tests.faults.load import Load
from tests.faults.visitors import WIDGET, Customer
from tests.faults.world import Place

_TYPES = "message.received,message.sent"
_BEGINNING = "2000-01-01T00:00:00+00:00"
_EARLIER = 0.05


class Reader:
    """Goes on, whatever happens, until it has seen the last words of everything it follows."""

    how: How

    def __init__(self, load: Load, place: Place, name: str, key: str) -> None:
        self.load = load
        self.place = place
        self.name = name
        self.seen: set[str] = set()
        self.line = Line(load.http, load.record, name, key)

    async def run(self) -> None:
        raise NotImplementedError

    def follow(self, ticket_id: str = "") -> None:
        self.load.record(
            Follows(reader=self.name, how=self.how, project=self.place.project, ticket_id=ticket_id)
        )

    def has_seen_all(self, *tickets: str) -> bool:
        """Of these tickets, or of the project's."""
        if not self.load.marked.is_set():
            return False
        wanted = tickets or self.load.tickets[self.place.project]
        words = self.load.last_words
        return all(words[ticket] in self.seen for ticket in wanted if ticket in words)

    def see(self, text: str, *, message_id: str = "", event_id: str = "") -> None:
        self.seen.add(message_id)
        self.load.record(
            Sighting(
                reader=self.name,
                how=self.how,
                project=self.place.project,
                text=text,
                message_id=message_id,
                event_id=event_id,
            )
        )


class Pager(Reader):
    """Reads the project's log page by page, each after the cursor of the last."""

    how = "page"

    async def run(self) -> None:
        self.follow()
        cursor = self.place.cursor
        while not self.has_seen_all():
            query = {"after": cursor, "types": _TYPES, "limit": "50"}
            response = await self.line.ask("GET events", f"{self.place.url}events/", params=query)
            if response is not None and response.is_success:
                page = response.json()
                cursor = page["cursor"]
                for event in page["results"]:
                    self.see(
                        msgspec.json.encode(event).decode(),
                        message_id=event["data"]["message_id"],
                        event_id=event["id"],
                    )
            await asyncio.sleep(_EARLIER * 4)


class Poller(Reader):
    """A widget that asks for what came after the last message it has."""

    how = "poll"

    def __init__(self, load: Load, customer: Customer, name: str) -> None:
        super().__init__(load, customer.place, name, "")
        self._customer = customer
        self._after: dict[str, str] = {}

    async def run(self) -> None:
        while not (self.load.marked.is_set() and self.has_seen_all(*self._customer.tickets)):
            for ticket in list(self._customer.tickets):
                if ticket not in self._after:
                    self.follow(ticket)
                    self._after[ticket] = ""
                await self._poll(ticket)
            await asyncio.sleep(_EARLIER * 2)

    async def _poll(self, ticket: str) -> None:
        query = self._customer.who | {"limit": "20"}
        if self._after[ticket]:
            query["after"] = self._after[ticket]
        response = await self.line.ask(
            "GET widget/messages",
            f"{WIDGET}messages/{ticket}",
            params=query,
            headers=self._customer.headers,
        )
        if response is None or not response.is_success:
            return
        for message in response.json()["messages"]:
            self._after[ticket] = message["created_at"]
            self.see(msgspec.json.encode(message).decode(), message_id=message["id"])


class Listener(Reader):
    """Follows a stream, and comes back to where it was when it ends."""

    how = "stream"
    path: str
    query: Mapping[str, str]
    headers: dict[str, str]

    async def run(self) -> None:
        """The last words may have come before anybody knew that they were the last."""
        await self.begin()
        listening = asyncio.create_task(self._listen())
        while not self.is_done():  # noqa: ASYNC110  two things have to be true
            await asyncio.sleep(_EARLIER)
        listening.cancel()
        await asyncio.wait({listening})

    async def begin(self) -> None:
        """Settles what is followed: path, query and headers."""
        raise NotImplementedError

    async def _listen(self) -> None:
        last = ""
        while True:
            told = begun = False
            resumed = self.headers | ({"Last-Event-ID": last} if last else {})
            with suppress(httpx.TransportError):
                async with self.line.stream(
                    self.path, params=self.query, headers=resumed
                ) as response:
                    begun = response.is_success
                    async for fields in _frames(response):
                        last = fields.get("id", last)
                        told = "retry" in fields and "event" not in fields
                        if "data" in fields:
                            self.hear(fields)
            if begun:
                self.load.record(StreamEnd(reader=self.name, at=time.monotonic(), told=told))
            await asyncio.sleep(_EARLIER * 4)

    def is_done(self) -> bool:
        raise NotImplementedError

    def hear(self, fields: Mapping[str, str]) -> None:
        raise NotImplementedError


class LogListener(Listener):
    """Follows the project's log."""

    async def begin(self) -> None:
        self.follow()
        self.path, self.headers = f"{self.place.url}events/stream", {}
        self.query = {"after": self.place.cursor, "types": _TYPES}

    def is_done(self) -> bool:
        return self.has_seen_all()

    def hear(self, fields: Mapping[str, str]) -> None:
        event = msgspec.json.decode(fields["data"], type=dict[str, Any])
        if fields.get("event", "").startswith("message."):
            self.see(fields["data"], message_id=event["data"]["message_id"], event_id=event["id"])


class TicketListener(Listener):
    """A widget that follows the first ticket of its customer."""

    def __init__(self, load: Load, customer: Customer, name: str) -> None:
        super().__init__(load, customer.place, name, "")
        self._customer = customer

    async def begin(self) -> None:
        await self._customer.opened.wait()
        ticket = self._customer.tickets[0]
        self.follow(ticket)
        self.path, self.headers = f"{WIDGET}stream", self._customer.headers
        self.query = self._customer.who | {"ticket_id": ticket, "after": _BEGINNING}

    def is_done(self) -> bool:
        return self.has_seen_all(self._customer.tickets[0])

    def hear(self, fields: Mapping[str, str]) -> None:
        if fields.get("event") == "message":
            message = msgspec.json.decode(fields["data"], type=dict[str, Any])
            self.see(fields["data"], message_id=message["id"])


async def _frames(response: httpx.Response) -> AsyncGenerator[dict[str, str]]:
    """The fields of each frame, comments left out."""
    fields: dict[str, str] = {}
    async for line in response.aiter_lines():
        if not line:
            yield fields
            fields = {}
        name, _, value = line.partition(": ")
        if name:
            fields[name] = value
