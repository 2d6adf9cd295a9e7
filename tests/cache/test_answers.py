from collections.abc import Callable

import pytest

from rejoinder.cache.answers import Answers, Kept
from rejoinder.events.announcement import Announcement
from tests.cache.clock import Clock

PROJECT = 7


def answer(size: int = 1) -> Kept:
    return Kept(b"x" * size, {})


def announcement(project_id: int) -> Announcement:
    return Announcement("here", project_id, frozenset({"ticket.created"}))


@pytest.fixture
def answers(clock: Clock) -> Answers:
    return Answers(lambda: True, most_bytes=100, clock=clock)


def kept(answers: Answers, project_id: int = PROJECT, size: int = 1) -> Callable[[], bool]:
    """Keeps an answer of this project; whether it is still there."""
    epoch = answers.now(project_id)
    assert epoch
    answers.keep(project_id, epoch, "key", answer(size))
    return lambda: (now := answers.now(project_id)) is not None and "key" in now.answers


async def test_an_answer_is_kept_until_something_happens_in_its_project(answers: Answers) -> None:
    ours, theirs = kept(answers), kept(answers, 8)
    assert ours()

    await answers.heard(announcement(PROJECT))

    assert (ours(), theirs()) == (False, True)


async def test_what_happens_to_the_installation_concerns_every_project(answers: Answers) -> None:
    ours, theirs = kept(answers), kept(answers, 8)

    await answers.heard(announcement(0))

    assert (ours(), theirs()) == (False, False)


async def test_what_was_read_before_a_change_is_not_kept_after_it(answers: Answers) -> None:
    before = answers.now(PROJECT)
    assert before

    await answers.heard(announcement(PROJECT))
    answers.keep(PROJECT, before, "key", answer())

    now = answers.now(PROJECT)
    assert now
    assert now.answers == {}
    assert now.name != before.name


def test_nothing_is_kept_for_ever(answers: Answers, clock: Clock) -> None:
    found = kept(answers)

    clock.advance(31)

    assert not found()


def test_who_does_not_hear_of_changes_keeps_nothing() -> None:
    assert Answers(lambda: False).now(PROJECT) is None


def test_the_memory_has_a_limit_and_the_longest_unused_goes_first(answers: Answers) -> None:
    first, second, third = (kept(answers, project, size=40) for project in (1, 2, 3))

    assert (first(), second(), third()) == (False, True, True)


def test_an_answer_larger_than_the_limit_is_not_kept(answers: Answers) -> None:
    assert not kept(answers, size=101)()
