"""What a browser asks and is told when a page of another site calls."""

from collections.abc import AsyncGenerator

import httpx
import pytest

from rejoinder.settings import Settings
from rejoinder.web.edge import Edge
from tests.web.app import application

ORIGIN = {"Origin": "https://shop.example"}
GRANT = "access-control-allow-origin"


@pytest.fixture
async def web() -> AsyncGenerator[httpx.AsyncClient]:
    edge = Edge(
        application(),
        Settings(max_body_bytes=1024),
        open_to_all=("/things", "/open/"),
        compressed=("/things",),
    )
    transport = httpx.ASGITransport(edge)  # pyright: ignore[reportArgumentType]  the same protocol in other words
    async with httpx.AsyncClient(transport=transport, base_url="http://desk.test") as client:
        yield client


async def test_any_page_may_read_what_is_open(web: httpx.AsyncClient) -> None:
    answer = await web.get("/things", headers=ORIGIN)

    assert (answer.status_code, answer.headers[GRANT]) == (200, "*")
    assert "access-control-allow-credentials" not in answer.headers


async def test_no_page_may_read_the_rest(web: httpx.AsyncClient) -> None:
    answers = [await web.get("/cached", headers=ORIGIN), await web.get("/nowhere", headers=ORIGIN)]

    assert [GRANT in answer.headers for answer in answers] == [False, False]


@pytest.mark.parametrize(
    ("path", "body", "status"), [("/open/", b"", 404), ("/things", b"x" * 1025, 413)]
)
async def test_a_page_may_read_refusals_too(
    web: httpx.AsyncClient, path: str, body: bytes, status: int
) -> None:
    answer = await web.post(path, content=body, headers=ORIGIN)

    assert (answer.status_code, answer.headers[GRANT]) == (status, "*")


async def test_a_preflight_is_granted_the_headers_it_names(web: httpx.AsyncClient) -> None:
    asked = {"Access-Control-Request-Headers": "x-conversations-token,content-type"}

    answer = await web.options("/open/nowhere", headers=ORIGIN | asked)

    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers[GRANT] == "*"
    assert answer.headers["access-control-allow-headers"] == "x-conversations-token,content-type"
    assert "POST" in answer.headers["access-control-allow-methods"]
    assert answer.headers["access-control-max-age"] == "7200"


async def test_a_preflight_elsewhere_is_granted_nothing(web: httpx.AsyncClient) -> None:
    answer = await web.options("/cached", headers=ORIGIN)

    assert GRANT not in answer.headers


async def test_bodies_may_be_compressed_only_where_a_route_unpacks_them(
    web: httpx.AsyncClient,
) -> None:
    gzip = {"Content-Encoding": "gzip", "Content-Type": "application/json"}

    let_through = await web.post("/things", content=b"\x1f\x8b", headers=gzip)
    refused = [
        await web.post("/parameters", content=b"\x1f\x8b", headers=gzip),
        await web.post("/things", content=b"x", headers=gzip | {"Content-Encoding": "br"}),
    ]

    assert let_through.json()["code"] == "parse_error"
    assert [answer.status_code for answer in refused] == [415, 415]
