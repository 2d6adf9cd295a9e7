"""A database that is slow, silent or cut: everybody is answered soon, and all heals by itself."""

import asyncio
import os
import signal
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress

import pytest

from rejoinder.db.pool import connect
from rejoinder.db.sql import Statement
from rejoinder.settings import Settings
from tests.eventually import eventually
from tests.faults.waits.proxy import Proxy, through
from tests.faults.waits.report import LONG, only_long, report
from tests.faults.waits.situation import FINE, LONGEST_S, Answered, Situation
from tests.processes import family, parent

_BACKEND = Statement("SELECT pg_backend_pid()")
_HOLD = "SELECT 1 FROM tickets WHERE id = $1 FOR UPDATE"


async def postmaster(situation: Situation) -> int:
    return parent(await situation.desk.work.database.value(_BACKEND))


@contextmanager
def frozen(pid: int) -> Generator[None]:
    """PostgreSQL is there, and does nothing at all."""
    processes = family(pid)
    for process in processes:
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in processes:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGCONT)


def assert_refused_soon(fault: str, answers: list[Answered]) -> None:
    """Nobody waited for long, and whoever was refused knows when to come back."""
    report(fault, answers)
    assert max(answer.seconds for answer in answers) < LONGEST_S
    refused = [answer for answer in answers if answer.status not in FINE]
    assert {answer.status for answer in refused} == {503}
    assert all("retry-after" in answer.headers for answer in refused)


async def assert_healed(situation: Situation) -> None:
    """Everything is served again, without a restart, and every connection is back."""
    await eventually(situation.is_served, expected=True)
    await eventually(situation.in_use, 0)


@only_long
async def test_what_is_slow_is_waited_for(situation: Situation, proxy: Proxy) -> None:
    proxy.delay = 0.2

    answers = await situation.ask_all(times=1)

    report("each answer 200 ms later", answers)
    assert {answer.status for answer in answers} <= FINE
    proxy.heal()
    await assert_healed(situation)


@pytest.mark.parametrize(
    "fault",
    [
        "forget",
        pytest.param("stall", marks=only_long),
        pytest.param("be 5 s late", marks=only_long),
    ],
)
async def test_nobody_waits_long_for_a_database_that_is_silent(
    situation: Situation, proxy: Proxy, fault: str
) -> None:
    faults: dict[str, Callable[[], None]] = {
        "stall": proxy.stall,
        "forget": proxy.forget,
        "be 5 s late": lambda: setattr(proxy, "delay", 5.0),
    }
    faults[fault]()

    answers = await situation.ask_all()
    next_answers = [] if fault == "forget" else await situation.ask_all()

    assert_refused_soon(fault, answers)
    # From then on nobody waits at all until it has answered.
    assert all(answer.seconds < 1.5 for answer in next_answers)
    proxy.heal()
    await assert_healed(situation)


async def test_nobody_waits_long_for_a_database_that_is_frozen(
    situation: Situation,
) -> None:
    with frozen(await postmaster(situation)):
        answers = await situation.ask_all()

    assert_refused_soon("frozen", answers)
    await assert_healed(situation)


@pytest.mark.parametrize("size", [1, *(pytest.param(size, marks=only_long) for size in (0, 100))])
async def test_answers_that_are_cut_short_are_refusals(
    situation: Situation, proxy: Proxy, size: int
) -> None:
    proxy.cut_answers_after(size)

    answers = await situation.ask_all()

    report(f"cut after {size} bytes", answers)
    assert {answer.status for answer in answers} <= FINE | {503}
    await assert_healed(situation)


async def test_a_database_that_refuses_everybody_is_a_refusal(
    situation: Situation, proxy: Proxy
) -> None:
    proxy.refuse()

    answers = await situation.ask_all()

    assert_refused_soon("refuse", answers)
    proxy.heal()
    await assert_healed(situation)


async def test_connections_that_died_while_idle_fail_nobody(
    situation: Situation, proxy: Proxy
) -> None:
    proxy.cut()
    await eventually(situation.open_connections, 0)

    answers = await situation.ask_all(times=1)

    assert {answer.status for answer in answers} <= FINE


async def test_who_waits_for_a_lock_is_told_to_come_back(situation: Situation) -> None:
    async with situation.desk.work.database.session() as other, other.connection.transaction():
        await other.connection.fetch(_HOLD, situation.ticket)
        answers = await situation.ask("patch", times=3 if LONG else 1)

    assert_refused_soon("a lock held for ever", answers)
    await assert_healed(situation)


async def test_who_finds_no_free_connection_is_told_to_come_back(situation: Situation) -> None:
    database = situation.database
    taken = [await database.pool.acquire() for _ in range(database.pool.get_idle_size())]
    taken += [await database.borrow() for _ in range(database.idle())]

    answers = await situation.ask("create")

    for connection in taken:
        await database.give_back(connection, sound=True)
    assert_refused_soon("no free connection", answers)
    await assert_healed(situation)


async def test_a_request_that_is_given_up_leaves_a_frozen_database_soon(
    situation: Situation,
) -> None:
    with frozen(await postmaster(situation)):
        request = asyncio.create_task(situation.ask("reply"))
        await asyncio.sleep(0.05)
        request.cancel()
        async with asyncio.timeout(2):
            await asyncio.wait([request])

    assert request.cancelled()
    await assert_healed(situation)


async def test_nobody_waits_long_for_a_silent_database_at_the_end(
    proxy: Proxy, migrated_dsn: str
) -> None:
    async with asyncio.timeout(LONGEST_S):
        async with connect(through(proxy, migrated_dsn), Settings()) as database:
            await database.value(_BACKEND)
            proxy.stall()
