"""Rounds of load, ours and what it is compared with in turn: a noisy minute hits all of them."""

import os
import time
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from statistics import median

from msgspec import Struct

from bench import load
from bench.cases import Case
from bench.goals import Goal, Verdict, verdict
from bench.load import Job, Outcome
from bench.pgbench import Pgbench
from bench.processes import Server, cpu_us, tree
from bench.statements import Prepared

_CALM_US = 10_000
_LOOK_S = 0.1
_PATIENCE_S = 2.0
_WARM_S = 0.15
_BEFORE_S = 20.0


class Sample(Struct, frozen=True):
    """One round: what the client saw, and the CPU that Python and PostgreSQL had for each."""

    outcome: Outcome
    python_us: float
    postgres_us: float


class Figure(Struct, frozen=True):
    """One target over all rounds: the median rate and times, the least CPU per request."""

    rate: float
    p50: float
    p95: float
    p99: float
    python_us: float
    postgres_us: float
    bytes: int
    failed: int

    @property
    def cpu_ms(self) -> float:
        return (self.python_us + self.postgres_us) / 1000

    @classmethod
    def of(cls, samples: Sequence[Sample]) -> "Figure":
        outcomes = [sample.outcome for sample in samples]
        return cls(
            rate=median(outcome.rate for outcome in outcomes),
            p50=median(outcome.p50 for outcome in outcomes),
            p95=median(outcome.p95 for outcome in outcomes),
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

    def cpu(self) -> tuple[float, float]:
        """Microseconds that Python and PostgreSQL have had so far."""
        return cpu_us(tree(self.server.pid)), cpu_us(tree(self.postmaster))


class Row(Struct, frozen=True):
    """One case: our figure, and those beside it."""

    name: str
    ours: Figure
    floor: Figure | None
    drf: Figure | None
    pgbench: float | None
    goals: tuple[Goal, ...]

    @property
    def share(self) -> float | None:
        """Our rate as a share of the floor's."""
        return self.ours.rate / self.floor.rate if self.floor and self.floor.rate else None

    @property
    def times(self) -> float | None:
        """Our rate as a multiple of the reference's."""
        return self.ours.rate / self.drf.rate if self.drf and self.drf.rate else None

    def verdicts(self) -> list[Verdict]:
        measured = {
            "of the floor": self.share,
            "of the reference": self.times,
            "p95 ms": self.ours.p95,
            "p99 ms": self.ours.p99,
            "CPU ms": self.ours.cpu_ms,
        }
        return [
            verdict(self.name, goal, found)
            for goal in self.goals
            if (found := measured.get(goal.quantity)) is not None
        ]


class Failure(Struct, frozen=True):
    """Something that could not be measured, and why."""

    what: str
    reason: str


@contextmanager
def reported(failures: list[Failure], what: str) -> Generator[None]:
    """Whatever fails here is reported, and the rest goes on."""
    try:
        yield
    except Exception as error:  # noqa: BLE001  whatever it is, the others have their turn
        failures.append(Failure(what, f"{type(error).__name__}: {error}"))


class Field(Struct, frozen=True):
    """Everybody who is measured; a case names whom it needs."""

    targets: Mapping[str, Target]
    pgbench: Pgbench | None
    dsn: str
    statements: Mapping[str, list[list[Prepared]]]
    rounds: int
    seconds: float


def measure(
    cases: Iterable[Case], field: Field, say: Callable[[str], None]
) -> tuple[list[Row], list[Failure]]:
    """Each case against everybody it names; one that fails does not end the others."""
    rows: list[Row] = []
    failures: list[Failure] = []
    for case in cases:
        say(case.name)
        with reported(failures, case.name):
            rows.append(_row(case, field))
    return rows, failures


def _row(case: Case, field: Field) -> Row:
    takes: dict[str, list[Sample]] = {}
    rates: list[float] = []
    sides = {case.server: case.ours, case.floor_server: case.floor, "drf": case.drf}
    for _ in range(field.rounds):
        for name, requests in sides.items():
            if requests and (target := field.targets.get(name)):
                own = name == case.server
                sample = sampled(case if own else _plain(case), requests, target, field.seconds)
                takes.setdefault(name, []).append(sample)
        if field.pgbench and (variants := field.statements.get(case.statements)):
            rate = field.pgbench.rate(field.dsn, variants, case.connections, field.seconds)
            rates.append(rate)
    figures = {name: Figure.of(samples) for name, samples in takes.items()}
    return Row(
        case.name,
        figures[case.server],
        figures.get(case.floor_server),
        figures.get("drf"),
        median(rates) if rates else None,
        case.goals,
    )


def _plain(case: Case) -> Case:
    """The case for others: they are asked the same thing again and again."""
    return Case(name=case.name, panel=case.panel, ours=[], connections=case.connections)


def sampled(case: Case, requests: list[bytes], target: Target, seconds: float) -> Sample:
    """One round."""
    port = target.server.port
    if case.before:
        load.run(Job(port, case.before, 16, _BEFORE_S, once=True), target.cpu)
    if case.before or case.panel == "writes":
        calm(target)
    job = Job(
        port,
        requests,
        case.connections,
        seconds,
        rate=case.rate,
        once=case.once,
        warm=0.0 if case.once else _WARM_S,
        revalidates=case.revalidates,
    )
    outcome, before, after = load.run(job, target.cpu)
    if not outcome.answered:
        raise RuntimeError(f"nothing was answered, {outcome.failed} failed")
    if case.revalidates and outcome.unchanged < outcome.answered / 2:
        raise RuntimeError(f"only {outcome.unchanged} of {outcome.answered} answers were 304")
    python_us, postgres_us = (now - then for now, then in zip(after, before, strict=True))
    return Sample(outcome, python_us / outcome.answered, postgres_us / outcome.answered)


def calm(target: Target) -> None:
    """Waits until what the round before has left behind is done with."""
    deadline = time.monotonic() + _PATIENCE_S
    spent = sum(target.cpu())
    while time.monotonic() < deadline:
        time.sleep(_LOOK_S)
        before, spent = spent, sum(target.cpu())
        if spent - before <= _CALM_US:
            return


def cores() -> int:
    return len(os.sched_getaffinity(0))
