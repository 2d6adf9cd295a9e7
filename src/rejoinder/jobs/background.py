"""The jobs of a process, beside whatever else it does."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from typing import Generic, Protocol, TypeVar

from rejoinder.db.pool import Database
from rejoinder.jobs.runner import Runner
from rejoinder.jobs.types import Every, Kind

C = TypeVar("C")


class Announced(Protocol):
    """What we need of an announcement: which events."""

    def concerns(self, types: frozenset[str]) -> bool: ...


class Background(Generic[C]):
    """Up to `slots` jobs at once; events of the types in `woken_by` are known to queue some."""

    def __init__(
        self,
        kinds: Mapping[str, Kind[C]],
        schedule: Mapping[str, Every[C]],
        *,
        woken_by: frozenset[str],
        slots: int = 4,
    ) -> None:
        self._kinds = kinds
        self._schedule = schedule
        self._woken_by = woken_by
        self._slots = slots
        self._wake = asyncio.Event()

    async def heard(self, announcement: Announced) -> None:
        """Looks at once for what was queued; a listener of `Work` and `Ear`."""
        if announcement.concerns(self._woken_by):
            self._wake.set()

    @asynccontextmanager
    async def running(self, database: Database, context: C) -> AsyncGenerator[None]:
        """Runs jobs until the block ends, then lets those that have begun end."""
        runner = Runner(
            database, context, self._kinds, self._schedule, slots=self._slots, wake=self._wake
        )
        task = asyncio.create_task(runner.run())
        try:
            yield
        finally:
            runner.stop()
            await task
