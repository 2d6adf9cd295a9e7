"""The database's own short list of connections, and how long it waits for an answer."""

import asyncpg
import pytest
from msgspec.structs import replace

from rejoinder.db.pool import Database, connect, connect_for_jobs
from rejoinder.db.sql import Statement
from rejoinder.settings import Settings

SLEEP = Statement("SELECT pg_sleep(0.3)")


async def test_a_connection_given_back_after_the_end_goes_to_the_pool(database: Database) -> None:
    ours = Database(database.pool)
    async with ours.session():
        async with ours.session():
            pass
        kept = ours.idle() - database.pool.get_idle_size()
        await ours.close()

    assert kept == 1
    assert ours.idle() == database.pool.get_idle_size()


async def test_jobs_may_take_longer_than_requests(settings: Settings) -> None:
    hurried = replace(settings, statement_timeout_ms=100, job_statement_timeout_ms=30_000)
    async with (
        connect(settings.database_url, hurried, size=2) as database,
        connect_for_jobs(settings.database_url, hurried, size=2) as patient,
    ):
        with pytest.raises(asyncpg.QueryCanceledError):
            await database.value(SLEEP)
        await patient.value(SLEEP)


async def test_what_was_cancelled_leaves_its_connection_usable(settings: Settings) -> None:
    hurried = replace(settings, statement_timeout_ms=100)
    async with connect(settings.database_url, hurried, size=2) as database:
        with pytest.raises(asyncpg.QueryCanceledError):
            async with database.session() as session, session.connection.transaction():
                await session.value(SLEEP)

        assert await database.value(Statement("SELECT 1")) == 1
        assert database.pool.get_size() == 1
