"""A browser for each test, a second server process, and a ledger of what the database was asked."""

from collections.abc import AsyncGenerator

import httpx
import pytest
from msgspec.structs import replace

from rejoinder.settings import Settings
from tests.builders import Desk
from tests.channels.widget.browser import Browser
from tests.channels.widget.queries import Ledger
from tests.conftest import a_client


@pytest.fixture
def browser(desk: Desk) -> Browser:
    """Somebody on a customer's page whom nobody knows yet."""
    return Browser(desk)


@pytest.fixture(scope="session")
async def second_client(settings: Settings) -> AsyncGenerator[httpx.AsyncClient]:
    async with a_client(settings) as client:
        yield client


@pytest.fixture
def other_process(desk: Desk, second_client: httpx.AsyncClient) -> Desk:
    """The same desk, behind another server process on the same database."""
    return replace(desk, client=second_client)


@pytest.fixture
def ledger(monkeypatch: pytest.MonkeyPatch) -> Ledger:
    return Ledger(monkeypatch)
