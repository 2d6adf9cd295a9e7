"""Writes that wait at the same time become one transaction: one flush to the disk for all of them.

The first goes out by itself; whatever is asked for meanwhile goes out together when it has landed.
Nobody is told before the commit, and nobody waits when there is nobody to wait for. If the
transaction of many is refused, each is tried by itself, so that only the bad one fails; what comes
meanwhile does not wait for that. One alone is tried again when it was stopped as soon as it began.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from time import monotonic
from typing import Any, Final, Generic, TypeVar

import asyncpg

from rejoinder.errors import Unavailable

Item = TypeVar("Item")
Result = TypeVar("Result")

MOST: Final = 64
_PATIENCE_S: Final = 0.25

# Nobody knows whether a commit whose answer was lost took place: to try again could do it twice.
_UNKNOWN: Final = (
    OSError,
    Unavailable,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
)
# Took too long, and is undone: that of many because of one of them, perhaps. One that was stopped
# at once took no time: PostgreSQL counts it by the wall clock, which may have been put forward.
_UNDONE: Final = asyncpg.QueryCanceledError


class Batcher(Generic[Item, Result]):
    """Does to many what `write` does: their results in the order of the items, or an exception."""

    def __init__(self, write: Callable[[Sequence[Item]], Awaitable[Sequence[Result]]]) -> None:
        """`write` is one transaction; when it raises, none of it has happened."""
        self._write = write
        self._waiting: list[tuple[Item, asyncio.Future[Result]]] = []
        self._task: asyncio.Task[None] | None = None
        self._alone: set[asyncio.Task[None]] = set()

    async def do(self, item: Item) -> Result:
        """The item's result, once it is committed.

        A caller that gives up while it waits asks for nothing; later, the write goes on without it.
        """
        answer: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, answer))
        if self._task is None:
            self._task = asyncio.create_task(self._run())
        return await answer

    async def _run(self) -> None:
        try:
            while self._waiting:
                asked, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
                if wanted := [each for each in asked if not each[1].done()]:
                    await self._together(wanted)
        finally:
            self._task = None

    async def _together(self, asked: "_Asked[Item, Result]", *, again: bool = True) -> None:
        began = monotonic()
        try:
            results = await self._write([item for item, _ in asked])
        except asyncio.CancelledError:
            for _, answer in asked:
                answer.cancel()
            raise
        except Exception as error:  # noqa: BLE001  handed to those who asked
            at_once = monotonic() - began < _PATIENCE_S
            if again and _may_go_better(error, alone=len(asked) == 1, at_once=at_once):
                self._start(self._one_by_one(asked))
            else:
                _refuse(asked, error)
        else:
            _answer(asked, results)

    async def _one_by_one(self, asked: "_Asked[Item, Result]") -> None:
        """In their order, but nobody waits long for one that has to wait itself."""
        for each in asked:
            await asyncio.wait(
                {self._start(self._together([each], again=False))}, timeout=_PATIENCE_S
            )

    def _start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._alone.add(task)
        task.add_done_callback(self._alone.discard)
        return task


_Asked = Sequence[tuple[Item, asyncio.Future[Result]]]


def _may_go_better(error: Exception, *, alone: bool, at_once: bool) -> bool:
    """Whether each by itself may do what has not been done, without waiting much longer."""
    if isinstance(error, _UNDONE):
        return at_once or not alone
    return not alone and not isinstance(error, _UNKNOWN)


def _answer(asked: _Asked[Item, Result], results: Sequence[Result]) -> None:
    for (_, answer), result in zip(asked, results, strict=True):
        if not answer.done():
            answer.set_result(result)


def _refuse(asked: _Asked[Item, Result], error: Exception) -> None:
    for _, answer in asked:
        if not answer.done():
            answer.set_exception(error)
