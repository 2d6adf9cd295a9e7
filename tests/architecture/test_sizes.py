"""Reaching a limit means that a noun hides in the file: split it by intention. No exemptions."""

from collections.abc import Iterable
from pathlib import Path

from tests.architecture.tree import PACKAGE, ROOT, line_count, modules

MODULE_LINES = 400
FUNCTION_LINES = 50
QUERIES_LINES = 400
TYPESCRIPT_LINES = 250


def longer_than(limit: int, paths: Iterable[Path]) -> list[str]:
    sizes = [(line_count(path), path.relative_to(ROOT)) for path in paths]
    return [f"{path}: {lines} lines, at most {limit}" for lines, path in sizes if lines > limit]


def hand_written_typescript() -> list[Path]:
    found = [path for kind in ("*.ts", "*.tsx") for path in (ROOT / "web").rglob(kind)]
    return [
        path
        for path in found
        if "node_modules" not in path.parts and "generated" not in path.name.split(".")
    ]


def test_no_module_is_too_long() -> None:
    assert longer_than(MODULE_LINES, PACKAGE.rglob("*.py")) == []


def test_no_statement_file_is_too_long() -> None:
    assert longer_than(QUERIES_LINES, PACKAGE.rglob("queries*.sql")) == []


def test_no_typescript_file_is_too_long() -> None:
    assert longer_than(TYPESCRIPT_LINES, hand_written_typescript()) == []


def test_no_function_is_too_long() -> None:
    too_long = [
        f"{module}:{function.lineno}: {function.name} has {length} lines, at most {FUNCTION_LINES}"
        for module in modules()
        for function in module.functions()
        if (length := (function.end_lineno or 0) - function.lineno + 1) > FUNCTION_LINES
    ]

    assert too_long == []
