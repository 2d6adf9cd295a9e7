"""Each promise of the security page has its test."""

import ast
import re

import pytest

from tests.architecture.tree import ROOT

PAGE = (ROOT / "docs" / "guide" / "security.md").read_text(encoding="utf-8")
NAMED = re.findall(r"\| `(tests/[\w/]+\.py)(?:::(\w+))?` \|", PAGE)


def test_the_page_names_its_tests() -> None:
    assert len(NAMED) > 30


@pytest.mark.parametrize(("path", "name"), NAMED)
def test_a_promise_has_the_test_that_is_named(path: str, name: str) -> None:
    file = ROOT / path

    assert file.exists()
    functions = [
        node.name
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    assert not name or name in functions
