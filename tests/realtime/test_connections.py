"""How many connections to the database streams cost: none of their own."""

from collections.abc import Generator
from contextlib import ExitStack, closing
from pathlib import Path

import asyncpg
import pytest

from rejoinder.events.listen import APPLICATION_NAME
from tests.browser.server import Server, a_server
from tests.eventually import eventually
from tests.realtime.clients import a_client, a_widget, by_key

PROCESSES = 2
STREAMS = 20

# What listens under another name shows by what it said last.
LISTENING = """
SELECT count(*) FILTER (WHERE application_name = $1),
    count(*) FILTER (WHERE application_name <> $1 AND query ILIKE '%LISTEN%')
FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


@pytest.fixture
def serving(tmp_path: Path, dsn: str) -> Generator[Server]:
    given = {"database_url": dsn, "workers": str(PROCESSES), "rate_limits": "false"}
    with a_server(tmp_path, **given) as serving:
        yield serving


async def test_a_process_listens_once_however_many_streams_it_has(
    serving: Server, dsn: str
) -> None:
    _, path, token = a_widget(serving)
    with ExitStack() as stack:
        for _ in range(STREAMS):
            events = a_client(serving, "/api/projects/1/events/stream", by_key(serving), b"\n: ")
            widget = a_client(serving, path, token, b"event: ticket")
            stack.enter_context(closing(events))
            stack.enter_context(closing(widget))
        connection = await asyncpg.connect(dsn)

        async def counts() -> tuple[int, ...]:
            row = await connection.fetchrow(LISTENING, APPLICATION_NAME)
            return tuple(row or ())

        await eventually(counts, (PROCESSES, 0))
        await connection.close()
