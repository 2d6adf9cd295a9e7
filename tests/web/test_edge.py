"""What holds for every request, whatever the route."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

import httpx
import pytest
from litestar import get
from litestar.types import Receive, Scope, Send
from prometheus_client import REGISTRY

from rejoinder.settings import Settings
from rejoinder.web.edge import Edge
from tests.web.app import application, client, envelope


async def test_every_answer_carries_a_request_id(web: httpx.AsyncClient) -> None:
    first = await web.get("/things")
    second = await web.get("/nowhere")

    assert len(first.headers["x-request-id"]) == 16
    assert first.headers["x-request-id"] != second.headers["x-request-id"]


@pytest.mark.parametrize("given", ["abc-DEF_123", "x" * 64])
async def test_a_request_id_of_the_caller_is_kept(web: httpx.AsyncClient, given: str) -> None:
    answer = await web.get("/things", headers={"x-request-id": given})

    assert answer.headers["x-request-id"] == given


@pytest.mark.parametrize("given", [b"", b"x" * 65, b"a b", b'a"b', b"\xe9"])
async def test_a_request_id_that_could_spoil_a_log_is_replaced(
    web: httpx.AsyncClient, given: bytes
) -> None:
    answer = await web.get("/things", headers=[(b"x-request-id", given)])

    assert len(answer.headers["x-request-id"]) == 16


async def test_answers_are_neither_sniffed_nor_stored(web: httpx.AsyncClient) -> None:
    headers = (await web.get("/things")).headers

    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"


async def test_a_route_may_say_how_long_its_answer_keeps(web: httpx.AsyncClient) -> None:
    assert (await web.get("/cached")).headers.get_list("cache-control") == ["max-age=60"]


async def test_head_is_get_without_the_body(web: httpx.AsyncClient) -> None:
    got = await web.get("/things")
    head = await web.head("/things")

    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["content-length"] == got.headers["content-length"]


async def test_head_of_nothing_is_not_found(web: httpx.AsyncClient) -> None:
    head = await web.head("/nowhere")

    assert (head.status_code, head.content) == (404, b"")


async def test_options_names_the_methods(web: httpx.AsyncClient) -> None:
    answer = await web.options("/things/1")

    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["allow"] == "OPTIONS, PATCH"


@pytest.mark.parametrize("path", ["/things", "/things/", "//things", "/things//", "///things///"])
async def test_slashes_do_not_matter_and_do_not_redirect(web: httpx.AsyncClient, path: str) -> None:
    assert (await web.get(f"http://desk.test{path}")).status_code == 200


async def test_a_null_character_in_the_path_is_not_found(web: httpx.AsyncClient) -> None:
    assert (await web.patch("/things/a%00b", json={})).status_code == 404


async def test_a_body_that_says_it_is_too_long_is_not_read() -> None:
    async with client(settings=Settings(max_body_bytes=1024)) as web:
        answer = await web.post("/things", content=b'{"name": "' + b"a" * 1024 + b'"}')

    assert answer.status_code == 413
    assert answer.json() == envelope(
        "invalid_request", "request_too_large", "The request body is larger than 1024 bytes."
    )


async def test_a_body_that_turns_out_too_long_is_read_no_further() -> None:
    sent: list[int] = []

    async def chunks() -> AsyncGenerator[bytes]:
        for number in range(1_000):
            sent.append(number)
            yield b"a" * 512

    async with client(settings=Settings(max_body_bytes=1024)) as web:
        answer = await web.post("/things", content=chunks())

    assert (answer.status_code, len(sent)) == (413, 3)


async def test_a_request_that_takes_too_long_is_ended() -> None:
    async with client(settings=Settings(request_timeout_s=0.05)) as web:
        answer = await web.get("/slow")

    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "1"
    assert answer.json() == envelope("server_error", "timeout", "The request took too long.")


async def test_a_stream_may_last_longer_than_a_request() -> None:
    async with client(settings=Settings(request_timeout_s=0.08)) as web:
        answer = await web.get("/stream")

    assert answer.status_code == 200
    assert [line for line in answer.text.split() if line.isdigit()] == ["0", "1", "2"]


async def test_what_is_too_much_at_once_is_refused_at_once() -> None:
    async with client(settings=Settings(max_in_flight=2, request_timeout_s=0.2)) as web:
        answers = await asyncio.gather(*(web.get("/slow") for _ in range(5)))
        later = await web.get("/things")

    codes = sorted(answer.json()["code"] for answer in answers)
    assert codes == ["overloaded"] * 3 + ["timeout"] * 2
    assert all(answer.headers["retry-after"] == "1" for answer in answers)
    assert later.status_code == 200


async def test_streams_leave_room_for_requests() -> None:
    async with client(settings=Settings(max_in_flight=1)) as web:
        streaming = asyncio.create_task(web.get("/stream"))
        await asyncio.sleep(0.03)
        answer = await web.get("/things")
        await streaming

    assert answer.status_code == 200


async def test_what_fails_outside_the_application_has_the_envelope_too() -> None:
    async def broken(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise KeyError("secret")

    async with client(broken) as web:
        answer = await web.get("/")

    assert answer.status_code == 500
    assert answer.json() == envelope("server_error", "error", "A server error occurred.")


async def test_half_an_answer_is_never_passed_off_as_whole() -> None:
    async def breaking(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise KeyError("x")

    async with client(breaking) as web:
        with pytest.raises(KeyError):
            await web.get("/")


async def test_a_client_that_leaves_is_no_fault() -> None:
    sent: list[Any] = []

    async def leave() -> Any:
        return {"type": "http.disconnect"}

    async def collect(message: Any) -> None:
        sent.append(message)

    scope: Any = {
        "type": "http",
        "method": "POST",
        "path": "/things",
        "query_string": b"",
        "headers": [],
    }
    await Edge(application(), Settings())(scope, leave, collect)

    assert sent == []


def counted(route: str, status: str, method: str = "GET") -> float:
    labels = {"method": method, "route": route, "status": status}
    return REGISTRY.get_sample_value("rejoinder_http_requests_total", labels) or 0


async def test_requests_are_counted_by_route_not_by_path(web: httpx.AsyncClient) -> None:
    before = counted("/projects/{project}/things", "200")
    for project in ("1", "2", "3"):
        await web.get(f"/projects/{project}/things/")

    assert counted("/projects/{project}/things", "200") == before + 3


async def test_unknown_paths_and_methods_share_one_label(web: httpx.AsyncClient) -> None:
    before = counted("unmatched", "404"), counted("unmatched", "405", "OTHER")
    await web.get("/nowhere/1")
    await web.get("/nowhere/2")
    await web.request("BREW", "/things")

    assert counted("unmatched", "404") == before[0] + 2
    assert counted("unmatched", "405", "OTHER") == before[1] + 1


async def test_a_raw_handler_beside_the_application_is_carried_alike() -> None:
    async def raw(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"{}", "more_body": False})

    async with client(raw) as web:
        answer = await web.get("/")

    assert "x-request-id" in answer.headers


async def test_nothing_is_left_in_flight() -> None:
    @get("/broken")
    async def broken() -> None:
        raise ZeroDivisionError

    edge = Edge(application(broken), Settings(request_timeout_s=0.05))
    transport = httpx.ASGITransport(edge)  # pyright: ignore[reportArgumentType]  the same protocol in other words
    async with httpx.AsyncClient(transport=transport, base_url="http://desk.test") as web:
        for path in ("/things", "/broken", "/slow", "/nowhere", "/stream", "/things?a=%00"):
            await web.get(path)

    assert (edge.turns.inside, edge.kept) == (0, 0)


async def test_who_waits_for_a_body_stands_in_nobodys_way() -> None:
    arriving = asyncio.Event()

    async def slowly() -> AsyncGenerator[bytes]:
        yield b"{"
        await arriving.wait()
        yield b"}"

    edge = Edge(_reader, Settings(max_in_flight=1))
    transport = httpx.ASGITransport(edge)  # pyright: ignore[reportArgumentType]  the same protocol in other words
    async with httpx.AsyncClient(transport=transport, base_url="http://desk.test") as web:
        slow = asyncio.create_task(web.post("/", content=slowly()))
        while not edge.kept:  # noqa: ASYNC110  the first part has arrived
            await asyncio.sleep(0)
        other = await web.post("/", content=b"{}")
        arriving.set()

    assert other.status_code == 200
    assert (await slow).status_code == 200
    assert (edge.turns.inside, edge.kept) == (0, 0)


async def _reader(_scope: Scope, receive: Receive, send: Send) -> None:
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def test_a_long_answer_is_sent_in_parts_and_not_for_ever() -> None:
    sent: list[Any] = []

    async def take_one(message: Any) -> None:
        sent.append(message)
        if len(sent) > 2:
            await asyncio.Event().wait()

    async def long(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"a" * 1_000_000, "more_body": False})

    scope: Any = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
    await Edge(long, Settings(stream_patience_s=0.05))(scope, _nothing, take_one)

    _, first, second = sent
    assert (len(first["body"]), first["more_body"], second["more_body"]) == (262_144, True, True)


async def _nothing() -> Any:
    return {"type": "http.request", "body": b"", "more_body": False}
