"""Give me this view, if this caller may see it."""

from uuid import UUID

from rejoinder.auth.types import Caller
from rejoinder.db.pool import Queryable
from rejoinder.errors import NotFound
from rejoinder.events.work import Tx
from rejoinder.views import queries
from rejoinder.views.types import View


async def view(db: Queryable, caller: Caller, ref: str) -> View:
    """The view, by its short id or its id.

    Raises:
        NotFound: not there, another project's, or private to somebody else.
    """
    found = await queries.view(db, caller.project_id, caller.user_id, ref, _id(ref))
    if found is None:
        raise NotFound
    return found


async def locked_view(tx: Tx, caller: Caller, ref: str) -> View:
    """As `view`, its row locked."""
    found = await queries.locked_view(tx, tx.project_id, caller.user_id, ref, _id(ref))
    if found is None:
        raise NotFound
    return found


def _id(ref: str) -> UUID | None:
    try:
        return UUID(ref)
    except ValueError:
        return None
