"""Tickets as they were sent, kept under the versions of the rows that they were made of.

A page is read as versions first: a few numbers a row. Only what is not kept in the very same
version is read as a whole. So nothing has to be forgotten when something changes.
"""

from collections import OrderedDict
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from msgspec import Raw

from rejoinder.db.pool import Queryable
from rejoinder.tickets import queries
from rejoinder.tickets.types import Version
from rejoinder.tickets.wire import AccessLevel, encoded, ticket_out

_Key = tuple[int, UUID, AccessLevel]

# What an entry costs beside its text.
_AROUND: Final = 500


class RenderedTickets:
    """The tickets that were asked for last, by project, id and what the caller may do to them."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._size = 0
        self._kept: OrderedDict[_Key, tuple[Version, Raw]] = OrderedDict()

    @property
    def has_room(self) -> bool:
        return self._most_bytes > 0

    async def of(
        self, db: Queryable, project_id: int, versions: Sequence[Version], level: AccessLevel
    ) -> list[Raw]:
        """These tickets, in their order; what has changed since is shown as it is now."""
        found = [self._find((project_id, version.id, level), version) for version in versions]
        missing = [
            version.id for version, text in zip(versions, found, strict=True) if text is None
        ]
        if missing:
            read = await self._read(db, project_id, missing, level)
            found = [text or read.get(each.id) for text, each in zip(found, versions, strict=True)]
        # One that was purged this very moment is left out.
        return [text for text in found if text is not None]

    def clear(self) -> None:
        """For when it may be another database that answers: its versions are others."""
        self._kept.clear()
        self._size = 0

    async def _read(
        self, db: Queryable, project_id: int, ids: Sequence[UUID], level: AccessLevel
    ) -> dict[UUID, Raw]:
        read: dict[UUID, Raw] = {}
        for row in await queries.rows_of(db, project_id, ids):
            read[row.id] = text = encoded(ticket_out(row, level))
            self._keep((project_id, row.id, level), row.version_of_all, text)
        return read

    def _find(self, key: _Key, version: Version) -> Raw | None:
        kept = self._kept.get(key)
        if kept is None or kept[0] != version:
            return None
        self._kept.move_to_end(key)
        return kept[1]

    def _keep(self, key: _Key, version: Version, text: Raw) -> None:
        if (before := self._kept.pop(key, None)) is not None:
            self._size -= len(before[1]) + _AROUND
        self._kept[key] = (version, text)
        self._size += len(text) + _AROUND
        while self._size > self._most_bytes:
            _, (_, oldest) = self._kept.popitem(last=False)
            self._size -= len(oldest) + _AROUND
