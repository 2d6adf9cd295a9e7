"""How modules are named, what a package's `__init__` holds, where imports stand."""

import ast
import re

from tests.architecture.tree import PACKAGE, ROOT, Module, modules

BANNED_NAMES = {
    name
    for word in ("util", "helper", "manager", "service", "common", "misc", "handler", "processor")
    for name in (word, word + "s")
}

REASONLESS = re.compile(
    r"#\s*(?:noqa(?::\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*)?|(?:type|pyright): ignore(?:\[[^\]]*\])?)\s*$"
)


def is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def reasonless_suppressions(module: Module) -> list[str]:
    """A reason stands behind the suppression, or as a comment on the line above."""
    comments = dict(module.comments())
    return [
        f"{module}:{line}: {comment}"
        for line, comment in comments.items()
        if REASONLESS.search(comment) and line - 1 not in comments
    ]


def test_no_module_has_a_name_that_says_nothing() -> None:
    parts = {
        (part.removesuffix(".py"), str(module))
        for module in modules()
        for part in module.path.relative_to(PACKAGE).parts
    }

    assert [path for name, path in sorted(parts) if name.strip("_") in BANNED_NAMES] == []


def test_every_package_begins_with_a_docstring_and_nothing_else() -> None:
    for module in modules():
        if module.path.name == "__init__.py":
            assert [is_docstring(node) for node in module.syntax.body] == [True], str(module)


def test_every_folder_with_modules_is_a_package() -> None:
    folders = {module.path.parent for module in modules()}

    assert [
        str(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()
    ] == []


def test_no_function_imports() -> None:
    inside = {
        f"{module}:{node.lineno}: {function.name}"
        for module in modules()
        for function in module.functions()
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }

    assert sorted(inside) == []


def test_every_suppression_gives_its_reason() -> None:
    everywhere = [*modules(), *modules(ROOT / "tests")]

    assert [line for module in everywhere for line in reasonless_suppressions(module)] == []
