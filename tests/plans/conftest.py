from collections.abc import AsyncGenerator
from urllib.parse import urlsplit

import pytest

from bench.seed import Plan, seed
from rejoinder.db.pool import Database, connect
from rejoinder.settings import Settings
from tests.conftest import a_copy, execute
from tests.plans.noting import Noting


@pytest.fixture(scope="package")
async def seeded_dsn(server: str, template: str) -> AsyncGenerator[str]:
    """10,000 tickets in two projects, with fresh statistics."""
    async with a_copy(server, template) as dsn:
        await seed(dsn, Plan(10_000, projects=2, messages_per_ticket=2))
        await _believe_in_fast_disks(dsn)
        yield dsn


async def _believe_in_fast_disks(dsn: str) -> None:
    """As our own cluster does: with dear seeks, tables as small as these are read through."""
    name = urlsplit(dsn).path.lstrip("/")
    await execute(dsn, f"ALTER DATABASE {name} SET random_page_cost = 1.1")


@pytest.fixture(scope="package")
async def seeded(seeded_dsn: str) -> AsyncGenerator[Database]:
    async with connect(seeded_dsn, Settings()) as database:
        yield database


@pytest.fixture
async def noting(seeded: Database) -> AsyncGenerator[Noting]:
    database = Noting(seeded)
    yield database
    await database.close()
