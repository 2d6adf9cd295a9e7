"""Routes that are answered without the framework answer as they do with it."""

from collections.abc import AsyncGenerator
from typing import Any, cast

import httpx
import pytest
from msgspec.structs import replace

from rejoinder.app.application import application
from rejoinder.events.work import Work
from rejoinder.settings import Settings
from rejoinder.web.edge import Edge
from rejoinder.web.shortcuts import Application
from tests.builders import Desk, a_desk
from tests.conftest import alive

_CHANGING = {"created_at", "updated_at", "id", "ticket_number", "last_message_at"}


@pytest.fixture(scope="module")
async def plain(settings: Settings) -> AsyncGenerator[httpx.AsyncClient]:
    """Speaks to an application without shortcuts."""
    app = cast("Edge", application(replace(settings, background_jobs=False)))
    framework = cast("Application", app.app)
    framework.shortcuts = ()
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)  # type: ignore[arg-type]  # two names for one protocol
    async with (
        alive(framework),
        httpx.AsyncClient(transport=transport, base_url="http://testserver") as client,
    ):
        yield client


@pytest.mark.parametrize(
    ("method", "path", "options"),
    [
        ("POST", "", {"json": {"priority": "low", "message": "Hello"}}),
        ("POST", "", {"json": {"distinct_id": 7, "ai_resolved": "true"}}),
        ("POST", "", {"json": {"priority": "purple"}}),
        ("POST", "", {"json": {"tags": "vip", "status": 5}}),
        ("POST", "", {"json": [1]}),
        ("POST", "", {"json": {"message": " "}}),
        ("POST", "", {"content": b"{", "headers": {"content-type": "application/json"}}),
        ("POST", "", {"content": b"<a/>", "headers": {"content-type": "text/xml"}}),
        ("POST", "", {"data": {"priority": "high"}}),
        ("POST", "", {"json": {"priority": "low"}, "headers": {"idempotency-key": "k" * 300}}),
        ("POST", "", {"json": {"priority": "purple"}, "key": "phx_unknown"}),
        ("PATCH", "1/", {"json": {"status": "open"}}),
        ("PATCH", "1", {"json": {"status": "closed"}}),
        ("PATCH", "1/", {"json": {"status": "open"}, "headers": {"if-match": '"1"'}}),
        ("PUT", "1/", {"json": {"assignee": {"type": "user", "id": 0}}}),
        ("PATCH", "2/", {"json": {"status": "open"}}),
        ("PATCH", "nobody/", {"json": {"status": "closed"}}),
        ("PATCH", "unread_count/", {"json": {"status": "open"}}),
        ("DELETE", "unread_count/", {}),
        ("GET", "bulk_update/", {}),
        ("GET", "1/", {}),
    ],
)
async def test_a_shortcut_answers_as_the_framework_does(
    work: Work,
    client: httpx.AsyncClient,
    plain: httpx.AsyncClient,
    method: str,
    path: str,
    options: dict[str, Any],
) -> None:
    short, long = [
        await answered(await a_desk(work, by), method, path, options) for by in (client, plain)
    ]

    assert short == long


async def answered(
    desk: Desk, method: str, path: str, options: dict[str, Any]
) -> tuple[int, object, str]:
    await desk.a_ticket()
    answer = await desk.call(method, path, **{"json": None, **options})
    body: dict[str, Any] = answer.json() if answer.content else {}
    if answer.is_success:
        body = {name: value for name, value in body.items() if name not in _CHANGING}
    return answer.status_code, body, answer.headers.get("allow", "")
