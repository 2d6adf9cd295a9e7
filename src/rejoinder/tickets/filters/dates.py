"""Dates in filters: absolute ones, and relative ones such as `-7d` or `-1mStart`."""

import re
from datetime import UTC, datetime, timedelta
from typing import Final

from dateutil.relativedelta import MO, relativedelta

_RELATIVE: Final = re.compile(r"-?(?P<count>[0-9]{1,4})?(?P<unit>[sMhdwmqy])(?P<edge>Start|End)?")
_UNITS: Final = {
    "s": relativedelta(seconds=1),
    "M": relativedelta(minutes=1),
    "h": relativedelta(hours=1),
    "d": relativedelta(days=1),
    "w": relativedelta(weeks=1),
    "m": relativedelta(months=1),
    "q": relativedelta(months=3),
    "y": relativedelta(years=1),
}
_MIDNIGHT: Final = relativedelta(hour=0, minute=0, second=0, microsecond=0)
_STARTS: Final = {
    "s": relativedelta(microsecond=0),
    "M": relativedelta(second=0, microsecond=0),
    "h": relativedelta(minute=0, second=0, microsecond=0),
    "d": _MIDNIGHT,
    "w": _MIDNIGHT + relativedelta(weekday=MO(-1)),
    "m": _MIDNIGHT + relativedelta(day=1),
    "y": _MIDNIGHT + relativedelta(month=1, day=1),
}
_LENGTH_OF_A_DATE: Final = len("2026-01-31")
_ONE_DAY: Final = timedelta(days=1)
_LAST_MOMENT: Final = timedelta(microseconds=1)


def parse(text: str, now: datetime, *, end: bool = False) -> datetime | None:
    """The moment that `text` means, in UTC; None when it means none.

    A date without a time is its first moment, or its last one when it is the `end` of a range.
    """
    try:
        if match := _RELATIVE.fullmatch(text):
            return _relative(now, int(match["count"] or 0), match["unit"], match["edge"])
        moment = datetime.fromisoformat(text)
        moment = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
        if end and len(text) == _LENGTH_OF_A_DATE:
            moment += _ONE_DAY - _LAST_MOMENT
    except (ValueError, OverflowError):
        return None
    return moment


def _relative(now: datetime, count: int, unit: str, edge: str | None) -> datetime:
    moment = now - _UNITS[unit] * count
    if edge is None:
        return moment
    start = _start(moment, unit)
    return start if edge == "Start" else start + _UNITS[unit] - _LAST_MOMENT


def _start(moment: datetime, unit: str) -> datetime:
    """The first moment of the second, minute … year that `moment` lies in."""
    if unit == "q":
        return _start(moment - relativedelta(months=(moment.month - 1) % 3), "m")
    return moment + _STARTS[unit]
