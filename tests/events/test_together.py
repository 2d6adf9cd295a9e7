"""Changes that share a transaction, held against the same changes made one by one."""

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rejoinder.db.sql import Statement
from rejoinder.errors import Invalid, NotFound
from rejoinder.events.event import Actor
from rejoinder.events.work import Tx, Work
from rejoinder.tickets.access import locked_ticket
from rejoinder.tickets.commands import change
from rejoinder.tickets.queries import count_by_status
from rejoinder.tickets.types import STATUSES, Status
from tests.builders import Desk
from tests.tickets.log import events_of

_SHARED = [HealthCheck.function_scoped_fixture]
_TICKETS = Statement(
    "SELECT json_agg(json_build_array(status, priority) ORDER BY ticket_number)::jsonb"
    " FROM tickets WHERE project_id = $1"
)
_TRANSACTIONS = Statement("SELECT count(DISTINCT xid) FROM events WHERE project_id = $1")

Wish = tuple[int, int, Status | None]
"""Who wishes for it, the number of a ticket, and its status to be; none: to be refused."""


async def fulfil(tx: Tx, wish: Wish) -> str:
    """The status that the ticket had until now."""
    _, number, status = wish
    ticket = await locked_ticket(tx, number)
    if status is None:
        await change.change_priority(tx, ticket, "high")
        raise Invalid("No.", attr="status")
    await change.change_status(tx, ticket, status)
    return ticket.status


def agent(desk: Desk, number: int = 1) -> Actor:
    return Actor(desk.project.id, "user", str(number))


async def fulfilled(desk: Desk, work: Work, wishes: Sequence[Wish]) -> list[Any]:
    """What became of each wish, all of them asked for at once."""
    return await asyncio.gather(
        *(work.together(agent(desk, wish[0]), partial(fulfil, wish=wish)) for wish in wishes),
        return_exceptions=True,
    )


async def state_of(desk: Desk) -> tuple[list[Any], list[Any]]:
    """Every ticket, the count of each status, and the log, as the database has them."""
    database, project_id = desk.work.database, desk.project.id
    tickets = msgspec.json.decode(await database.value(_TICKETS, project_id))
    counts = [await count_by_status(database, project_id, [name]) for name in STATUSES]
    log = [
        (event["type"], event["by"], event.get("status"), event.get("previous"))
        for event in await events_of(desk)
        if event["type"] != "ticket.created"
    ]
    return tickets, [*counts, *log]


@pytest.fixture
def alone(work: Work) -> Work:
    return Work(work.database, batched=False)


@settings(max_examples=8, deadline=None, suppress_health_check=_SHARED)
@given(
    st.lists(
        st.tuples(st.integers(1, 3), st.integers(1, 4), st.sampled_from(STATUSES) | st.none()),
        min_size=1,
        max_size=12,
    )
)
async def test_it_comes_to_the_same(
    desk: Desk, other_desk: Desk, alone: Work, wishes: list[Wish]
) -> None:
    for each in (desk, other_desk):
        for number in (1, 2, 3):
            if number not in await each.listed():
                await each.a_ticket()
            await alone.together(agent(each), partial(fulfil, wish=(1, number, "new")))

    together = await fulfilled(desk, desk.work, wishes)
    one_by_one = [(await fulfilled(other_desk, alone, [wish]))[0] for wish in wishes]

    assert list(map(repr, together)) == list(map(repr, one_by_one))
    assert await state_of(desk) == await state_of(other_desk)


async def test_they_share_a_transaction_and_keep_their_actors(desk: Desk) -> None:
    await desk.a_ticket()
    wishes: list[Wish] = [(n, 1, STATUSES[n % 2 + 1]) for n in range(1, 11)]

    await fulfilled(desk, desk.work, wishes)

    changes = (await events_of(desk))[1:]
    assert [event["by"] for event in changes] == [f"user:{n}" for n in range(1, 11)]
    # One created the ticket.
    assert await desk.work.database.value(_TRANSACTIONS, desk.project.id) == 2


async def test_who_waits_for_a_lock_waits_alone(desk: Desk) -> None:
    await desk.a_ticket()
    await desk.a_ticket()
    work = desk.work

    waiting: list[Wish] = [(1, 1, "pending"), (1, 2, "pending")]

    async with work.begin(agent(desk)) as tx:
        await locked_ticket(tx, 1)
        held = asyncio.create_task(fulfilled(desk, work, [(1, 1, "open")]))
        blocked, free = (asyncio.create_task(fulfilled(desk, work, [wish])) for wish in waiting)
        assert await free == ["new"]
        assert not held.done()
        assert not blocked.done()

    assert sorted(await held + await blocked) in (["new", "open"], ["new", "pending"])


async def test_who_gives_up_takes_nobody_along(desk: Desk) -> None:
    await desk.a_ticket()
    tasks = [asyncio.create_task(fulfilled(desk, desk.work, [(n, 1, "open")])) for n in range(1, 5)]
    await asyncio.sleep(0)

    tasks[1].cancel()
    done = await asyncio.gather(*tasks, return_exceptions=True)

    assert [done[0], *done[2:]] == [["new"], ["open"], ["open"]]
    assert await desk.listed(status="open") == [1]


async def test_a_missing_ticket_is_missed_by_its_own_caller(desk: Desk) -> None:
    await desk.a_ticket()

    done = await fulfilled(desk, desk.work, [(1, 1, "open"), (1, 9, "open"), (2, 1, "pending")])

    assert [done[0], type(done[1]), done[2]] == ["new", NotFound, "open"]
