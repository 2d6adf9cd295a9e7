"""Time, as the process sees it. What must be ordered takes its time from the database instead."""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime


def now() -> datetime:
    """The current time in UTC, with microseconds."""
    return datetime.now(UTC)


async def within(seconds: float, event: asyncio.Event) -> bool:
    """Whether the event is set before the time is over."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
    # Both may come in the same moment.
    return event.is_set()
