"""The n-th call to the database fails, for every n: all of a change is done or nothing of it."""

from collections.abc import AsyncGenerator, Awaitable, Callable

import httpx
import pytest
from msgspec.structs import replace

from rejoinder.db.pool import Database
from rejoinder.db.sql import Statement
from rejoinder.events.work import Work
from rejoinder.settings import Settings
from tests.conftest import a_client
from tests.eventually import eventually
from tests.faults.waits.proxy import Proxy, through
from tests.faults.waits.report import LONG
from tests.isolation.attack import Attempt, attempt, path_ids
from tests.isolation.table import TABLE, of
from tests.isolation.traces import state_of
from tests.isolation.world import World, a_world

_TICKETS = "/api/projects/{project_id}/conversations/tickets"
_CHANGING = [
    operation
    for operation in of("project", "organization", "account")
    # A file is no JSON; presence is kept nowhere.
    if TABLE[operation].writes and not operation.endswith(("/attachments", "/presence"))
]
_SOME = [f"POST {_TICKETS}", f"POST {_TICKETS}/{{ref}}/reply", "a message in the widget"]
_KEY = "the change"
_MOST_CALLS = 100
_OPEN_TRANSACTIONS = Statement(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND backend_type = 'client backend' AND xact_start IS NOT NULL AND pid <> pg_backend_pid()"
)
_ANEW = {
    "POST /api/organizations/{organization_id}/invites": "The link is renewed.",
    "POST /api/personal_api_keys": "The key is shown once, and kept nowhere.",
}
"""Answers with a secret are not kept for a repeat."""


State = dict[str, str]
"""A hash of each table's rows."""


Ask = Callable[[World], Awaitable[httpx.Response]]


async def _say_in_the_widget(world: World) -> httpx.Response:
    ticket = world.ids["widget_ticket"]
    return await world.visitor.post(
        "message", message="mine", distinct_id="mine", client_id=_KEY, ticket_id=ticket
    )


async def _change_by_secret(world: World) -> httpx.Response:
    asked = _attempt("PATCH /api/conversations/external/ticket/{ticket_id}", world)
    secret = {"Authorization": f"Bearer {world.desk.project.secret_api_token}"}
    return await asked.by(world.desk.client, {**secret, "Idempotency-Key": _KEY})


def _by_the_team(operation: str) -> Ask:
    async def ask(world: World) -> httpx.Response:
        headers = {**world.browser.headers, "Idempotency-Key": _KEY}
        return await _attempt(operation, world).by(world.desk.client, headers)

    return ask


def _attempt(operation: str, world: World) -> Attempt:
    return attempt(operation, path_ids(TABLE[operation], world.ids), world.ids)


_ASKED: dict[str, Ask] = {
    "a message in the widget": _say_in_the_widget,
    "a change by the project's secret": _change_by_secret,
    **{operation: _by_the_team(operation) for operation in _CHANGING},
}


class Change:
    """A request in a world of its own, that is made again and again."""

    def __init__(self, ask: Ask, world: World, proxy: Proxy, database: Database) -> None:
        self._ask = ask
        self._world = world
        self._proxy = proxy
        self._database = database

    async def ask(self) -> httpx.Response:
        return await self._ask(self._world)

    async def ask_and_fail(self, call: int, *, late: bool) -> httpx.Response:
        # A connection that works, so that the calls are those of the request.
        await eventually(self._is_ready, expected=True)
        # And nobody is left in a transaction, who would still have the idempotency key.
        await eventually(self._open_transactions, 0)
        self._proxy.cut_at_call(call, late=late)
        answer = await self.ask()
        self._proxy.heal()
        return answer

    async def _is_ready(self) -> bool:
        return (await self._world.desk.client.get("/readyz")).is_success

    async def _open_transactions(self) -> int:
        return await self._database.value(_OPEN_TRANSACTIONS)

    async def state(self) -> State:
        return await state_of(self._database, self._world)


@pytest.fixture(scope="module")
async def server_behind(way: Proxy, settings: Settings) -> AsyncGenerator[httpx.AsyncClient]:
    async with a_client(
        replace(settings, database_url=through(way, settings.database_url))
    ) as client:
        yield client


@pytest.mark.parametrize("name", _ASKED if LONG else _SOME)
async def test_a_change_is_done_whole_or_not_at_all_and_once(
    name: str,
    way: Proxy,
    server_behind: httpx.AsyncClient,
    work: Work,
    database: Database,
) -> None:
    change = Change(_ASKED[name], await a_world(work, server_behind), way, database)
    before = await change.state()

    after = await _fail_until_done(change, before)
    again = await change.ask()

    assert after != before
    assert not again.is_server_error
    assert await change.state() == after or name in _ANEW


async def _fail_until_done(change: Change, before: State) -> State:
    """Fails at the first call, at the second and so on; what there is once anything has changed."""
    for call in range(1, _MOST_CALLS):
        answers = [await change.ask_and_fail(call, late=late) for late in (False, True)]
        after = await change.state()
        if after != before or answers[0].is_success:
            return after
        assert [answer.status_code for answer in answers] == [503, 503]
        assert all("retry-after" in answer.headers for answer in answers)
    raise AssertionError("it never ends")
