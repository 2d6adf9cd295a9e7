from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest

from rejoinder.db.pool import Database, connect
from rejoinder.db.sql import Statement
from rejoinder.settings import Settings


@pytest.fixture
async def queue(migrated_dsn: str) -> AsyncGenerator[Database]:
    """A queue with jobs of this test alone."""
    async with a_pool(migrated_dsn) as database:
        await database.run(Statement("DELETE FROM jobs"))
        yield database


@pytest.fixture
async def frail_queue(dsn: str) -> AsyncGenerator[Database]:
    """A queue in a database that nobody else uses, so that it may be treated badly."""
    async with a_pool(dsn) as database:
        yield database


@asynccontextmanager
async def a_pool(dsn: str) -> AsyncGenerator[Database]:
    async with connect(dsn, Settings(statement_timeout_ms=2_000)) as database:
        yield database
