"""One kind of cached value, by project, and the events that drop it."""

from collections.abc import Awaitable, Callable
from typing import Generic, Protocol, TypeVar

T = TypeVar("T")


class Store(Protocol):
    """Where values are kept. After a `drop`, nothing that was read before it is ever answered."""

    async def get(self, key: str, kind: type[T], load: Callable[[], Awaitable[T]]) -> T:
        """The kept value, or else what `load` reads; only `load` can fail."""
        ...

    async def drop(self, key: str) -> None: ...

    async def clear(self) -> None:
        """Forgets what other processes may have changed without our hearing of it."""
        ...

    async def close(self) -> None: ...


class Announced(Protocol):
    """What we need of an announcement: whose events, and which."""

    @property
    def project_id(self) -> int: ...

    def concerns(self, types: frozenset[str]) -> bool: ...


class Cached(Generic[T]):
    """One value a project, dropped by events of the types in `cleared_by`."""

    def __init__(
        self, store: Store, name: str, kind: type[T], *, cleared_by: frozenset[str]
    ) -> None:
        self._store = store
        self._name = name
        self._kind = kind
        self._cleared_by = cleared_by

    async def get(self, project_id: int, load: Callable[[], Awaitable[T]]) -> T:
        return await self._store.get(self._key(project_id), self._kind, load)

    async def drop(self, project_id: int) -> None:
        await self._store.drop(self._key(project_id))

    async def heard(self, announcement: Announced) -> None:
        """Drops what the announced events may have changed; a listener of `Work` and `Ear`."""
        if announcement.concerns(self._cleared_by):
            await self.drop(announcement.project_id)

    def _key(self, project_id: int) -> str:
        return f"rejoinder:{self._name}:{project_id}"
