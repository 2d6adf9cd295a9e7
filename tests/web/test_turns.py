"""Whose turn it is: one alone has everything, and in company everybody a share."""

import asyncio

import pytest

from rejoinder.web.refusals import PROJECT_BUSY, SERVER_BUSY, Pace
from rejoinder.web.turns import Turns


def in_company(most: int = 100, share: int = 2) -> Turns:
    """Two projects have asked just now."""
    turns = Turns(most, share)
    for project in ("1", "2"):
        turns.enter(project)
        turns.leave(project)
    return turns


def in_a_line() -> tuple[Turns, asyncio.Future[None], asyncio.Future[None]]:
    """One request is at work, and two of the same project wait for it."""
    turns = in_company(share=1)
    turns.enter("1")
    first, second = turns.enter("1"), turns.enter("1")
    assert first
    assert second
    return turns, first, second


async def test_a_project_alone_may_use_all_there_is() -> None:
    turns = Turns(most=100, share=2)

    assert [turns.enter("1") for _ in range(20)] == [None] * 20
    assert turns.busiest() == 20


async def test_in_company_a_project_has_its_share_and_a_line() -> None:
    turns = in_company()

    crowd = [turns.enter("1") for _ in range(5)]

    assert [turn is None for turn in crowd] == [True, True, False, False, False]
    assert turns.enter("2") is None
    assert (turns.busiest(), turns.waiting(), turns.inside) == (2, 3, 6)


async def test_who_stands_in_the_line_comes_in_when_another_leaves() -> None:
    turns, first, second = in_a_line()

    turns.leave("1")

    assert (first.done(), second.done()) == (True, False)


async def test_who_gives_up_is_passed_over() -> None:
    turns, first, second = in_a_line()

    first.cancel()
    turns.leave("1")
    turns.give_up("1", first)

    assert second.done()
    assert (turns.inside, turns.waiting()) == (1, 0)


async def test_who_gives_up_as_their_turn_comes_passes_it_on() -> None:
    turns, first, second = in_a_line()

    turns.leave("1")
    turns.give_up("1", first)

    assert second.done()
    assert turns.inside == 1


async def test_a_crowd_beside_a_project_without_a_line_has_less_than_its_share() -> None:
    turns = in_company(share=8)
    for _ in range(9):
        turns.enter("1")

    for _ in range(6):
        turns.leave("1")
    left = turns.busiest()
    turns.leave("1")

    assert (left, turns.busiest(), turns.waiting()) == (2, 2, 0)


async def test_crowds_among_themselves_keep_their_shares() -> None:
    turns = in_company(share=8)
    for project in "12":
        for _ in range(20):
            turns.enter(project)

    for project in "12":
        turns.leave(project)

    assert (turns.busiest(), turns.inside - turns.waiting()) == (8, 16)


async def test_one_project_takes_half_of_the_room_at_most() -> None:
    turns = Turns(most=10, share=2)
    for _ in range(5):
        turns.enter("1")

    assert turns.refusal("1") is PROJECT_BUSY
    assert turns.refusal("2") is None


async def test_more_than_there_is_room_for_is_refused() -> None:
    turns = Turns(most=2, share=2)
    turns.enter("")
    turns.enter("")

    assert turns.refusal("1") is SERVER_BUSY


async def test_nothing_is_left_when_all_have_left() -> None:
    turns = in_company(share=1)

    async def one(project: str) -> None:
        if turn := turns.enter(project):
            await turn
        await asyncio.sleep(0)
        turns.leave(project)

    await asyncio.gather(*(one(str(number % 3)) for number in range(60)))

    assert (turns.inside, turns.waiting(), turns.busiest()) == (0, 0, 0)


def test_refusals_of_a_flood_take_their_time_but_not_for_ever() -> None:
    pace = Pace(a_second=1_000, longest_s=0.5)

    waits = [pace.wait() for _ in range(2_000)]

    assert waits[0] == 0
    assert 0.05 < waits[200] < 0.25
    assert max(waits) == pytest.approx(0.5)
