"""Give me this key of mine."""

from uuid import UUID

from rejoinder.auth import queries
from rejoinder.auth.types import Key
from rejoinder.errors import NotFound
from rejoinder.events.work import Tx


async def locked_key(tx: Tx, user_id: int, key_id: UUID) -> Key:
    """The key, its row locked.

    Raises:
        NotFound: not there, revoked, or somebody else's.
    """
    found = await queries.locked_key(tx, user_id, key_id)
    if found is None:
        raise NotFound
    return found
