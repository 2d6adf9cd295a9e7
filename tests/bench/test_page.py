"""What a run writes into the documentation."""

from pathlib import Path

from bench.goals import Verdict
from bench.page import PAGE, written
from bench.report import Report
from bench.seed import Plan

ROOT = Path(__file__).parents[2]


def report() -> Report:
    goal = Verdict("create", "p99 ms", "≤ 10", 7.5, is_met=True)
    return Report(Plan(tickets=1_000), 2, {}, 0.1, verdicts=[goal])


def test_a_table_stands_between_its_marks() -> None:
    page = "Before.\n<!-- bench: goals -->\nold\n<!-- end -->\nAfter.\n"

    filled = written(page, report())

    assert filled.startswith("Before.\n<!-- bench: goals -->\n")
    assert filled.endswith("<!-- end -->\nAfter.\n")
    assert "| create | p99 ms ≤ 10 | 7.5 ✓ |" in filled
    assert "old" not in filled
    assert written(filled, report()) == filled


def test_what_was_not_measured_stays_as_it_was() -> None:
    page = "<!-- bench: streams -->\nold\n<!-- end -->\n"

    assert written(page, report()) == page


def test_the_page_has_a_place_for_every_table() -> None:
    page = (ROOT / PAGE).read_text(encoding="utf-8")

    for name in (
        "goals", "requests", "sizes", "statements", "widgets", "streams", "idle", "inbox", "levers",
    ):  # fmt: skip
        assert page.count(f"<!-- bench: {name} -->\n") == 1
