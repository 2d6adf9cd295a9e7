"""Which commands change rows, and which say so: read from the syntax of commands and queries."""

import ast
import re
from functools import cache
from pathlib import Path

from tests.architecture.tree import PACKAGE, Function, Module, modules

_WRITES = re.compile(r"\b(INSERT INTO|DELETE FROM|UPDATE)\s+(\w+)", re.IGNORECASE)
_NAMED = re.compile(r"^-- name: (\w+)$", re.MULTILINE)

# Rows that are no state of the product: what is counted, queued, or remembered to answer again.
# A file that was uploaded is nothing until a message has it, and that message's event says so;
# a draft is nobody else's business until it is sent.
BOOKKEEPING = {
    "project_counters",
    "jobs",
    "events",
    "idempotency_keys",
    "widget_restore_tokens",
    "password_resets",
    "invite_tokens",
    "attachments",
    "drafts",
    "sent_mails",
}


def is_command(module: Module) -> bool:
    return "commands" in module.path.with_suffix("").parts


@cache
def writing_queries() -> frozenset[str]:
    """The functions of queries modules whose statement changes rows that count."""
    return frozenset(
        function.name
        for path in PACKAGE.rglob("queries.py")
        for function in Module(path).functions()
        if _statements(function) & _writing_statements(path.with_suffix(".sql"))
    )


def _writing_statements(path: Path) -> set[str]:
    _, *parts = _NAMED.split(path.read_text(encoding="utf-8")) if path.exists() else [""]
    return {
        name
        for name, text in zip(parts[::2], parts[1::2], strict=True)
        if {table for _, table in _WRITES.findall(text)} - BOOKKEEPING - {"SKIP", "OF"}
    }


def _statements(function: Function) -> set[str]:
    """The statements `sql.<name>` that a function mentions."""
    return {
        node.attr
        for node in ast.walk(function)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "sql"
    }


def calls(function: ast.AST) -> set[str]:
    """The names of what is called, without where they come from."""
    names: set[str] = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                names.add(node.func.attr)
            elif isinstance(node.func, ast.Name):
                names.add(node.func.id)
    return names


@cache
def commands() -> dict[str, set[str]]:
    """Each function of a commands module, and what it calls."""
    found: dict[str, set[str]] = {}
    for module in modules():
        if is_command(module):
            for function in module.functions():
                found.setdefault(function.name, set()).update(calls(function))
    return found


def reach(name: str) -> set[str]:
    """Everything that a command calls, directly or through other commands."""
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        for called in commands().get(waiting.pop(), set()) - seen:
            seen.add(called)
            waiting.append(called)
    return seen


def entry_points() -> list[str]:
    """The commands that something other than a command calls or hands on."""
    outside = {
        node.attr if isinstance(node, ast.Attribute) else node.id
        for module in modules()
        if not is_command(module)
        for node in ast.walk(module.syntax)
        if isinstance(node, ast.Attribute | ast.Name)
    }
    return sorted(name for name in commands() if name in outside and not name.startswith("_"))


def announcing() -> list[str]:
    """The entry points that say something, each by its module and name."""
    names = {name for name in entry_points() if "emit" in reach(name)}
    return sorted(
        f"{module.dotted}.{node.name}"
        for module in modules()
        if is_command(module)
        for node in module.syntax.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name in names
    )
