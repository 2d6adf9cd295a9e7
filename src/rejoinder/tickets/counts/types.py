"""Counts of lists."""

from msgspec import Struct


class Count(Struct, frozen=True):
    """How many there are; a lower bound unless `exact`."""

    count: int
    exact: bool


class CountOfPart(Struct, frozen=True):
    """A count, behind the number of the list that was counted."""

    part: int
    count: int
    exact: bool
