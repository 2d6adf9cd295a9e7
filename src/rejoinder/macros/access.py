"""Give me this macro, if this caller may see it."""

from uuid import UUID

from rejoinder.auth.types import Caller
from rejoinder.db.pool import Queryable
from rejoinder.errors import NotFound
from rejoinder.events.work import Tx
from rejoinder.macros import queries
from rejoinder.macros.types import Macro


async def macro(db: Queryable, caller: Caller, ref: str) -> Macro:
    """The macro, by its short id or its id.

    Raises:
        NotFound: not there, another project's, or somebody else's own.
    """
    found = await queries.macro(db, caller.project_id, caller.user_id, ref, _id(ref))
    if found is None:
        raise NotFound
    return found


async def locked_macro(tx: Tx, caller: Caller, ref: str) -> Macro:
    """As `macro`, its row locked."""
    found = await queries.locked_macro(tx, tx.project_id, caller.user_id, ref, _id(ref))
    if found is None:
        raise NotFound
    return found


def _id(ref: str) -> UUID | None:
    try:
        return UUID(ref)
    except ValueError:
        return None
