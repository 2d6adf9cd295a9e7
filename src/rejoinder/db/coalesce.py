"""Point reads that wait at the same time become one statement.

    SELECT … WHERE t.id = $1
    SELECT asked.place, found.*
        FROM unnest((SELECT $1::uuid[])) WITH ORDINALITY AS asked (k1, place)
        CROSS JOIN LATERAL (SELECT … WHERE t.id = asked.k1) AS found

The first read goes out by itself; what is asked for meanwhile goes out together when it is back. So
a lone caller waits for nobody, a read never begins before it was asked for, and many callers cost
little more than one.
"""

import asyncio
import re
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import cache
from typing import Any, Final
from uuid import UUID

from rejoinder.db.sql import Statement

Key = tuple[Any, ...]
Row = Iterable[Any]
Read = Callable[[Statement, Sequence[object]], Awaitable[Sequence[Row]]]
"""Runs a statement with its arguments; the rows."""

_MOST: Final = 128
_ARGUMENT: Final = re.compile(r"\$(\d+)")
_FOR_EACH: Final = (
    "SELECT asked.place, found.* FROM /*asked*/ CROSS JOIN LATERAL (/*found*/) AS found"
)
_TYPES: Final = {int: "bigint", str: "text", UUID: "uuid"}


class Coalescer:
    """Reads rows by their keys; one line of waiting callers for each statement."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._lines: defaultdict[Statement, _Line] = defaultdict(lambda: _Line(read))

    async def row(self, statement: Statement, key: Key) -> Row | None:
        """The first row that the statement finds for this key."""
        return await self._lines[statement].row(statement, key)


class _Line:
    """Those who wait for rows of one statement."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._reading = False
        self._waiting: list[tuple[Key, asyncio.Future[Row | None]]] = []
        self._tasks: set[asyncio.Task[None]] = set()

    async def row(self, statement: Statement, key: Key) -> Row | None:
        if not self._reading:
            self._reading = True
            try:
                return await self._alone(statement, key)
            finally:
                self._go_on(statement)
        answer: asyncio.Future[Row | None] = asyncio.get_running_loop().create_future()
        self._waiting.append((key, answer))
        try:
            return await answer
        except _Failed:
            # One key may have spoilt it for all: now each stands for itself.
            return await self._alone(statement, key)

    async def _alone(self, statement: Statement, key: Key) -> Row | None:
        rows = await self._read(statement, key)
        return rows[0] if rows else None

    def _go_on(self, statement: Statement) -> None:
        """Reads for those who have come meanwhile, or leaves the line open."""
        asked, self._waiting = self._waiting[:_MOST], self._waiting[_MOST:]
        asked = [(key, answer) for key, answer in asked if not answer.done()]
        self._reading = bool(asked or self._waiting)
        if self._reading:
            task = asyncio.create_task(self._together(statement, asked))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _together(
        self, statement: Statement, asked: Sequence[tuple[Key, asyncio.Future[Row | None]]]
    ) -> None:
        found: dict[int, Row] = {}
        failed = False
        try:
            if asked:
                found = await self._all(statement, [key for key, _ in asked])
        except Exception:  # noqa: BLE001  each caller meets its own error when it asks alone
            failed = True
        finally:
            for place, (_, answer) in enumerate(asked, 1):
                if answer.done():
                    continue
                if failed:
                    answer.set_exception(_Failed())
                else:
                    answer.set_result(found.get(place))
            self._go_on(statement)

    async def _all(self, statement: Statement, keys: Sequence[Key]) -> dict[int, Row]:
        """The first row for each key, under its place in `keys`, counted from one."""
        kinds: tuple[type, ...] = tuple(map(type, keys[0]))
        columns = [list(column) for column in zip(*keys, strict=True)]
        found: dict[int, Row] = {}
        for place, *row in await self._read(widened(statement, kinds), columns):
            found.setdefault(place, row)
        return found


class _Failed(Exception):
    """The read for many did not succeed."""


@cache
def widened(statement: Statement, kinds: tuple[type, ...]) -> Statement:
    """The statement for a list of keys; each row begins with the place of its key."""
    # Seeing how long a list is, PostgreSQL would plan anew for each: that costs ten times the read.
    arrays = ", ".join(f"(SELECT ${n}::{_TYPES[kind]}[])" for n, kind in enumerate(kinds, 1))
    names = ", ".join(f"k{n}" for n in range(1, len(kinds) + 1))
    inner = _ARGUMENT.sub(lambda mark: f"asked.k{mark[1]}", statement)
    asked = f"unnest({arrays}) WITH ORDINALITY AS asked ({names}, place)"
    return Statement(_FOR_EACH.replace("/*asked*/", asked).replace("/*found*/", inner))
