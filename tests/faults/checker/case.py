"""The evidence: the history, the database as it stands now, and what the API shows of it."""

import re
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final, TypeAlias

import asyncpg
import httpx
from msgspec import Struct

from tests.faults import history, world
from tests.faults.history import History
from tests.faults.visitors import WIDGET
from tests.faults.world import Place, Visitor, World

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"

TOKEN: Final = re.compile(r"tk_p(\d+)_\w+")


class Page(Struct, frozen=True):
    """One answer of the API; a public one is the widget's."""

    project: int
    path: str
    text: str
    public: bool


class Case(Struct, frozen=True):
    history: History
    world: World
    db: Connection
    pages: Sequence[Page]
    threads: Mapping[str, Sequence[str]]
    """By ticket: the texts of its messages, in the order of the API."""


Invariant = Callable[[Case], Awaitable[list[str]]]


@asynccontextmanager
async def a_case(folder: Path) -> AsyncGenerator[Case]:
    """The history and world in `folder`, with what is asked of the server now."""
    seen = world.read(folder)
    pages: list[Page] = []
    threads: dict[str, list[str]] = {}
    headers = {"Authorization": f"Bearer {seen.key}"}
    async with httpx.AsyncClient(base_url=seen.url, headers=headers, timeout=30) as api:
        for place in seen.places:
            await _read_place(api, place, pages, threads)
            for visitor in place.visitors:
                await _read_visitor(api, place, visitor, pages)
    connection: Connection = await asyncpg.connect(seen.dsn)
    try:
        yield Case(history.read(folder / "history.jsonl"), seen, connection, pages, threads)
    finally:
        await connection.close()


async def _read_place(
    api: httpx.AsyncClient, place: Place, pages: list[Page], threads: dict[str, list[str]]
) -> None:
    for lists in (place.tickets, f"{place.url}webhooks/", f"{place.url}persons/"):
        async for page, found in _walk(api, place.project, f"{lists}?limit=100"):
            pages.append(page)
            if lists == place.tickets:
                for ticket in found:
                    threads[ticket["id"]] = await _read_thread(api, place, ticket["id"], pages)
    await _read_log(api, place, pages)


async def _read_thread(
    api: httpx.AsyncClient, place: Place, ticket: str, pages: list[Page]
) -> list[str]:
    texts: list[str] = []
    path = f"{place.tickets}{ticket}/messages/?limit=200"
    async for page, found in _walk(api, place.project, path):
        pages.append(page)
        texts += [message["content"] for message in found]
    return texts


async def _walk(
    api: httpx.AsyncClient, project: int, path: str
) -> AsyncGenerator[tuple[Page, list[dict[str, Any]]]]:
    url: str | None = path
    while url:
        response = await api.get(url)
        response.raise_for_status()
        body = response.json()
        yield Page(project, path, response.text, public=False), body["results"]
        url = body.get("next")


async def _read_log(api: httpx.AsyncClient, place: Place, pages: list[Page]) -> None:
    cursor, has_more = "", True
    while has_more:
        query = {"after": cursor, "limit": "1000"}
        response = await api.get(f"{place.url}events/", params=query)
        response.raise_for_status()
        pages.append(Page(place.project, "events/", response.text, public=False))
        cursor, has_more = response.json()["cursor"], response.json()["has_more"]


async def _read_visitor(
    api: httpx.AsyncClient, place: Place, visitor: Visitor, pages: list[Page]
) -> None:
    headers = {"X-Conversations-Token": place.widget_token}
    query = {"widget_session_id": visitor.session, "limit": "500"}
    response = await api.get(f"{WIDGET}tickets", params=query, headers=headers)
    response.raise_for_status()
    pages.append(Page(place.project, "widget/tickets", response.text, public=True))
    for ticket in response.json()["results"]:
        path = f"{WIDGET}messages/{ticket['id']}"
        answered = await api.get(path, params=query, headers=headers)
        answered.raise_for_status()
        pages.append(Page(place.project, "widget/messages", answered.text, public=True))
