"""A small application behind the edge, with a route for each thing the kit does."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import httpx
from litestar import Litestar, Response, get, patch, post
from litestar.params import FromPath, FromQuery, JSONBody
from litestar.response import ServerSentEvent
from litestar.types import ASGIApp, ControllerRouterHandler
from msgspec import Meta, Struct

from rejoinder.settings import Settings
from rejoinder.web.edge import Edge
from rejoinder.web.envelope import EXCEPTION_HANDLERS
from rejoinder.web.openapi import docs, errors_of, openapi_config
from rejoinder.web.paging import Page, page_links, slice_of
from rejoinder.web.request import ApiRequest


class Part(Struct):
    name: str
    weight: int = 0


class Thing(Struct):
    name: Annotated[str, Meta(min_length=1, max_length=5)] = "x"
    kind: Literal["big", "small"] | None = None
    count: Annotated[int, Meta(ge=0, le=9)] = 0
    ready: bool = False
    at: datetime | None = None
    owner: UUID | None = None
    tags: Annotated[list[str], Meta(max_length=2)] = []
    extra: dict[str, Any] = {}
    part: Part | None = None
    parts: list[Part] = []


@post("/things", status_code=200)
async def keep(request: ApiRequest, data: JSONBody[Thing]) -> dict[str, Any]:
    """What arrived, as it was understood; `data` is only checked."""
    return await request.json()


@patch("/things/{id:str}")
async def change(id: FromPath[str], data: JSONBody[Thing]) -> Thing:  # noqa: A002  the name in the path
    return data


@get(["/things", "/projects/{project:str}/things"], responses=errors_of(401, 404))
async def things(request: ApiRequest) -> Page[str]:
    part = slice_of(request)
    links = page_links(request, part, has_next=part.offset + part.limit < 1_000_000)
    return Page(1_000_000, links.next, links.previous, [f"{part.limit} from {part.offset}"])


@get("/parameters")
async def parameters(request: ApiRequest, size: FromQuery[int] = 1) -> dict[str, str]:
    return request.query


@get("/slow")
async def slow() -> None:
    await asyncio.sleep(30)


@get("/stream")
async def stream() -> ServerSentEvent:
    async def ticks() -> AsyncGenerator[str]:
        for tick in range(3):
            await asyncio.sleep(0.05)
            yield str(tick)

    return ServerSentEvent(ticks())


@get("/cached")
async def cached() -> Response[str]:
    return Response("x", headers={"Cache-Control": "max-age=60"})


def application(*routes: ControllerRouterHandler, state: dict[str, Any] | None = None) -> Litestar:
    app = Litestar(
        [keep, change, things, parameters, slow, stream, cached, docs, *routes],
        request_class=ApiRequest,
        exception_handlers=EXCEPTION_HANDLERS,
        logging_config=None,
        openapi_config=openapi_config(
            version="1.2.3", description="For tests.", tags={"things": "Things, with parts."}
        ),
    )
    app.state.update(state or {})
    return app


def client(
    app: ASGIApp | None = None, settings: Settings | None = None
) -> AbstractAsyncContextManager[httpx.AsyncClient]:
    """Speaks to the application through the edge, in this event loop."""
    edge = Edge(app or application(), settings or Settings())
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(edge),  # pyright: ignore[reportArgumentType]  the same protocol in other words
        base_url="http://desk.test",
    )


def envelope(kind: str, code: str, detail: str, attr: str | None = None) -> dict[str, str | None]:
    return {"type": kind, "code": code, "detail": detail, "attr": attr}
