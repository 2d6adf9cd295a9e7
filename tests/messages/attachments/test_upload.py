import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any, cast

import httpx
import pytest
from msgspec.structs import replace

from rejoinder.db.pool import Database
from rejoinder.db.sql import Statement
from rejoinder.settings import Settings
from tests.builders import Desk
from tests.conftest import a_client
from tests.messages.attachments.uploading import (
    PNG,
    an_attachment,
    attachments,
    objects,
    pieces,
    upload,
    url,
)

SMALL = 2048
_NEVER_ARRIVED = Statement(
    "UPDATE attachments SET size = NULL, created_at = now() - interval '11 minutes'"
    " WHERE project_id = $1"
)


@pytest.fixture(scope="session")
async def small(settings: Settings) -> AsyncGenerator[httpx.AsyncClient]:
    """A server that takes small files only, and gives them little time."""
    limits = {"max_upload_bytes": SMALL, "upload_timeout_s": 0.3}
    async with a_client(replace(settings, **limits)) as client:
        yield client


@pytest.fixture
async def narrow(desk: Desk, small: httpx.AsyncClient) -> Desk:
    return replace(desk, client=small)


async def test_a_form_brings_a_file(desk: Desk, settings: Settings) -> None:
    response = await upload(desk, PNG, "Bild (1).png")

    made = response.json()
    assert response.status_code == 201
    assert made | {"id": "", "url": ""} == {
        "id": "",
        "name": "Bild (1).png",
        "content_type": "image/png",
        "size": len(PNG),
        "url": "",
        "is_image": True,
    }
    assert made["url"].startswith("http://testserver/api/conversations/attachments/")
    assert [file.read_bytes() for file in objects(settings.data_dir, desk)] == [PNG]


async def test_a_bare_body_is_named_in_the_query(desk: Desk) -> None:
    options: dict[str, Any] = {"content": pieces([b"%PDF-", b"1.4"]), "params": {"name": "a.pdf"}}

    named = await desk.call("POST", url(desk), **options)
    nameless = await desk.call("POST", url(desk), content=b"x")

    assert (named.status_code, named.json()["name"]) == (201, "a.pdf")
    assert (named.json()["content_type"], named.json()["size"]) == ("application/pdf", 8)
    assert (nameless.status_code, nameless.json()["attr"]) == (400, "name")


async def test_a_file_may_be_larger_than_any_other_body(desk: Desk, settings: Settings) -> None:
    content = bytes(range(256)) * 12_000

    made = await an_attachment(desk, content, "large.bin")

    read = await desk.client.get(made["url"])
    assert made["size"] == len(content) > settings.max_body_bytes
    assert read.content == content


async def test_a_name_that_would_mislead_is_kept_clean_and_never_names_the_object(
    desk: Desk, settings: Settings
) -> None:
    made = await an_attachment(desk, b"x", "\u200b../../.htaccess")

    (file,) = objects(settings.data_dir, desk)
    assert made["name"] == "htaccess"
    assert len(file.name) == 32
    assert file.suffix == ""


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"file": ("empty.txt", b"")},
        [("file", ("a.txt", b"a")), ("file", ("b.txt", b"b"))],
    ],
    ids=["none", "empty", "two"],
)
async def test_a_form_brings_exactly_one_file_that_holds_something(
    desk: Desk, settings: Settings, database: Database, files: Any
) -> None:
    form: dict[str, Any] = {"files": files} if files else {"files": {"text": (None, b"x")}}

    response = await desk.call("POST", url(desk), **form)

    assert (response.status_code, response.json()["attr"]) == (400, "file")
    assert objects(settings.data_dir, desk) == []
    assert await attachments(database, desk) == []


@pytest.mark.parametrize(
    "body",
    [
        b"nothing like a form",
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nhalf',
        b"--x\r\nContent-Disposition: attachment\r\n\r\n",
        b"",
    ],
    ids=["none", "half", "wrong", "nothing"],
)
async def test_a_broken_form_leaves_nothing(
    desk: Desk, settings: Settings, database: Database, body: bytes
) -> None:
    headers = {"Content-Type": "multipart/form-data; boundary=x"}

    response = await desk.call("POST", url(desk), content=body, headers=headers)

    assert (response.status_code, response.json()["code"]) == (400, "parse_error")
    assert objects(settings.data_dir, desk) == []
    assert await attachments(database, desk) == []


async def test_what_is_announced_as_too_long_is_refused_before_it_is_read(narrow: Desk) -> None:
    sent: list[bytes] = []

    async def body() -> AsyncGenerator[bytes]:
        sent.append(b"x")
        yield b"x" * 100_000

    headers = {"Content-Length": "100000"}
    response = await narrow.call(
        "POST", url(narrow), content=body(), headers=headers, params={"name": "a"}
    )

    assert (response.status_code, response.json()["code"]) == (413, "request_too_large")
    assert sent == []


async def test_what_turns_out_to_be_too_long_leaves_nothing(
    narrow: Desk, settings: Settings, database: Database
) -> None:
    body = pieces(bytes(512) for _ in range(1000))

    response = await narrow.call("POST", url(narrow), content=body, params={"name": "a"})

    assert (response.status_code, response.json()["code"]) == (413, "request_too_large")
    assert objects(settings.data_dir, narrow) == []
    assert await attachments(database, narrow) == []


async def test_a_file_of_just_the_largest_size_is_taken(narrow: Desk) -> None:
    taken = await upload(narrow, bytes(SMALL))
    refused = await upload(narrow, bytes(SMALL + 1))

    assert (taken.status_code, refused.status_code) == (201, 413)


@pytest.mark.parametrize("ending", ["gone", "slow"])
async def test_an_upload_that_stops_half_way_leaves_nothing(
    narrow: Desk, settings: Settings, database: Database, ending: str
) -> None:
    messages = [{"type": "http.request", "body": bytes(1000), "more_body": True}]
    if ending == "gone":
        messages.append({"type": "http.disconnect"})

    statuses = await _exchange(narrow, messages)

    assert statuses == ([] if ending == "gone" else [503])
    assert objects(settings.data_dir, narrow) == []
    assert await attachments(database, narrow) == []


async def _exchange(desk: Desk, messages: list[dict[str, Any]]) -> list[int]:
    """Sends these messages and then nothing more; the statuses of what was answered."""
    statuses: list[int] = []

    async def receive() -> dict[str, Any]:
        return messages.pop(0) if messages else await asyncio.Future()

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    transport = cast("Any", desk.client)._transport  # noqa: SLF001  the application behind it
    app: Callable[..., Awaitable[None]] = transport.app
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": url(desk),
        "raw_path": url(desk).encode(),
        "root_path": "",
        "query_string": b"name=a.bin",
        "headers": [(b"authorization", f"Bearer {desk.key}".encode())],
        "client": ("127.0.0.1", 1),
        "server": ("testserver", 80),
    }
    await app(scope, receive, send)
    return statuses


async def test_only_who_may_write_uploads(desk: Desk, other_desk: Desk) -> None:
    reader = await desk.a_key("ticket:read")

    unknown = await desk.client.post(url(desk), files={"file": ("a", b"x")})
    reading = await upload(desk, key=reader)
    stranger = await upload(desk, key=other_desk.key)

    assert (unknown.status_code, reading.status_code, stranger.status_code) == (401, 403, 404)


async def test_nobody_piles_up_uploads_that_stand_in_no_message(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rejoinder.messages.attachments.commands.MOST_UNUSED", 2)
    first = await an_attachment(desk)
    await an_attachment(desk)

    refused = await upload(desk)
    await desk.a_ticket()
    await desk.call("POST", "1/reply/", {"message": "Here", "attachment_ids": [first["id"]]})
    taken = await upload(desk)

    assert (refused.status_code, refused.json()["code"]) == (400, "too_many")
    assert taken.status_code == 201


async def test_uploads_that_never_arrived_are_not_counted_for_long(
    desk: Desk, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rejoinder.messages.attachments.commands.MOST_UNUSED", 1)
    await an_attachment(desk)
    await database.run(_NEVER_ARRIVED, desk.project.id)

    assert (await upload(desk)).status_code == 201


async def test_the_document_shows_how_to_upload(desk: Desk) -> None:
    document = (await desk.client.get("/api/schema/openapi.json")).json()

    path = "/api/projects/{project_id}/conversations/attachments"
    body = document["paths"][path]["post"]["requestBody"]["content"]
    assert set(body) == {"multipart/form-data", "application/octet-stream"}
