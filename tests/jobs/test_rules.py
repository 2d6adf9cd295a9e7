from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.jobs import rules
from rejoinder.jobs.types import Every, Job, Kind


async def nothing(_context: object, _job: Job) -> None: ...


PATIENT: Kind[Any] = Kind(
    run=nothing, first_pause=timedelta(seconds=1), longest_pause=timedelta(seconds=100)
)


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(1, 1), (2, 2), (3, 4), (7, 64), (8, 100), (10_000, 100)]
)
def test_the_pause_doubles_up_to_the_longest(attempts: int, seconds: float) -> None:
    assert rules.pause(PATIENT, attempts, 0.5) == timedelta(seconds=seconds)


@given(st.integers(1, 100), st.floats(0, 1, exclude_max=True))
def test_the_pause_is_spread_by_half(attempts: int, chance: float) -> None:
    middle = rules.pause(PATIENT, attempts, 0.5)

    assert middle * 0.5 <= rules.pause(PATIENT, attempts, chance) <= middle * 1.5


def test_the_schedule_never_gives_up_and_never_waits_much_longer_than_its_interval() -> None:
    async def run(_context: object) -> None: ...

    kind = rules.repeating(Every(timedelta(seconds=15), run))

    assert rules.has_attempts_left(kind, 1_000_000)
    assert rules.pause(kind, 1_000_000, 0.5) == timedelta(seconds=15)


def test_a_kind_without_a_free_place_is_left_out() -> None:
    kinds: dict[str, Kind[Any]] = {
        "a": Kind(run=nothing, at_once=2),
        "b": Kind(run=nothing, at_once=1),
    }

    assert rules.free_places(kinds, Counter({"a": 1, "b": 1})) == {"a": 1}


@given(st.text())
def test_every_reason_is_short_text_that_can_be_stored(text: str) -> None:
    reason = rules.reason(ValueError(text + "\0\ud800"))

    assert reason.encode().startswith(b"ValueError: ")
    assert "\0" not in reason
    assert len(reason) <= 500
