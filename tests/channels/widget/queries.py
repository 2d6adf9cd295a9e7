"""Which statements the application sent to its database."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import asyncpg
import pytest


class Ledger:
    """Writes down each statement of the driver's three ways to run one."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._spent: list[str] | None = None
        for verb in ("fetch", "fetchrow", "fetchval", "execute"):
            self._watch(patch, verb)

    @contextmanager
    def counting(self) -> Generator[list[str]]:
        """The list fills as long as the block lasts."""
        self._spent = []
        try:
            yield self._spent
        finally:
            self._spent = None

    def _watch(self, patch: pytest.MonkeyPatch, verb: str) -> None:
        original = getattr(asyncpg.Connection, verb)

        async def noted(connection: Any, statement: str, *args: Any, **options: Any) -> Any:
            if self._spent is not None:
                self._spent.append(statement)
            return await original(connection, statement, *args, **options)

        patch.setattr(asyncpg.Connection, verb, noted)
