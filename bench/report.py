"""The tables, and the same as JSON."""

from pathlib import Path

import msgspec
from msgspec import Struct
from rich.console import Console
from rich.table import Table

from bench.measure import Figure, Row
from bench.plans import Explained
from bench.seed import Plan
from bench.startup import Startup

_GROWTH = 1.5
_DEEP_MS = 60.0
_START_S = 3.0
_IDLE_MB = 250.0


class Report(Struct, frozen=True):
    plan: Plan
    cores: int
    rows: list[Row]
    driver: dict[str, float]
    plans: list[Explained]
    startup: Startup | None


def save(report: Report, path: Path) -> None:
    path.write_bytes(msgspec.json.format(msgspec.json.encode(report), indent=2))


def show(report: Report, console: Console) -> None:
    console.print(_requests(report))
    console.print(_statements(report))
    if report.startup is not None:
        console.print(_lifecycle(report.startup))


def _requests(report: Report) -> Table:
    title = (
        f"{report.plan.tickets:,} tickets, {report.plan.messages:,} messages, {report.cores} cores"
    )
    table = Table(title=title, title_justify="left")
    for name in (
        "request", "req/s", "p50 ms", "p99 ms", "µs Python", "µs PostgreSQL", "floor req/s",
        "of the floor", "against 1,000", "driver/s",
    ):  # fmt: skip
        table.add_column(name, justify="left" if name == "request" else "right")
    for row in report.rows:
        table.add_row(row.name, *_figures(row), _driver(report, row))
    return table


def _figures(row: Row) -> tuple[str, ...]:
    ours = row.ours
    return (
        _rate(ours),
        f"{ours.p50:.1f}",
        f"{ours.p99:.1f}",
        f"{ours.python_us:,.0f}",
        f"{ours.postgres_us:,.0f}",
        "" if row.floor is None else _rate(row.floor),
        _verdict(row.share, row.at_least),
        _growth(row.growth),
    )


def _rate(figure: Figure) -> str:
    return f"{figure.rate:,.0f}" + (f" ({figure.failed} failed)" if figure.failed else "")


def _verdict(share: float | None, at_least: float | None) -> str:
    if share is None:
        return ""
    if at_least is None:
        return f"{share:.2f}"
    return f"{share:.2f} {_mark(ok=share >= at_least)} {at_least:.1f}"


def _growth(growth: float | None) -> str:
    return "" if growth is None else f"{growth:.2f} {_mark(ok=growth <= _GROWTH)}"


def _driver(report: Report, row: Row) -> str:
    rate = report.driver.get(row.name)
    return "" if rate is None else f"{rate:,.0f}"


def _mark(*, ok: bool) -> str:
    return "✓" if ok else "✗"


def _statements(report: Report) -> Table:
    table = Table(title="In PostgreSQL alone", title_justify="left")
    for name in ("statement", "ms", "indexes", "read through"):
        table.add_column(name, justify="right" if name == "ms" else "left")
    for found in report.plans:
        deep = found.name.startswith("offset")
        mark = f" {_mark(ok=found.ms <= _DEEP_MS)}" if deep else ""
        table.add_row(
            found.name, f"{found.ms:.1f}{mark}", ", ".join(found.indexes), ", ".join(found.scanned)
        )
    return table


def _lifecycle(startup: Startup) -> Table:
    table = Table(title="A server of its own, empty", title_justify="left")
    for name in ("what", "measured", "goal"):
        table.add_column(name, justify="left" if name == "what" else "right")
    for name, seconds in (("first start", startup.first_s), ("next start", startup.again_s)):
        table.add_row(name, f"{seconds:.2f} s {_mark(ok=seconds <= _START_S)}", f"{_START_S:.0f} s")
    memory = f"{startup.idle_mb:.0f} MB {_mark(ok=startup.idle_mb <= _IDLE_MB)}"
    parts = f"idle: {startup.python_mb:.0f} MB Python, {startup.postgres_mb:.0f} MB PostgreSQL"
    table.add_row(parts, memory, f"{_IDLE_MB:.0f} MB")
    return table
