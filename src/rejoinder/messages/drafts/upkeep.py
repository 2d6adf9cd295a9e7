"""Removes drafts that nobody went on with."""

from datetime import timedelta
from typing import Final

from rejoinder.events.work import Work
from rejoinder.messages.drafts import queries

KEPT: Final = timedelta(days=90)


async def purge_drafts(work: Work) -> int:
    """Removes drafts untouched for 90 days; returns how many."""
    return await queries.purge(work.database, KEPT)
