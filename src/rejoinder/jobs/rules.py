"""Decisions about jobs."""

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, TypeVar

from rejoinder.jobs.types import Every, Job, Kind

C = TypeVar("C")

_ERROR_LENGTH = 500


def pause(kind: Kind[Any], attempts: int, chance: float) -> timedelta:
    """How long to wait after that many attempts.

    `chance` in [0, 1) spreads it from half to one and a half, so that what failed together does
    not come back together.
    """
    doubled = kind.first_pause * 2 ** min(attempts - 1, 30)
    return min(doubled, kind.longest_pause) * (0.5 + chance)


def has_attempts_left(kind: Kind[Any], attempts: int) -> bool:
    return kind.attempts is None or attempts < kind.attempts


def repeating(every: Every[C]) -> Kind[C]:
    """The schedule's jobs are never given up: their next time is another attempt anyhow."""

    async def run(context: C, _job: Job) -> object:
        return await every.run(context)

    return Kind(
        run=run,
        attempts=None,
        longest_pause=every.interval,
        timeout=every.timeout,
        at_once=1,
    )


def free_places(kinds: Mapping[str, Kind[Any]], running: Counter[str]) -> dict[str, int]:
    """How many more jobs of each name may begin in this process."""
    places = {name: kind.at_once - running[name] for name, kind in kinds.items()}
    return {name: free for name, free in places.items() if free > 0}


def reason(error: BaseException) -> str:
    """What the operator reads about a failure, as text that PostgreSQL can hold."""
    text = f"{type(error).__name__}: {error}".replace("\0", "\\0")
    return text.encode(errors="backslashreplace").decode()[:_ERROR_LENGTH]
