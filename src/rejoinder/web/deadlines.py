"""Ends what takes too long, with one timer for all: a timer per request costs more than routing."""

import asyncio
from time import monotonic


class Deadline:
    """The time one task has; `passed` says that it was cancelled because of it."""

    __slots__ = ("at", "passed", "task")

    def __init__(self, task: "asyncio.Task[object]", at: float) -> None:
        self.task = task
        self.at = at
        self.passed = False


class Deadlines:
    """Tasks in the order in which their time ends, which is the order they came in."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._waiting: dict[Deadline, None] = {}
        self._timer: asyncio.TimerHandle | None = None

    def begin(self) -> Deadline:
        """Gives the current task its time."""
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("a deadline needs a task")
        deadline = Deadline(task, monotonic() + self._seconds)
        self._waiting[deadline] = None
        if self._timer is None:
            self._watch(self._seconds)
        return deadline

    def end(self, deadline: Deadline) -> None:
        """The task has done its part, or may go on for ever."""
        self._waiting.pop(deadline, None)

    def _watch(self, seconds: float) -> None:
        self._timer = asyncio.get_running_loop().call_later(seconds, self._look)

    def _look(self) -> None:
        self._timer = None
        now = monotonic()
        while self._waiting:
            deadline = next(iter(self._waiting))
            if deadline.at > now:
                self._watch(deadline.at - now)
                return
            del self._waiting[deadline]
            deadline.passed = True
            deadline.task.cancel()
