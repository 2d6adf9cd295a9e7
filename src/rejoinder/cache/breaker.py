"""Keeps calls away from something that does not answer."""

from collections.abc import Callable
from time import monotonic


class Breaker:
    """Trips at a failure; after each pause one call may probe, until one succeeds."""

    def __init__(self, clock: Callable[[], float] = monotonic, *, pause: float = 2.0) -> None:
        self._clock = clock
        self._pause = pause
        self._probe_at: float | None = None

    @property
    def tripped(self) -> bool:
        return self._probe_at is not None

    def admits(self) -> bool:
        """Whether a call may be made now; while tripped, the caller told so is the probe."""
        if self._probe_at is None:
            return True
        if self._clock() < self._probe_at:
            return False
        self.trip()
        return True

    def trip(self) -> None:
        self._probe_at = self._clock() + self._pause

    def reset(self) -> None:
        self._probe_at = None
