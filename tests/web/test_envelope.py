"""Every failure has the same shape, and none tells what it should not."""

from collections.abc import Callable
from typing import cast

import asyncpg
import httpx
import msgspec
import pytest
from litestar import post
from litestar.exceptions import HTTPException
from msgspec import Struct

from rejoinder import errors
from rejoinder.web.envelope import problem
from rejoinder.web.request import ApiRequest
from tests.web.app import application, client, envelope
from tests.web.conftest import Logged


def by_sqlstate(code: str) -> Exception:
    make = cast("Callable[..., Exception]", asyncpg.PostgresError.new)
    return make({"C": code, "M": "secret text of the database"})


@pytest.mark.parametrize(
    ("error", "status", "expected"),
    [
        (
            errors.Invalid("Too late.", attr="at", code="too_late"),
            400,
            envelope("validation_error", "too_late", "Too late.", "at"),
        ),
        (
            errors.Unauthenticated(),
            401,
            envelope(
                "authentication_error",
                "not_authenticated",
                "Authentication credentials were not provided.",
            ),
        ),
        (
            errors.Unauthenticated("Wrong.", code="authentication_failed"),
            401,
            envelope("authentication_error", "authentication_failed", "Wrong."),
        ),
        (
            errors.Forbidden("No."),
            403,
            envelope("authentication_error", "permission_denied", "No."),
        ),
        (errors.NotFound(), 404, envelope("invalid_request", "not_found", "Not found.")),
        (errors.Conflict("Moved."), 409, envelope("invalid_request", "conflict", "Moved.")),
        (
            errors.Throttled(12),
            429,
            envelope(
                "throttled_error",
                "throttled",
                "Request was throttled. Expected available in 12 seconds.",
            ),
        ),
        (errors.Unavailable("Busy."), 503, envelope("server_error", "unavailable", "Busy.")),
    ],
)
def test_each_error_has_its_status_and_envelope(
    error: Exception, status: int, expected: dict[str, str | None]
) -> None:
    found = problem(error)

    assert (found.status, msgspec.json.decode(found.body)) == (status, expected)


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("22021", 400),
        ("22003", 400),
        ("23505", 400),
        ("54001", 400),
        ("08006", 503),
        ("40001", 503),
        ("40P01", 503),
        ("53300", 503),
        ("55P03", 503),
        ("57014", 503),
        ("57P01", 503),
        ("57P03", 503),
        ("42601", 500),
        ("XX000", 500),
    ],
)
def test_what_the_database_says_is_sorted_by_its_code(code: str, status: int) -> None:
    found = problem(by_sqlstate(code))

    assert found.status == status
    assert b"secret" not in found.body


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (asyncpg.exceptions.DataError("x"), 400),
        (asyncpg.InterfaceError("pool is closed"), 503),
        (asyncpg.InternalClientError("got result for unknown protocol state"), 503),
        (ConnectionRefusedError(), 503),
        (FileNotFoundError("/run/postgres/.s.PGSQL.5432"), 503),
        (TimeoutError(), 503),
        (ZeroDivisionError("secret"), 500),
        (RecursionError(), 500),
        (HTTPException(status_code=500, detail="secret"), 500),
    ],
)
def test_other_errors_are_sorted_too(error: Exception, status: int) -> None:
    found = problem(error)

    assert found.status == status
    assert b"secret" not in found.body


def test_who_writes_to_a_full_disk_is_told_so() -> None:
    found = problem(by_sqlstate("53100"))

    assert (found.status, found.error.code) == (503, "out_of_space")


def test_who_should_try_again_is_told_when() -> None:
    assert problem(errors.Throttled(7)).headers == {"Retry-After": "7"}
    assert problem(by_sqlstate("57014")).headers == {"Retry-After": "1"}


def test_who_is_unknown_is_told_how_to_say_who_they_are() -> None:
    assert problem(errors.Unauthenticated()).headers == {"WWW-Authenticate": 'Bearer realm="api"'}


def test_a_struct_refused_in_our_own_code_is_a_bad_request() -> None:
    class Row(Struct):
        name: str

    with pytest.raises(msgspec.ValidationError) as refused:
        msgspec.convert({"name": 5}, Row)
    found = problem(refused.value)

    assert (found.status, found.error.attr) == (400, "name")


async def test_an_unknown_path_is_not_found(web: httpx.AsyncClient) -> None:
    answer = await web.get("/nowhere")

    assert answer.status_code == 404
    assert answer.json() == envelope("invalid_request", "not_found", "Not found.")


async def test_a_wrong_method_is_told_the_right_ones(web: httpx.AsyncClient) -> None:
    answer = await web.put("/things", json={})

    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS, POST"
    assert answer.json() == envelope(
        "invalid_request", "method_not_allowed", 'Method "PUT" not allowed.'
    )


async def test_a_fault_of_ours_is_logged_and_not_told(logged: Logged) -> None:
    @post("/broken", status_code=200)
    async def broken(request: ApiRequest) -> None:
        body = await request.json()
        raise ZeroDivisionError(f"of {len(body)}, phx_in_the_message")

    async with client(application(broken)) as web:
        answer = await web.post("/broken?personal_api_key=phx_in_url", json={"text": "private"})

    assert answer.status_code == 500
    assert answer.json() == envelope("server_error", "error", "A server error occurred.")
    text = logged.text()
    assert "ZeroDivisionError: of 1" in text
    assert "phx_in" not in text
    assert "private" not in text
