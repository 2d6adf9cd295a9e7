"""Chance that can be repeated: the same seed throws the same numbers."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Quick and repeatable, so fit for inventing and for nothing that must not be guessed."""

    def __init__(self, seed: str) -> None:
        rng = Random(seed)  # noqa: S311  see above
        self.random = rng.random
        self.bits = rng.getrandbits
        self.weighted = rng.choices
        self.lognormal = rng.lognormvariate

    def chance(self, probability: float) -> bool:
        return self.random() < probability

    def below(self, limit: float) -> int:
        return int(self.random() * limit)

    def pick(self, choices: Sequence[T]) -> T:
        return choices[int(self.random() * len(choices))]
