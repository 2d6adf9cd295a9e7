"""Without the LISTEN connection nothing is remembered; with it again, everything is as before."""

from collections.abc import AsyncGenerator

import pytest
from msgspec.structs import replace

from rejoinder.db.pool import Database, connect
from rejoinder.events.listen import APPLICATION_NAME
from rejoinder.events.work import Work
from rejoinder.settings import Settings
from tests.builders import Desk, a_desk
from tests.channels.widget.browser import Browser, reply
from tests.channels.widget.queries import Ledger
from tests.conftest import a_client
from tests.eventually import eventually

_LISTENERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND application_name = $1
"""


@pytest.fixture
async def alone(settings: Settings, dsn: str) -> AsyncGenerator[tuple[Desk, Desk, Database]]:
    """A desk behind two processes, on a database that no other test uses."""
    own = replace(settings, database_url=dsn)
    async with connect(dsn, own) as database, a_client(own) as one, a_client(own) as two:
        desk = await a_desk(Work(database), one)
        yield desk, replace(desk, client=two), database


async def test_a_lost_connection_costs_queries_but_never_a_message(
    alone: tuple[Desk, Desk, Database], ledger: Ledger
) -> None:
    desk, other_process, database = alone
    browser = Browser(desk)
    said = await browser.say("One")
    ticket, after = said["ticket_id"], said["created_at"]

    async def poll() -> list[str]:
        return await browser.texts(ticket, after=after)

    async def is_remembered() -> bool:
        with ledger.counting() as spent:
            await browser.tickets()
        return not spent

    await eventually(is_remembered, expected=True)
    await poll()
    await database.pool.execute(_LISTENERS, APPLICATION_NAME)
    await reply(other_process, ticket, "Two")
    await eventually(poll, ["Two"])
    await eventually(is_remembered, expected=True)
    await reply(other_process, ticket, "Three")
    await eventually(poll, ["Two", "Three"])
