"""Documentation that the code can contradict is checked against the code."""

import re
from pathlib import Path

import pytest

from rejoinder.settings import PREFIX, Settings, load
from tests.architecture.tree import ROOT

DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
HEADINGS = ["Context", "Decision", "Consequences", "Alternatives"]
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")

SETTINGS_PAGE = (ROOT / "docs" / "guide" / "settings.md").read_text(encoding="utf-8")
DOCUMENTED = dict(re.findall(rf"^\| `({PREFIX}\w+)` \| (.+?) \|", SETTINGS_PAGE, re.MULTILINE))

OUR_PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]


@pytest.mark.parametrize("record", DECISIONS, ids=lambda path: str(path.name))
def test_a_decision_record_has_its_number_and_its_four_headings(record: Path) -> None:
    text = record.read_text(encoding="utf-8")

    assert re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", record.name)
    assert text.startswith(f"# {record.name[:4]}: ")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == HEADINGS


def test_decision_records_are_numbered_without_gaps() -> None:
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))


def test_the_settings_page_lists_every_setting_and_no_other() -> None:
    assert sorted(DOCUMENTED) == sorted(
        PREFIX + name.upper() for name in Settings.__struct_fields__
    )


def test_the_settings_page_gives_the_real_defaults() -> None:
    written = {name: text.strip("`") for name, text in DOCUMENTED.items() if text.startswith("`")}

    assert load(written) == Settings()


@pytest.mark.parametrize("page", OUR_PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_link_between_our_pages_is_broken(page: Path) -> None:
    targets = LINK.findall(page.read_text(encoding="utf-8"))

    assert [target for target in targets if not (page.parent / target).exists()] == []
