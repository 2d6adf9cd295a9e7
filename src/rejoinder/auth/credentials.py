"""Personal API keys looked up, and remembered until a key, user or membership changes."""

from collections import OrderedDict
from collections.abc import Callable

from rejoinder.auth import queries
from rejoinder.auth.types import Grant
from rejoinder.db.pool import Database
from rejoinder.events.announcement import Announcement
from rejoinder.events.event import INSTALLATION
from rejoinder.ids import digest

_MOST = 10_000


class Credentials:
    """Key → grant. Forgets everything when anything about users or projects has changed.

    Unknown keys are not remembered: they would let a stranger fill the memory.
    """

    def __init__(self, trusted: Callable[[], bool]) -> None:
        """`trusted` says whether we hear of every change made by other processes."""
        self._trusted = trusted
        self._grants: OrderedDict[bytes, Grant] = OrderedDict()
        self._age = 0

    async def grant(self, database: Database, key: str) -> Grant | None:
        """What the key opens; None when it is unknown, revoked, or its user is inactive."""
        hashed = digest(key)
        if self._trusted() and (known := self._grants.get(hashed)) is not None:
            return known
        age = self._age
        grant = await queries.grant_of_key(database, hashed)
        # What was read before a change must not be kept after it.
        if grant is not None and age == self._age:
            self._keep(hashed, grant)
        return grant

    def _keep(self, hashed: bytes, grant: Grant) -> None:
        self._grants[hashed] = grant
        if len(self._grants) > _MOST:
            self._grants.popitem(last=False)

    def forget(self) -> None:
        self._age += 1
        self._grants.clear()

    async def heard(self, announcement: Announcement) -> None:
        """Changes to users, keys, memberships and projects belong to the installation."""
        if announcement.project_id == INSTALLATION:
            self.forget()
