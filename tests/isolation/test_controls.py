"""That the matrix could find something: who may is let in, and what is planted is seen."""

import httpx
import pytest

from rejoinder.db.pool import Database
from rejoinder.events.work import Work
from tests.isolation.attack import attempt, path_ids
from tests.isolation.table import TABLE, of
from tests.isolation.traces import shown_of, state_of
from tests.isolation.world import World, a_world

_GUARDED = [
    operation
    for operation in of("project", "organization", "account")
    # A file is no JSON, and a stream has no end: these have tests of their own.
    if not operation.endswith(("/attachments", "/stream"))
]
_READING = [operation for operation in _GUARDED if not TABLE[operation].writes]
_CHANGING = [operation for operation in _GUARDED if TABLE[operation].writes]

# Numbers alone, or nothing there to be shown.
_WITHOUT_TEXT = {
    "unread_count", "presence", "email_configs", "counts", "count", "thread", "sessions",
}  # fmt: skip
# What is so already, or is kept nowhere.
_WITHOUT_TRACE = {"mark_unread", "presence", "delete_secret_token_backup", "redeliver"}


async def _asked(operation: str, world: World, client: httpx.AsyncClient) -> httpx.Response:
    asked = attempt(operation, path_ids(TABLE[operation], world.ids), world.ids)
    return await asked.by(client, world.browser.headers)


def _last(operation: str) -> str:
    return operation.rpartition("/")[2]


@pytest.mark.parametrize("operation", _READING)
async def test_who_may_read_sees_what_was_planted(
    operation: str, victim: World, client: httpx.AsyncClient
) -> None:
    answer = await _asked(operation, victim, client)

    assert answer.status_code == 200, answer.text
    assert shown_of(victim, answer) or _last(operation) in _WITHOUT_TEXT


async def test_who_may_change_changes_what_is_hashed(
    work: Work, client: httpx.AsyncClient, database: Database
) -> None:
    wrong: list[object] = []
    world = await a_world(work, client)
    for operation in _CHANGING:
        if await _changes(operation, world, client, database):
            continue
        # An operation before has taken away what this one is about.
        world = await a_world(work, client)
        if not await _changes(operation, world, client, database):
            wrong.append(operation)

    assert wrong == []


async def _changes(
    operation: str, world: World, client: httpx.AsyncClient, database: Database
) -> bool:
    before = await state_of(database, world)
    answer = await _asked(operation, world, client)
    is_seen = await state_of(database, world) != before or _last(operation) in _WITHOUT_TRACE
    return answer.is_success and is_seen
