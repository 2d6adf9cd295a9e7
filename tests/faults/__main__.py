"""`make faults`: every fault in its long form, and what each cost, as a table in Markdown."""

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec
import pytest

from tests.faults.figures import FILE, Figures

_HEAD: Final = (
    "fault", "times", "writes acknowledged", "refused", "unknown", "requests", "without answer",
    "503", "longest answer", "trouble, s", "webhooks", "again", "mails", "again",
)  # fmt: skip
_FOLDER: Final = Path(__file__).parent


def main(arguments: Sequence[str]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "figures.jsonl"
        os.environ |= {"REJOINDER_TEST_LONG": "1", FILE: str(kept)}
        status = pytest.main([str(_FOLDER), "-q", *arguments])
        lines = kept.read_bytes() if kept.exists() else b""
    found = msgspec.json.Decoder(Figures).decode_lines(lines)
    sys.stdout.write("\n" + _table(sorted(found, key=lambda figures: figures.name)))
    return status


def _table(found: Sequence[Figures]) -> str:
    rows = [_HEAD, ("---",) * len(_HEAD), *(_row(figures) for figures in found)]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _row(figures: Figures) -> tuple[str, ...]:
    writes = figures.writes
    counts = (
        figures.faults, writes.get("ok", 0), writes.get("refused", 0), writes.get("unknown", 0),
        figures.requests, figures.unanswered, figures.statuses.get(503, 0),
    )  # fmt: skip
    sent = (figures.arrived, figures.twice, figures.mails, figures.mails_twice)
    return (
        figures.name,
        *(f"{count:,}" for count in counts),
        f"{figures.longest:.1f} s",
        ", ".join(f"{trouble:.1f}" for trouble in sorted(figures.troubles)) or "none",
        *(f"{count:,}" for count in sent),
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
