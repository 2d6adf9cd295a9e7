"""Pure decisions of the external ticket API: the deadline that is asked for, and the tags."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Final, get_args
from zoneinfo import ZoneInfo

from rejoinder.channels.external.types import SlaUnit, TagsMode, Weekday
from rejoinder.errors import Invalid
from rejoinder.tickets.business_hours import LONGEST, BusinessHours, deadline

_UNITS: Final[dict[SlaUnit, timedelta]] = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
}
_WEEKDAYS: Final[tuple[Weekday, ...]] = get_args(Weekday)


def due_at(now: datetime, amount: float, unit: SlaUnit, hours: BusinessHours | None) -> datetime:
    """The deadline after `amount` of calendar time, or of business hours.

    Raises:
        Invalid: it lies more than five years ahead.
    """
    length = _UNITS[unit]
    if amount > LONGEST / length:
        raise _too_far()
    if hours is None:
        return now + amount * length
    # A business day is one window long.
    length = hours.length if unit == "day" else length
    found = deadline(now.astimezone(UTC), amount * length, hours)
    if found is None or found - now > LONGEST:
        raise _too_far()
    return found


def business_hours(
    days: Sequence[Weekday], window: tuple[str, str] | None, timezone: str
) -> BusinessHours:
    """The hours on the wall clock; without a window the whole day.

    Raises:
        Invalid: there is no such time zone, or the window does not end after it begins.
    """
    try:
        zone = ZoneInfo(timezone)
    except (ValueError, OSError, LookupError):
        message = f'"{timezone}" is not a time zone.'
        raise Invalid(message, attr="sla_business_hours__timezone") from None
    weekdays = frozenset(_WEEKDAYS.index(day) for day in days)
    if window is None:
        return BusinessHours(weekdays, time(), None, zone)
    opens, closes = map(time.fromisoformat, window)
    if opens >= closes:
        message = "The window must end after it begins, on the same day."
        raise Invalid(message, attr="sla_business_hours__time")
    return BusinessHours(weekdays, opens, closes, zone)


def tags_after(before: Sequence[str], given: Sequence[str], mode: TagsMode) -> list[str]:
    """The ticket's tags after `given`, which are in normal form, are added, set or removed."""
    match mode:
        case "add":
            return list(dict.fromkeys([*before, *given]))
        case "set":
            return list(given)
        case "remove":
            return [tag for tag in before if tag not in given]


def _too_far() -> Invalid:
    return Invalid("The deadline lies more than five years ahead.", attr="sla_amount")
