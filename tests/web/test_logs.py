"""What is logged, and what is not."""

import errno
import io
import logging

import httpx
import pytest
import structlog

from rejoinder.settings import Settings
from rejoinder.web.logs import REQUEST_ID, Lossy, redact
from tests.web.app import client
from tests.web.conftest import Logged


async def test_each_request_is_one_line_of_json(web: httpx.AsyncClient, logged: Logged) -> None:
    answer = await web.get("/projects/7/things/?search=private", headers={"authorization": "x"})

    (line,) = logged.lines()
    assert line.pop("ms") > 0
    assert line.pop("at").endswith("Z")
    assert line == {
        "event": "request",
        "level": "info",
        "method": "GET",
        "route": "/projects/{project}/things",
        "status": 200,
        "request_id": answer.headers["x-request-id"],
    }


class Full(io.StringIO):
    """A file on a disk without room."""

    def write(self, _: str) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    def flush(self) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_log_that_cannot_be_written_fails_nobody() -> None:
    log = Lossy(Full())

    assert log.write("A line.\n") == len("A line.\n")
    log.flush()


async def test_the_access_log_can_be_switched_off(logged: Logged) -> None:
    async with client(settings=Settings(access_log=False)) as web:
        await web.get("/things")

    assert logged.text() == ""


async def test_no_content_and_no_secret_is_logged(web: httpx.AsyncClient, logged: Logged) -> None:
    secret = "phx_0123456789"
    await web.post(f"/things?personal_api_key={secret}", json={"name": secret, "tags": ["hush"]})
    await web.patch(f"/things/{secret}", json={"name": secret})
    await web.get(f"/{secret}", headers={"authorization": f"Bearer {secret}"})

    assert secret not in logged.text()
    assert "hush" not in logged.text()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("personal_api_key", "anything"),
        ("Authorization", "Basic abc"),
        ("api_token", "abc"),
        ("password", "abc"),
        ("reason", "no user for Bearer abc.def-1"),
        ("reason", "key phx_abcDEF-123_x is not known"),
        ("reason", "phs_abc"),
    ],
)
def test_secrets_are_blanked(name: str, value: str) -> None:
    event = redact(None, "info", {"event": "e", name: value})

    assert "abc" not in str(event)
    assert "anything" not in str(event)


@pytest.mark.parametrize("name", ["monkey_business", "keyboard", "event"])
def test_what_only_looks_like_a_secret_stays(name: str) -> None:
    assert redact(None, "info", {name: "phone"}) == {name: "phone"}


def test_the_standard_library_logs_alike(logged: Logged) -> None:
    logging.getLogger("asyncio").warning("took %s", "phx_secret")

    (line,) = logged.lines()
    assert (line["event"], line["level"], line["logger"]) == (
        "took phx_[redacted]",
        "warning",
        "asyncio",
    )


def test_lines_within_a_request_carry_its_id(logged: Logged) -> None:
    token = REQUEST_ID.set("abc")
    structlog.get_logger("any").info("something")
    REQUEST_ID.reset(token)

    assert logged.lines()[0]["request_id"] == "abc"


def test_a_traceback_shows_no_values(logged: Logged) -> None:
    private = "what a customer wrote"
    try:
        _ = int("x" + private[:0])
    except ValueError as error:
        structlog.get_logger("any").error("failed", exc_info=error)

    assert "ValueError" in logged.text()
    assert "customer" not in logged.text()
