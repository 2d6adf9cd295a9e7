"""Paths and methods: slashes, unknown routes, wrong methods, HEAD and OPTIONS."""

from typing import Any

import pytest

from tests.builders import Desk
from tests.web.app import envelope

NOT_FOUND = envelope("invalid_request", "not_found", "Not found.")
API = ("tickets", "tickets/1", "tickets/unread_count", "persons")


def path(desk: Desk, name: str) -> str:
    base = f"/api/projects/{desk.project.id}/"
    return base + (name if name == "persons" else f"conversations/{name}")


@pytest.mark.parametrize("name", API)
async def test_a_path_is_answered_with_and_without_slash(desk: Desk, name: str) -> None:
    await desk.a_ticket()

    answers = [await desk.call("GET", path(desk, name) + slash) for slash in ("", "/")]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].content == answers[1].content


async def test_every_method_takes_both_slashes(desk: Desk) -> None:
    statuses: list[int] = []
    for slash in ("", "/"):
        base = path(desk, "tickets")
        number = (await desk.call("POST", base + slash)).json()["ticket_number"]
        for method, rest in (
            ("PATCH", ""),
            ("PUT", ""),
            ("DELETE", ""),
            ("POST", "/restore_deleted"),
        ):
            answer = await desk.call(method, f"{base}/{number}{rest}{slash}")
            statuses.append(answer.status_code)

    assert statuses == [200, 200, 204, 200] * 2


@pytest.mark.parametrize(
    "unknown",
    [
        "/api",
        "/api/projects",
        "/api/projects/1",
        "/api/projects/1/conversations",
        "/api/projects/1/conversations/tickets/1/nope",
        "/api/projects/1/conversations/tickets/1/restore_deleted/x",
        "/api/nope",
        "/wp-login.php",
        "/api//projects/1/persons",
        "/api/projects/1/persons/not-a-uuid",
        "/api/projects/%2e%2e/persons",
        "/api/schema/nope",
        "/%ff",
        "/%00",
        "/" + "x" * 9000,
    ],
)
async def test_an_unknown_path_is_not_found(desk: Desk, unknown: str) -> None:
    answer = await desk.call("GET", unknown)

    assert (answer.status_code, answer.json()) == (404, NOT_FOUND)


@pytest.mark.parametrize(
    ("method", "name", "allowed"),
    [
        ("DELETE", "tickets", {"GET", "HEAD", "POST", "OPTIONS"}),
        ("PATCH", "tickets", {"GET", "HEAD", "POST", "OPTIONS"}),
        ("POST", "tickets/1", {"GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"}),
        ("POST", "tickets/unread_count", {"GET", "HEAD", "OPTIONS"}),
        ("DELETE", "tickets/unread_count", {"GET", "HEAD", "OPTIONS"}),
        ("GET", "tickets/1/restore_deleted", {"POST", "OPTIONS"}),
        ("DELETE", "persons", {"GET", "HEAD", "POST", "OPTIONS"}),
        ("TRACE", "tickets", {"GET", "HEAD", "POST", "OPTIONS"}),
        ("BREW", "tickets", {"GET", "HEAD", "POST", "OPTIONS"}),
    ],
)
async def test_a_wrong_method_is_told_the_right_ones(
    desk: Desk, method: str, name: str, allowed: set[str]
) -> None:
    answer = await desk.call(method, path(desk, name) + "/")

    expected = envelope("invalid_request", "method_not_allowed", f'Method "{method}" not allowed.')
    assert (answer.status_code, answer.json()) == (405, expected)
    assert set(answer.headers["allow"].split(", ")) == allowed


@pytest.mark.parametrize("name", API)
async def test_head_is_get_without_the_body(desk: Desk, name: str) -> None:
    await desk.a_ticket()

    got, head = [await desk.call(method, path(desk, name)) for method in ("GET", "HEAD")]

    assert (head.status_code, head.content) == (200, b"")
    varying = {"x-request-id"}
    assert {n: v for n, v in head.headers.items() if n not in varying} == {
        n: v for n, v in got.headers.items() if n not in varying
    }


async def test_head_of_what_is_not_there_has_no_body(desk: Desk) -> None:
    answer = await desk.call("HEAD", "7/")

    assert (answer.status_code, answer.content) == (404, b"")


async def test_every_answer_can_be_traced_and_is_not_shown_unasked(desk: Desk) -> None:
    answers: list[Any] = [await desk.call("GET"), await desk.call("GET", "7/")]

    for answer in answers:
        assert answer.headers["x-request-id"]
        assert answer.headers["cache-control"] in {"no-store", "private, no-cache"}
        assert answer.headers["content-type"] == "application/json"
