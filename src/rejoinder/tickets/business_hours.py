"""Deadlines that count only the hours in which somebody works; pure, right across clock changes.

A window stands on the wall clock of a time zone; what passes within it is real time. So the night
in which clocks go forward is an hour shorter, and a window that lies in the gap opens behind it.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

from msgspec import Struct

LONGEST: Final = timedelta(days=5 * 365)
_DAY: Final = timedelta(days=1)


class BusinessHours(Struct, frozen=True):
    """On these weekdays (Monday is 0) from `opens` to `closes`; None is the end of the day."""

    weekdays: frozenset[int]
    opens: time
    closes: time | None
    zone: tzinfo

    @property
    def length(self) -> timedelta:
        """How long a window is on a day without a clock change."""
        closes = _DAY if self.closes is None else _since_midnight(self.closes)
        return closes - _since_midnight(self.opens)


def deadline(begin: datetime, amount: timedelta, hours: BusinessHours) -> datetime | None:
    """When `amount` of business time will have passed; None if that takes more than five years."""
    left = amount
    for opened, closed in _windows(begin, hours):
        start = max(opened, begin)
        if start + left <= closed:
            return start + left
        left -= max(closed - start, timedelta())
    return None


def _windows(begin: datetime, hours: BusinessHours) -> Iterator[tuple[datetime, datetime]]:
    """The windows that have not closed before `begin`, in order, in UTC."""
    # The day before: zones far apart disagree about the date.
    day = begin.astimezone(hours.zone).date() - _DAY
    for _ in range(LONGEST.days + 2):
        if day.weekday() in hours.weekdays:
            opened, closed = _window(day, hours)
            if max(opened, begin) < closed:
                yield opened, closed
        day += _DAY


def _window(day: date, hours: BusinessHours) -> tuple[datetime, datetime]:
    opened = datetime.combine(day, hours.opens, hours.zone)
    if hours.closes is None:
        closed = datetime.combine(day + _DAY, time(), hours.zone)
    else:
        closed = datetime.combine(day, hours.closes, hours.zone)
    return opened.astimezone(UTC), closed.astimezone(UTC)


def _since_midnight(wall: time) -> timedelta:
    return timedelta(hours=wall.hour, minutes=wall.minute)
