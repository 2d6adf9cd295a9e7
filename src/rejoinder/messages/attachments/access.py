"""Give me this attachment, if it may still be read."""

from uuid import UUID

from rejoinder.db.pool import Queryable
from rejoinder.errors import NotFound
from rejoinder.messages.attachments import queries
from rejoinder.messages.attachments.types import Kept


async def readable(db: Queryable, project_id: int, attachment_id: UUID) -> Kept:
    """The attachment that a link opens.

    Raises:
        NotFound: it is gone, or its message or ticket is deleted.
    """
    found = await queries.readable(db, project_id, attachment_id)
    if found is None:
        raise NotFound
    return found
