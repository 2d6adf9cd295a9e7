"""What dates in filters mean."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.tickets.filters import dates

# A Thursday.
NOW = datetime(2026, 3, 12, 15, 4, 5, 678, tzinfo=UTC)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-7d", "2026-03-05T15:04:05.000678"),
        ("7d", "2026-03-05T15:04:05.000678"),
        ("-1h", "2026-03-12T14:04:05.000678"),
        ("-90M", "2026-03-12T13:34:05.000678"),
        ("-1s", "2026-03-12T15:04:04.000678"),
        ("-2w", "2026-02-26T15:04:05.000678"),
        ("-1m", "2026-02-12T15:04:05.000678"),
        ("-13m", "2025-02-12T15:04:05.000678"),
        ("-1q", "2025-12-12T15:04:05.000678"),
        ("-1y", "2025-03-12T15:04:05.000678"),
        ("-1mStart", "2026-02-01T00:00:00"),
        ("-1mEnd", "2026-02-28T23:59:59.999999"),
        ("mStart", "2026-03-01T00:00:00"),
        ("dStart", "2026-03-12T00:00:00"),
        ("-1dStart", "2026-03-11T00:00:00"),
        ("-1dEnd", "2026-03-11T23:59:59.999999"),
        ("-1hStart", "2026-03-12T14:00:00"),
        ("MStart", "2026-03-12T15:04:00"),
        ("sEnd", "2026-03-12T15:04:05.999999"),
        ("wStart", "2026-03-09T00:00:00"),
        ("wEnd", "2026-03-15T23:59:59.999999"),
        ("qStart", "2026-01-01T00:00:00"),
        ("-1qEnd", "2025-12-31T23:59:59.999999"),
        ("yStart", "2026-01-01T00:00:00"),
        ("-1yEnd", "2025-12-31T23:59:59.999999"),
        ("2026-01-31", "2026-01-31T00:00:00"),
        ("2026-01-31T10:00", "2026-01-31T10:00:00"),
        ("2026-01-31 10:00:00.5", "2026-01-31T10:00:00.500000"),
        ("2026-01-31T10:00:00+02:00", "2026-01-31T08:00:00"),
        ("2026-01-31T10:00:00Z", "2026-01-31T10:00:00"),
    ],
)
def test_a_date_is_absolute_or_relative(text: str, expected: str) -> None:
    assert dates.parse(text, NOW) == at(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-1y", "2027-02-28T12:00:00"),
        ("-4y", "2024-02-29T12:00:00"),
        ("-12mEnd", "2027-02-28T23:59:59.999999"),
        ("mEnd", "2028-02-29T23:59:59.999999"),
        ("2028-02-29", "2028-02-29T00:00:00"),
        ("2027-02-29", None),
        ("2016-12-31T23:59:60Z", None),
    ],
)
def test_leap_days_are_days_and_leap_seconds_are_none(text: str, expected: str | None) -> None:
    on_a_leap_day = datetime(2028, 2, 29, 12, tzinfo=UTC)

    assert dates.parse(text, on_a_leap_day) == (at(expected) if expected else None)


@pytest.mark.parametrize(
    "text",
    [
        "", "x", "-d", "d", "-7x", "-7dMiddle", "7", "-", "--7d", "-7.5d", "yesterday", "all",
        "2026-02-30", "2026-1-1", "31.1.2026", "-99999d", "10000-01-01", "-7d\n", "\u0667d",
        "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "-9999y", "-2027yStart",
    ],
)  # fmt: skip
def test_anything_else_is_no_date(text: str) -> None:
    if text in {"-d", "d"}:
        assert dates.parse(text, NOW) == NOW
    else:
        assert dates.parse(text, NOW) is None


def test_a_day_that_ends_a_range_is_meant_until_its_last_moment() -> None:
    assert dates.parse("2026-01-31", NOW, end=True) == at("2026-01-31T23:59:59.999999")
    assert dates.parse("9999-12-31", NOW, end=True) == at("9999-12-31T23:59:59.999999")
    assert dates.parse("2026-01-31T10:00", NOW, end=True) == at("2026-01-31T10:00:00")
    assert dates.parse("-1d", NOW, end=True) == at("2026-03-11T15:04:05.000678")


@given(st.text(max_size=40) | st.from_regex(r"-?\d{0,6}[sMhdwmqy](Start|End)?", fullmatch=True))
def test_no_text_is_too_odd(text: str) -> None:
    moment = dates.parse(text, NOW)

    assert moment is None or moment.tzinfo is UTC
