"""Removes what nothing refers to any more."""

from datetime import timedelta
from typing import Final

from rejoinder.events.work import Work
from rejoinder.messages.attachments import queries
from rejoinder.messages.attachments.files import Files

KEPT_UNUSED: Final = timedelta(days=1)
_BATCH: Final = 500


async def sweep(work: Work, files: Files) -> int:
    """Removes uploads that were not used for a day, and objects without attachments; how many."""
    while await queries.remove_unused(work.database, KEPT_UNUSED, _BATCH):
        pass
    removed = 0
    while keys := await queries.garbage(work.database, _BATCH):
        await files.delete(keys)
        await queries.forget_garbage(work.database, keys)
        removed += len(keys)
    return removed
