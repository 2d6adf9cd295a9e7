"""Rounds of load, ours and the floor in turn, so that a noisy minute hits both."""

import os
from collections.abc import Callable, Sequence
from statistics import median

from msgspec import Struct

from bench import load
from bench.cases import Case
from bench.load import Job, Outcome
from bench.processes import Server, cpu_us, tree


class Sample(Struct, frozen=True):
    """One round: what the client saw, and the CPU that Python and PostgreSQL had."""

    outcome: Outcome
    python_us: float
    postgres_us: float


class Figure(Struct, frozen=True):
    """One target over all rounds: the median rate and times, the least CPU per request."""

    rate: float
    p50: float
    p99: float
    python_us: float
    postgres_us: float
    bytes: int
    failed: int

    @classmethod
    def of(cls, samples: Sequence[Sample]) -> "Figure":
        outcomes = [sample.outcome for sample in samples]
        return cls(
            rate=median(outcome.rate for outcome in outcomes),
            p50=median(outcome.p50 for outcome in outcomes),
            p99=median(outcome.p99 for outcome in outcomes),
            python_us=min(sample.python_us for sample in samples),
            postgres_us=min(sample.postgres_us for sample in samples),
            bytes=outcomes[0].bytes,
            failed=sum(outcome.failed for outcome in outcomes),
        )


class Target(Struct, frozen=True):
    """A server under load, and the process whose children are its database's."""

    server: Server
    postmaster: int


class Row(Struct, frozen=True):
    """One case: our figure, the floor's, and ours with 1,000 tickets."""

    name: str
    ours: Figure
    floor: Figure | None
    small: Figure | None
    at_least: float | None
    """The promised share of the floor's rate."""

    @property
    def share(self) -> float | None:
        """Our rate as a share of the floor's."""
        return self.ours.rate / self.floor.rate if self.floor and self.floor.rate else None

    @property
    def growth(self) -> float | None:
        """How much dearer a request is here than with 1,000 tickets."""
        return self.small.rate / self.ours.rate if self.small and self.ours.rate else None


def measure(
    pairs: Sequence[tuple[Case, Case]],
    *,
    ours: Target,
    floor: Target,
    small: Target,
    rounds: int,
    seconds: float,
    say: Callable[[str], None],
) -> list[Row]:
    """Each case against all three targets; a pair is a case here and with 1,000 tickets."""
    rows: list[Row] = []
    for case, little in pairs:
        say(case.name)
        takes: dict[str, list[Sample]] = {"ours": [], "floor": [], "small": []}
        for _ in range(rounds):
            takes["ours"].append(_sample(case, case.ours, ours, seconds))
            if case.floor:
                takes["floor"].append(_sample(case, case.floor, floor, seconds))
            takes["small"].append(_sample(little, little.ours, small, seconds))
        figures = {name: Figure.of(samples) for name, samples in takes.items() if samples}
        rows.append(
            Row(
                case.name,
                figures["ours"],
                figures.get("floor"),
                figures.get("small"),
                case.at_least,
            )
        )
    return rows


def _sample(case: Case, requests: list[bytes], target: Target, seconds: float) -> Sample:
    before = cpu_us(tree(target.server.pid)), cpu_us(tree(target.postmaster))
    outcome = load.run(Job(target.server.port, requests, case.connections, seconds, case.rate))
    answered = max(1, outcome.answered)
    return Sample(
        outcome,
        (cpu_us(tree(target.server.pid)) - before[0]) / answered,
        (cpu_us(tree(target.postmaster)) - before[1]) / answered,
    )


def cores() -> int:
    return len(os.sched_getaffinity(0))
