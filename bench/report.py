"""What a run has found: as JSON, as tables, and as a drawing."""

from pathlib import Path

import msgspec
from msgspec import Struct
from rich.console import Console

from bench import fanout, inbox
from bench.chart import chart
from bench.goals import GROWTH, Verdict
from bench.levers import Gain
from bench.measure import Failure, Figure, Row
from bench.plans import Explained
from bench.seed import Plan
from bench.sizes import Curve
from bench.startup import IDLE_MB, START_S, Startup
from bench.tables import Shown, mark, number
from bench.widgets import Widgets

_DEEP_MS = 60.0


class Report(Struct):
    """Filled part by part; what was not measured is empty."""

    plan: Plan
    cores: int
    settings: dict[str, str]
    load_before: float
    """How many processes of others wanted a core when the run began."""
    pgbench: str = ""
    rows: list[Row] = []
    python_mb: float = 0.0
    """What our server holds after all requests, and PostgreSQL for all servers together."""
    postgres_mb: float = 0.0
    curves: list[Curve] = []
    gains: list[Gain] = []
    widgets: Widgets | None = None
    plans: list[Explained] = []
    startup: Startup | None = None
    fanout: "fanout.Fanout | None" = None
    inbox: "inbox.Inbox | None" = None
    failures: list[Failure] = []
    seconds: dict[str, float] = {}
    """How long each part took."""
    verdicts: list[Verdict] = []

    def judge(self) -> None:
        others = self.widgets, self.startup, self.fanout, self.inbox
        judged = [*self.rows, *self.curves, *(each for each in others if each is not None)]
        self.verdicts = [verdict for each in judged for verdict in each.verdicts()]


def save(report: Report, path: Path) -> None:
    report.judge()
    path.write_bytes(msgspec.json.format(msgspec.json.encode(report), indent=2))


def draw(report: Report, path: Path) -> None:
    if report.curves:
        path.write_text(chart(report.curves, "Median time of one request, by tickets stored"))


def show(report: Report, console: Console) -> None:
    """All that was measured."""
    for table in tables(report):
        console.print(table)
    for failure in report.failures:
        console.print(f"Not measured: {failure.what}: {failure.reason}", markup=False)
    parts = ", ".join(f"{name} {seconds:.0f} s" for name, seconds in report.seconds.items())
    console.print(f"{sum(report.seconds.values()):.0f} s in all: {parts}", markup=False)


def tables(report: Report) -> list[Shown]:
    found = [
        _requests(report) if report.rows else None,
        _by_size(report) if report.curves else None,
        _levers(report) if report.gains else None,
        report.widgets and _widgets(report.widgets),
        _statements(report) if report.plans else None,
        report.startup and _lifecycle(report.startup),
        report.fanout and fanout.table(report.fanout),
        report.inbox and inbox.table(report.inbox),
        _goals(report) if report.verdicts else None,
    ]
    return [table for table in found if table]


def _requests(report: Report) -> Shown:
    title = (
        f"{report.plan.tickets:,} tickets, {report.plan.messages:,} messages, {report.cores} cores"
        f"; {report.pgbench or 'no pgbench'}"
        f"; load average before: {report.load_before:.1f}"
        f"; afterwards {report.python_mb:.0f} MB of Python, {report.postgres_mb:.0f} of PostgreSQL"
    )
    if report.settings:
        title += f"; with {report.settings}"
    names = ["req/s", "p50 ms", "p95 ms", "p99 ms", "µs Python", "µs PostgreSQL", "floor req/s"]
    names += ["of the floor", "x the DRF reference", "pgbench/s"]
    table = Shown("requests", title, "request", *names)
    for row in report.rows:
        table.row(row.name, *_figures(row))
    return table


def _figures(row: Row) -> tuple[str, ...]:
    ours = row.ours
    return (
        _rate(ours),
        number(ours.p50),
        number(ours.p95),
        number(ours.p99),
        f"{ours.python_us:,.0f}",
        f"{ours.postgres_us:,.0f}",
        "" if row.floor is None else _rate(row.floor),
        number(row.share),
        number(row.times),
        "" if row.pgbench is None else f"{row.pgbench:,.0f}",
    )


def _rate(figure: Figure) -> str:
    return f"{figure.rate:,.0f}" + (f" ({figure.failed} failed)" if figure.failed else "")


def _by_size(report: Report) -> Shown:
    counts = sorted({size for curve in report.curves for size in curve.ms})
    title = "One request at a time: p50 in ms, by the number of tickets"
    table = Shown(
        "sizes", title, "request", *(f"{size:,}" for size in counts), f"growth ≤ {GROWTH}"
    )
    for curve in report.curves:
        times = (number(curve.ms.get(size)) for size in counts)
        verdict = f" {mark(ok=curve.growth <= GROWTH)}" if curve.promised else ""
        table.row(curve.name, *times, f"{curve.growth:.2f}{verdict}")
    return table


def _levers(report: Report) -> Shown:
    head = "with", "without", "times", "CPU ms", "CPU ms without"
    table = Shown("levers", "The same a second, with a lever and without", "lever", "of", *head)
    for gain in report.gains:
        rates = f"{gain.rate:,.0f}", f"{gain.rate_without:,.0f}", f"{gain.times:.2f}"
        cpu = number(gain.cpu_ms), number(gain.cpu_ms_without)
        table.row(gain.lever, gain.of, *rates, *cpu)
    return table


def _widgets(found: Widgets) -> Shown:
    possible = "" if found.pages == found.wanted else f" (of {found.wanted:,}: files of a process)"
    title = f"{found.pages:,} open widgets{possible}, {found.rate:,.0f} polls a second"
    table = Shown("widgets", title, "what", "measured")
    table.row("cores kept busy by Python", f"{found.python_cores:.3f}")
    table.row("cores kept busy by PostgreSQL", f"{found.postgres_cores:.3f}")
    table.row("CPU of a poll, ms", f"{found.cpu_ms:.3f}")
    table.row("p50, p99 ms", f"{number(found.p50)}, {number(found.p99)}")
    table.row("MB of Python", f"{found.python_mb:.0f}")
    table.row("failed", str(found.failed))
    return table


def _statements(report: Report) -> Shown:
    head = "statement", "ms", "indexes", "read through"
    table = Shown("statements", "In PostgreSQL alone", *head)
    for found in report.plans:
        deep = found.name.startswith("offset")
        verdict = f" {mark(ok=found.ms <= _DEEP_MS)}" if deep else ""
        table.row(
            found.name,
            f"{found.ms:.1f}{verdict}",
            ", ".join(found.indexes),
            ", ".join(found.scanned),
        )
    return table


def _lifecycle(startup: Startup) -> Shown:
    table = Shown("idle", "A server of its own, empty", "what", "measured", "goal")
    for name, seconds in (("first start", startup.first_s), ("next start", startup.again_s)):
        table.row(name, f"{seconds:.2f} s {mark(ok=seconds <= START_S)}", f"{START_S:.0f} s")
    memory = f"{startup.idle_mb:.0f} MB {mark(ok=startup.idle_mb <= IDLE_MB)}"
    parts = f"idle: {startup.python_mb:.0f} MB Python, {startup.postgres_mb:.0f} MB PostgreSQL"
    table.row(parts, memory, f"{IDLE_MB:.0f} MB")
    cores = f"{startup.python_cores:.4f} Python, {startup.postgres_cores:.4f} PostgreSQL"
    table.row(f"idle: cores, {cores}", f"{startup.idle_cores:.4f}", "")
    return table


def _goals(report: Report) -> Shown:
    met = sum(each.is_met for each in report.verdicts)
    title = f"Goals: {met} of {len(report.verdicts)} met"
    table = Shown("goals", title, "request", "goal", "measured")
    for each in report.verdicts:
        measured = f"{number(each.measured)} {mark(ok=each.is_met)}"
        table.row(each.request, f"{each.quantity} {each.goal}", measured)
    return table
