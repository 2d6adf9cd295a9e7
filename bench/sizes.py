"""What a request takes in databases of different sizes, all other things being equal.

One connection asks, so that nothing but the request itself is timed, and the sizes take turns. The
least of the rounds' medians stands: whatever disturbs a round can only make it longer. Filtered
lists ask for a few tickets, which the smallest database has, too.
"""

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from bench.cases import Case, Panel
from bench.goals import GROWTH, Goal, Verdict, verdict
from bench.measure import Failure, Target, reported, sampled

# As many as there are in the smallest database.
_ASKED = 200


class Curve(Struct, frozen=True):
    """One request: its median milliseconds, by the number of tickets in the database."""

    name: str
    panel: Panel
    promised: bool
    ms: dict[int, float]

    @property
    def growth(self) -> float:
        """How much longer it takes with the most tickets than with the fewest."""
        return self.ms[max(self.ms)] / self.ms[min(self.ms)]

    def verdicts(self) -> list[Verdict]:
        return [verdict(self.name, Goal("growth", GROWTH), self.growth)] if self.promised else []


def sizes(
    cases: Mapping[int, Sequence[Case]],
    targets: Mapping[int, Target],
    rounds: int,
    seconds: float,
    say: Callable[[str], None],
) -> tuple[list[Curve], list[Failure]]:
    """The same cases of each size, against the server of each size."""
    curves: list[Curve] = []
    failures: list[Failure] = []
    for alike in zip(*cases.values(), strict=True):
        first = alike[0]
        if first.server != "ours" or first.rate is not None:
            continue
        say(f"{first.name}, alone")
        asked = dict(zip(cases, map(_alone, alike), strict=True))
        with reported(failures, f"{first.name}, by size"):
            ms = _least(asked, targets, rounds, seconds)
            curves.append(Curve(first.name, first.panel, not first.reaches_further, ms))
    return curves, failures


def _alone(case: Case) -> Case:
    ours = case.alone or case.ours
    return replace(case, ours=ours[:_ASKED], before=case.before[:_ASKED], connections=1)


def _least(
    asked: Mapping[int, Case], targets: Mapping[int, Target], rounds: int, seconds: float
) -> dict[int, float]:
    found: dict[int, list[float]] = {size: [] for size in asked}
    for _ in range(rounds):
        for size, case in asked.items():
            sample = sampled(case, case.ours, targets[size], seconds)
            if sample.outcome.failed:
                raise RuntimeError(f"{sample.outcome.failed} failed with {size:,} tickets")
            found[size].append(sample.outcome.p50)
    return {size: min(each) for size, each in found.items()}
