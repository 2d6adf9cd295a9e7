"""Business time: by example where clocks change, and as properties everywhere else."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.tickets.business_hours import BusinessHours, deadline

BERLIN = ZoneInfo("Europe/Berlin")
WORKDAYS = frozenset(range(5))
OFFICE = BusinessHours(WORKDAYS, time(9), time(17), BERLIN)
NIGHT = BusinessHours(frozenset(range(7)), time(1), time(4), BERLIN)
ALWAYS = BusinessHours(frozenset(range(7)), time(), None, BERLIN)


def berlin(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


@pytest.mark.parametrize(
    ("begin", "hours_of_work", "due"),
    [
        ("2026-03-04T10:00", 2, "2026-03-04T12:00"),  # a Wednesday
        ("2026-03-04T16:00", 2, "2026-03-05T10:00"),
        ("2026-03-04T20:00", 1, "2026-03-05T10:00"),
        ("2026-03-04T09:00", 8, "2026-03-04T17:00"),
        ("2026-03-06T16:30", 1, "2026-03-09T09:30"),  # over the weekend
        ("2026-03-07T12:00", 1, "2026-03-09T10:00"),
        ("2026-03-27T16:00", 2, "2026-03-30T10:00"),  # clocks go forward on Sunday
    ],
)
def test_only_the_hours_of_the_office_count(begin: str, hours_of_work: int, due: str) -> None:
    assert deadline(berlin(begin), timedelta(hours=hours_of_work), OFFICE) == berlin(due)


def test_the_night_in_which_clocks_go_forward_is_an_hour_shorter() -> None:
    # 01:00 to 04:00 on the wall are two hours; one of three is left for the next night.
    assert deadline(berlin("2026-03-28T12:00"), timedelta(hours=3), NIGHT) == berlin(
        "2026-03-30T02:00"
    )


def test_the_night_in_which_clocks_go_back_is_an_hour_longer() -> None:
    assert deadline(berlin("2026-10-24T12:00"), timedelta(hours=4), NIGHT) == berlin(
        "2026-10-25T04:00"
    )


def test_a_window_that_lies_in_the_gap_opens_behind_it() -> None:
    gap = BusinessHours(frozenset(range(7)), time(2, 15), time(2, 45), BERLIN)

    assert deadline(berlin("2026-03-28T12:00"), timedelta(minutes=30), gap) == berlin(
        "2026-03-29T03:45"
    )


def test_what_takes_more_than_five_years_has_no_deadline() -> None:
    short = BusinessHours(frozenset({0}), time(9), time(9, 1), BERLIN)

    assert deadline(berlin("2026-01-01T00:00"), timedelta(days=1), short) is None


ZONES = st.sampled_from(
    ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"]
).map(ZoneInfo)
BEGINNINGS = st.timedeltas(timedelta(), timedelta(days=15 * 365)).map(
    lambda later: datetime(2020, 1, 1, tzinfo=UTC) + later
)
AMOUNTS = st.timedeltas(timedelta(seconds=1), timedelta(hours=60))
MINUTES = st.integers(0, 24 * 60 - 1)


def wall(minute: int) -> time:
    return time(minute // 60, minute % 60)


@st.composite
def office_hours(draw: st.DrawFn) -> BusinessHours:
    opens, closes = sorted(draw(st.lists(MINUTES, min_size=2, max_size=2, unique=True)))
    until = draw(st.sampled_from([wall(closes), None]))
    weekdays = draw(st.frozensets(st.integers(0, 6), min_size=1))
    return BusinessHours(weekdays, wall(opens), until, draw(ZONES))


@given(BEGINNINGS, AMOUNTS, office_hours())
def test_a_deadline_lies_within_a_window_and_at_least_the_amount_ahead(
    begin: datetime, amount: timedelta, hours: BusinessHours
) -> None:
    due = deadline(begin, amount, hours)

    if due is not None:
        assert due - begin >= amount
        # A moment earlier: a window ends where it no longer is.
        last = (due - timedelta(microseconds=1)).astimezone(hours.zone)
        assert last.weekday() in hours.weekdays
        if not _near_a_clock_change(last):
            assert last.time() >= hours.opens
            assert hours.closes is None or last.time() < hours.closes


@given(BEGINNINGS, AMOUNTS, AMOUNTS, office_hours())
def test_amounts_add_up(
    begin: datetime, first: timedelta, second: timedelta, hours: BusinessHours
) -> None:
    halfway = deadline(begin, first, hours)
    whole = deadline(begin, first + second, hours)

    if halfway is not None and whole is not None:
        assert deadline(halfway, second, hours) == whole


@given(BEGINNINGS, AMOUNTS)
def test_around_the_clock_business_time_is_time(begin: datetime, amount: timedelta) -> None:
    assert deadline(begin, amount, ALWAYS) == begin + amount


def _near_a_clock_change(moment: datetime) -> bool:
    around = [date.fromordinal(moment.date().toordinal() + days) for days in (-1, 0, 1, 2)]
    offsets = {datetime.combine(day, time(), moment.tzinfo).utcoffset() for day in around}
    return len(offsets) > 1
