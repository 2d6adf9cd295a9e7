"""Keys and sessions looked up, and remembered until one of them, a user or a membership changes."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Final

from msgspec.structs import replace

from rejoinder.auth import queries
from rejoinder.auth.events import SignedIn, SignInRefused
from rejoinder.auth.types import Grant, Lifetime
from rejoinder.clock import now
from rejoinder.db.connection import DATABASE_AWAY
from rejoinder.db.pool import Database, Queryable
from rejoinder.events.announcement import Announcement
from rejoinder.events.event import INSTALLATION
from rejoinder.ids import digest

Find = Callable[[Queryable, bytes], Awaitable[Grant | None]]

_MOST: Final = 10_000
_KEY_SEEN_EVERY: Final = timedelta(hours=1)
_SESSION_SEEN_EVERY: Final = timedelta(minutes=5)
# Nothing that opened something opens more or less after these.
_CHANGES_NOTHING: Final = frozenset(
    str(event.__struct_config__.tag) for event in (SignedIn, SignInRefused)
)


class Credentials:
    """Key or session → grant. Forgets everything when anything about users or projects changes.

    Unknown ones are not remembered: they would let a stranger fill the memory.
    """

    def __init__(self, trusted: Callable[[], bool], life: Lifetime) -> None:
        """`trusted` says whether we hear of every change made by other processes."""
        self._trusted = trusted
        self._life = life
        self._grant_of_session = partial(queries.grant_of_session, life=life)
        self._grants: OrderedDict[tuple[Find, bytes], Grant] = OrderedDict()
        self._age = 0
        self._notes = set[asyncio.Task[None]]()

    @property
    def age(self) -> int | None:
        """Another number after every change; None while we would not hear of one."""
        return self._age if self._trusted() else None

    async def grant(self, database: Database, key: str) -> Grant | None:
        """What the key opens; None when it is unknown, revoked, or its user is inactive."""
        return await self._find(database, queries.grant_of_key, key)

    async def session(self, database: Database, token: str) -> Grant | None:
        """What the session opens; None when it is unknown, over, or its user is inactive."""
        return await self._find(database, self._grant_of_session, token)

    async def _find(self, database: Database, find: Find, secret: str) -> Grant | None:
        name = find, digest(secret)
        grant = self._grants.get(name) if self._trusted() else None
        if grant is None or _is_over(grant):
            age = self._age
            grant = await find(database, name[1])
            # What was read before a change must not be kept after it.
            if grant is not None and age == self._age:
                self._keep(name, grant)
        if grant is not None and _is_to_be_noted(grant):
            self._note(database, name, grant)
        return grant

    def _keep(self, name: tuple[Find, bytes], grant: Grant) -> None:
        self._grants[name] = grant
        if len(self._grants) > _MOST:
            self._grants.popitem(last=False)

    def _note(self, database: Database, name: tuple[Find, bytes], grant: Grant) -> None:
        """Writes down that it is in use, beside the request: nobody waits for it."""
        if name in self._grants:
            self._grants[name] = self._used(grant)
        task = asyncio.create_task(self._written(database, grant))
        self._notes.add(task)
        task.add_done_callback(self._notes.discard)

    def _used(self, grant: Grant) -> Grant:
        if grant.ends_at is None:
            return replace(grant, used_at=now())
        end = min(now() + self._life.idle, grant.ends_at)
        return replace(grant, used_at=now(), expires_at=end)

    async def _written(self, database: Database, grant: Grant) -> None:
        with suppress(*DATABASE_AWAY):
            if grant.is_session:
                await queries.touch_session(database, grant.credential_id, self._life)
            else:
                await queries.touch_key(database, grant.credential_id)

    async def close(self) -> None:
        await asyncio.gather(*self._notes, return_exceptions=True)

    def forget(self) -> None:
        self._age += 1
        self._grants.clear()

    async def heard(self, announcement: Announcement) -> None:
        """Changes to users, keys, sessions, memberships and projects belong to the installation."""
        harmless = announcement.types and announcement.types <= _CHANGES_NOTHING
        if announcement.project_id == INSTALLATION and not harmless:
            self.forget()


def _is_over(grant: Grant) -> bool:
    return grant.expires_at is not None and grant.expires_at <= now()


def _is_to_be_noted(grant: Grant) -> bool:
    pause = _SESSION_SEEN_EVERY if grant.is_session else _KEY_SEEN_EVERY
    return grant.used_at is None or grant.used_at < now() - pause
