"""An application behind proxies: whatever it depends on can fail while a test looks on."""

from collections.abc import AsyncGenerator, Generator

import pytest
from msgspec.structs import replace

from rejoinder.settings import Settings
from tests.faults.waits.proxy import Proxy, through, to_postgres
from tests.faults.waits.report import LINES
from tests.faults.waits.situation import STATEMENT_MS, Situation, a_situation


@pytest.fixture(scope="module")
async def way(migrated_dsn: str) -> AsyncGenerator[Proxy]:
    """Between the applications of a module and their database."""
    async with Proxy(to_postgres(migrated_dsn)).running() as proxy:
        yield proxy


@pytest.fixture
def proxy(way: Proxy) -> Generator[Proxy]:
    """The same, which is whole again after the test."""
    yield way
    way.heal()


@pytest.fixture(scope="module")
async def situation(way: Proxy, settings: Settings, migrated_dsn: str) -> AsyncGenerator[Situation]:
    """A desk on an application with the limits of an installation, its database behind a proxy."""
    usual = Settings()
    limited = replace(
        settings,
        database_url=through(way, migrated_dsn),
        statement_timeout_ms=STATEMENT_MS,
        lock_timeout_ms=usual.lock_timeout_ms,
        pool_wait_ms=usual.pool_wait_ms,
        request_timeout_s=usual.request_timeout_s,
    )
    async with a_situation(limited, settings) as situation:
        yield situation


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if LINES:
        for line in (
            "",
            "| fault | served | refused | longest wait |",
            "|---|---|---|---|",
            *LINES,
        ):
            terminalreporter.write_line(line)
