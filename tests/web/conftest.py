import io
from collections.abc import AsyncGenerator
from typing import Any

import httpx
import msgspec
import pytest

from rejoinder.settings import Settings
from rejoinder.web.logs import configure_logging
from tests.web.app import client


class Logged:
    """What was logged since the test began."""

    def __init__(self, stream: io.StringIO) -> None:
        self._stream = stream
        self._start = stream.tell()

    def text(self) -> str:
        return self._stream.getvalue()[self._start :]

    def lines(self) -> list[dict[str, Any]]:
        return [msgspec.json.decode(line) for line in self.text().splitlines()]


@pytest.fixture(scope="session", autouse=True)
def log_stream() -> io.StringIO:
    """Loggers keep their stream from first use on, so there is one for all tests."""
    stream = io.StringIO()
    configure_logging(Settings(log_format="json"), stream)
    return stream


@pytest.fixture
def logged(log_stream: io.StringIO) -> Logged:
    return Logged(log_stream)


@pytest.fixture
async def web() -> AsyncGenerator[httpx.AsyncClient]:
    async with client() as speaking:
        yield speaking
