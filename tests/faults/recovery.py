"""What has to happen by itself after a fault before anybody may judge."""

import asyncio
from datetime import timedelta
from typing import Final

import asyncpg

from rejoinder.db.pool import connect
from rejoinder.db.sql import Statement
from rejoinder.events.work import Work
from rejoinder.messages.attachments.files import Files
from rejoinder.messages.attachments.upkeep import KEPT_UNUSED, sweep
from rejoinder.settings import Settings
from tests.faults.served import Served

_PATIENCE: Final = 60.0
_BUSY: Final = """
SELECT EXISTS (SELECT FROM webhook_deliveries WHERE state = 'pending')
    OR EXISTS (SELECT FROM jobs WHERE repeats_every IS NULL AND given_up_at IS NULL)
    OR EXISTS (
        SELECT FROM webhooks w JOIN events e ON e.project_id = w.project_id
        WHERE w.enabled AND (e.xid, e.seq) > (w.xid, w.seq)
    )
"""
_FORGOTTEN: Final = Statement(
    "UPDATE attachments SET created_at = created_at - $1::interval WHERE message_id IS NULL"
)


async def settle(dsn: str) -> None:
    """Returns when everything has left, or after 60 seconds: the checker will say what has not."""
    connection: asyncpg.Connection[asyncpg.Record] = await asyncpg.connect(dsn)
    try:
        async with asyncio.timeout(_PATIENCE):
            while await connection.fetchval(_BUSY):  # noqa: ASYNC110  rows in the database
                await asyncio.sleep(0.1)
    except TimeoutError:
        pass
    finally:
        await connection.close()


async def sweep_now(served: Served) -> None:
    """What is done once a day: uploads that nobody used, and files of what is gone, go."""
    settings = Settings(database_url=served.dsn, data_dir=served.data_dir)
    async with connect(served.dsn, settings) as database:
        await database.run(_FORGOTTEN, KEPT_UNUSED + timedelta(hours=1))
        await sweep(Work(database), Files(settings))
