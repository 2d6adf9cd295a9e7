"""What the tests of waits measured, printed by the long tier."""

import os
from collections.abc import Sequence
from typing import Final, Protocol

import pytest

LONG: Final = os.environ.get("REJOINDER_TEST_LONG") == "1"

LINES: Final[list[str]] = []

only_long = pytest.mark.skipif(not LONG, reason="REJOINDER_TEST_LONG=1 has every fault")


class Measured(Protocol):
    @property
    def kind(self) -> str: ...

    @property
    def status(self) -> int: ...

    @property
    def seconds(self) -> float: ...


def report(fault: str, answers: Sequence[Measured]) -> None:
    """A line of docs/reliability.md: how many were served, how many refused, the longest wait."""
    if LONG:
        longest = max(answers, key=lambda answer: answer.seconds)
        refused = sum(answer.status >= 400 for answer in answers)
        line = f"{len(answers) - refused} | {refused} | {longest.seconds:.2f} s ({longest.kind})"
        LINES.append(f"| {fault} | {line} |")
