"""What is cleared away by itself."""

from rejoinder.auth import queries
from rejoinder.events.work import Work


async def purge_sessions(work: Work) -> int:
    """Removes sessions and links for new passwords that are over; returns how many."""
    resets = await queries.purge_resets(work.database)
    return resets + await queries.purge_sessions(work.database)
