"""What is promised of a request, and whether a measurement keeps it."""

from typing import Literal

from msgspec import Struct

Quantity = Literal["of the floor", "of the reference", "p95 ms", "p99 ms", "CPU ms", "growth"]

GROWTH = 1.3
"""A request may be this much dearer with the most tickets than with a thousand."""


class Goal(Struct, frozen=True):
    """At least, or at most, so much of a quantity."""

    quantity: Quantity
    bound: float

    @property
    def is_floor(self) -> bool:
        """Whether more is better."""
        return self.quantity in {"of the floor", "of the reference"}

    def is_met(self, measured: float) -> bool:
        return measured >= self.bound if self.is_floor else measured <= self.bound

    def __str__(self) -> str:
        return f"{'≥' if self.is_floor else '≤'} {self.bound:g}"


class Verdict(Struct, frozen=True):
    """A goal beside what was measured of it."""

    request: str
    quantity: str
    goal: str
    measured: float
    is_met: bool


def at_most(request: str, quantity: str, bound: float, measured: float) -> Verdict:
    return Verdict(request, quantity, f"≤ {bound:g}", measured, measured <= bound)


def verdict(request: str, goal: Goal, measured: float) -> Verdict:
    return Verdict(request, goal.quantity, str(goal), measured, goal.is_met(measured))
