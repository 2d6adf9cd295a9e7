"""What was read from the database, kept until something it was made of is announced.

While the LISTEN connection is lost nothing is kept, and what was kept is forgotten as a whole.
"""

from collections.abc import Awaitable, Callable, Iterable
from typing import Final, Generic, TypeVar
from uuid import UUID

from rejoinder.events.announcement import Announcement
from rejoinder.events.event import INSTALLATION

T = TypeVar("T")

Part = UUID | str
"""A ticket's id, or the key of a reader: what something remembered was made of."""

_MOST: Final = 50_000


class Memory(Generic[T]):
    """Values of one kind, by project and key."""

    def __init__(self, trusted: Callable[[], bool], *, most: int = _MOST) -> None:
        """`trusted` says whether we hear of every commit; `most` bounds each project."""
        self._trusted = trusted
        self._most = most
        self._shelves: dict[int, _Shelf[T]] = {}

    def find(self, project_id: int, key: Part) -> T | None:
        shelf = self._shelves.get(project_id)
        if shelf is None or not self._trusted():
            return None
        kept = shelf.values.get(key)
        return None if kept is None else kept[0]

    async def get(
        self, project_id: int, key: Part, read: Callable[[], Awaitable[tuple[T, Iterable[Part]]]]
    ) -> T:
        """The remembered value, or what `read` gives together with the parts it was made of."""
        found = self.find(project_id, key)
        return await self.read(project_id, key, read) if found is None else found

    async def read(
        self, project_id: int, key: Part, read: Callable[[], Awaitable[tuple[T, Iterable[Part]]]]
    ) -> T:
        """The value as `read` gives it now, remembered from now on."""
        shelf = self._shelves.setdefault(project_id, _Shelf())
        age = shelf.age
        value, parts = await read()
        # What was read before a change must not be kept after it.
        if shelf.age == age and self._shelves.get(project_id) is shelf and self._trusted():
            shelf.put(key, value, frozenset(parts), self._most)
        return value

    async def heard(self, announcement: Announcement) -> None:
        if announcement.project_id == INSTALLATION:
            self.forget()
        elif shelf := self._shelves.get(announcement.project_id):
            if not announcement.types:
                del self._shelves[announcement.project_id]
            elif parts := {*announcement.tickets, *announcement.readers}:
                shelf.drop(parts)

    def forget(self) -> None:
        self._shelves.clear()


class _Shelf(Generic[T]):
    """The values of one project; `age` counts what was heard of it."""

    __slots__ = ("age", "holders", "values")

    def __init__(self) -> None:
        self.age = 0
        self.values: dict[Part, tuple[T, frozenset[Part]]] = {}
        self.holders: dict[Part, set[Part]] = {}

    def put(self, key: Part, value: T, parts: frozenset[Part], most: int) -> None:
        self._remove(key)
        if len(self.values) >= most:
            self._remove(next(iter(self.values)))
        self.values[key] = (value, parts)
        for part in parts:
            self.holders.setdefault(part, set()).add(key)

    def drop(self, parts: Iterable[Part]) -> None:
        self.age += 1
        for part in parts:
            for key in tuple(self.holders.get(part, ())):
                self._remove(key)

    def _remove(self, key: Part) -> None:
        kept = self.values.pop(key, None)
        if kept is None:
            return
        for part in kept[1]:
            holders = self.holders[part]
            holders.discard(key)
            if not holders:
                del self.holders[part]
