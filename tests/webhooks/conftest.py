from collections.abc import AsyncGenerator

import httpx
import msgspec
import pytest

from rejoinder.db.pool import Database
from rejoinder.db.sql import Statement
from rejoinder.events.work import Work
from rejoinder.settings import Settings
from tests.builders import Desk, a_desk
from tests.conftest import a_client
from tests.receiver import Receiver, a_receiver


@pytest.fixture(scope="session")
async def open_client(settings: Settings) -> AsyncGenerator[httpx.AsyncClient]:
    """An application that may call what listens on this machine."""
    allowing = msgspec.structs.replace(
        settings, egress_ports="1-65535", egress_networks="127.0.0.0/8"
    )
    async with a_client(allowing) as client:
        yield client


@pytest.fixture
async def desk(
    work: Work, open_client: httpx.AsyncClient, database: Database
) -> AsyncGenerator[Desk]:
    """A project whose webhooks end with the test."""
    yield await a_desk(work, open_client)
    await database.run(Statement("UPDATE webhooks SET enabled = false"))


@pytest.fixture
async def other_desk(work: Work, open_client: httpx.AsyncClient) -> Desk:
    return await a_desk(work, open_client)


@pytest.fixture
async def receiver() -> AsyncGenerator[Receiver]:
    async with a_receiver() as receiver:
        yield receiver


@pytest.fixture
async def other_receiver() -> AsyncGenerator[Receiver]:
    async with a_receiver() as receiver:
        yield receiver
