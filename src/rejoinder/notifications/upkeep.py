"""What is done to notifications on a schedule."""

from datetime import timedelta
from typing import Final

from rejoinder.events.work import Work
from rejoinder.notifications import queries

_KEPT: Final = timedelta(days=90)
# Whom a mail did not reach in this time has other sorrows.
_NOTICES_KEPT: Final = timedelta(days=1)
_BATCH: Final = 2_000


async def purge(work: Work) -> None:
    """Forgets what is old, read or not."""
    while await queries.purge(work.database, _KEPT, _BATCH) == _BATCH:
        pass
    while await queries.purge_notices(work.database, _NOTICES_KEPT, _BATCH) == _BATCH:
        pass
