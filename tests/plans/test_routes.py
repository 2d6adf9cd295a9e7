"""No route reads a large table through, whatever it does."""

from collections.abc import AsyncGenerator

import pytest
from msgspec.structs import replace

from rejoinder.db.pool import connect
from rejoinder.events.work import Work
from rejoinder.settings import Settings
from tests.budgets.application import App, an_app
from tests.budgets.budgets import CHANGING, ENDING, PUBLIC, READING
from tests.budgets.test_budgets import WHOLE
from tests.plans.noting import Noting


@pytest.fixture(scope="module")
async def app(settings: Settings, seeded_dsn: str) -> AsyncGenerator[App]:
    """An application on the seeded database, with a small project of its own in it."""
    seeded = replace(settings, database_url=seeded_dsn)
    async with connect(seeded_dsn, seeded) as database, an_app(seeded, Work(database)) as app:
        yield app


@pytest.mark.parametrize("operations", [READING, PUBLIC, CHANGING, ENDING])
async def test_no_route_reads_a_large_table_through(
    app: App, noting: Noting, operations: dict[str, int]
) -> None:
    asker = await app.asker()
    guilty: dict[str, set[str]] = {}
    for operation in operations:
        for sent in (await asker.ask(operation, WHOLE.get(operation))).statements:
            noting.read_through.clear()
            await noting.note(sent.text, sent.args)
            if noting.read_through:
                guilty[operation] = set(noting.read_through)

    assert guilty == {}
