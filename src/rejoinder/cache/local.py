"""Values kept in this process."""

from collections.abc import Awaitable, Callable
from math import inf
from time import monotonic
from typing import Final, TypeVar, cast

T = TypeVar("T")

_LIFETIME: Final = 30.0


class _Entry:
    """A key between two drops. Whoever began to read in that time may fill it."""

    __slots__ = ("dies_at", "value")

    def __init__(self) -> None:
        self.dies_at = -inf
        self.value: object = None


class LocalStore:
    """A dictionary, used only while `trusted` says that we hear of every change made elsewhere."""

    def __init__(
        self,
        trusted: Callable[[], bool],
        *,
        most: int = 10_000,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._trusted = trusted
        self._clock = clock
        self._most = most
        self._entries: dict[str, _Entry] = {}

    async def get(
        self,
        key: str,
        kind: type[T],  # noqa: ARG002  only what leaves the process has to be decoded
        load: Callable[[], Awaitable[T]],
    ) -> T:
        if not self._trusted():
            return await load()
        entry = self._entries.get(key) or self._add(key)
        if self._clock() < entry.dies_at:
            return cast("T", entry.value)
        value = await load()
        # If the key was dropped meanwhile, this entry is one that nobody finds any more.
        entry.value, entry.dies_at = value, self._clock() + _LIFETIME
        return value

    async def drop(self, key: str) -> None:
        self._entries.pop(key, None)

    async def clear(self) -> None:
        self._entries.clear()

    async def close(self) -> None:
        self._entries.clear()

    def _add(self, key: str) -> _Entry:
        if len(self._entries) >= self._most:
            del self._entries[next(iter(self._entries))]
        entry = self._entries[key] = _Entry()
        return entry
