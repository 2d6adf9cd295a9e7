"""What is done to webhooks on a schedule."""

from datetime import timedelta
from typing import Final

from rejoinder.events.work import Work
from rejoinder.webhooks import queries

_KEPT: Final = timedelta(days=30)
_BATCH: Final = 2_000


async def purge_deliveries(work: Work) -> None:
    """Forgets what was delivered a month ago; what is still to be delivered stays."""
    while await queries.purge_deliveries(work.database, _KEPT, _BATCH) == _BATCH:
        pass
