"""`python -m bench.page [FILE]`: writes the figures of a run into `docs/performance.md`.

A table stands between `<!-- bench: NAME -->` and `<!-- end -->`; the rest of the page is untouched.
"""

import re
import sys
from pathlib import Path
from typing import Final

import msgspec

from bench.report import Report, draw, tables

PAGE: Final = Path("docs/performance.md")
_IMAGE: Final = Path("docs/images/cost-by-size.svg")
_PLACE: Final = re.compile(r"(<!-- bench: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def written(page: str, report: Report) -> str:
    """The page with this report's tables; one that the report lacks stays as it was."""
    found = {table.name: table for table in tables(report)}

    def fill(place: re.Match[str]) -> str:
        table = found.get(place[2])
        if table is None:
            return place[0]
        return f"{place[1]}\n{table.title}.\n\n{table.markdown()}\n\n{place[3]}"

    return _PLACE.sub(fill, page)


def main() -> None:
    file = Path(sys.argv[1] if len(sys.argv) > 1 else ".bench/full.json")
    report = msgspec.json.decode(file.read_bytes(), type=Report)
    PAGE.write_text(written(PAGE.read_text(), report))
    draw(report, _IMAGE)


if __name__ == "__main__":
    main()
