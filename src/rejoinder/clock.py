"""Time, as the process sees it. What must be ordered takes its time from the database instead."""

from datetime import UTC, datetime


def now() -> datetime:
    """The current time in UTC, with microseconds."""
    return datetime.now(UTC)
