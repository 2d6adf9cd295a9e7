"""The regular expressions of the source, found by reading it, and how each of them is used."""

import ast
import importlib
import re
from collections.abc import Iterable, Iterator
from types import ModuleType
from typing import Any, TypeAlias, cast

from msgspec import Struct

from tests.architecture.tree import Module, modules

Pattern: TypeAlias = re.Pattern[Any]

METHODS = frozenset({"match", "fullmatch", "search", "sub", "split", "findall", "finditer"})


class Used(Struct, frozen=True):
    """One pattern, and the methods by which something is held against it."""

    place: str
    pattern: Pattern
    methods: tuple[str, ...]


def patterns() -> Iterator[Used]:
    """Those that a call makes where it stands, then those that modules keep in lists and tables."""
    for module in modules():
        named = _methods_of_names(module.syntax)
        seen: set[int] = set()
        for call in ast.walk(module.syntax):
            if isinstance(call, ast.Call) and (used := _used(module, call, named)):
                seen.add(id(used.pattern))
                yield used
        for pattern in _held(list(vars(_imported(module)).values())):
            if id(pattern) not in seen:
                yield Used(str(module), pattern, ("match", "search"))


def _used(module: Module, call: ast.Call, named: dict[str, set[str]]) -> Used | None:
    how = _function_of_re(call)
    if not how:
        return None
    try:
        made = _evaluated(module, call if how == "compile" else call.args[0])
    except (NameError, AttributeError):
        return None  # made of something that is not there yet
    pattern: Pattern = re.compile(made)
    methods = {how} if how != "compile" else _methods_of(_imported(module), pattern, named)
    return Used(f"{module}:{call.lineno}", pattern, tuple(sorted(methods)) or ("search",))


def _methods_of(module: ModuleType, pattern: Pattern, named: dict[str, set[str]]) -> set[str]:
    """How the names that stand for a pattern are used: equal patterns are one object."""
    names = [name for name, value in vars(module).items() if value is pattern]
    return {method for name in names for method in named.get(name, ())}


def _held(values: Iterable[object]) -> Iterator[Pattern]:
    for value in values:
        if isinstance(value, re.Pattern):
            yield cast("Pattern", value)
        elif isinstance(value, list | tuple):
            yield from _held(cast("Iterable[object]", value))


def _function_of_re(call: ast.Call) -> str:
    """`compile`, or another function of `re` that is called here, or nothing."""
    match call.func:
        case ast.Attribute(value=ast.Name(id="re"), attr=name):
            return name if name == "compile" or name in METHODS else ""
        case _:
            return ""


def _methods_of_names(syntax: ast.Module) -> dict[str, set[str]]:
    """What is called on each name."""
    found: dict[str, set[str]] = {}
    for node in ast.walk(syntax):
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr=method) if method in METHODS:
                found.setdefault(name, set()).add(method)
            case _:
                pass
    return found


def _evaluated(module: Module, expression: ast.expr) -> Any:
    code = compile(ast.Expression(expression), str(module), "eval")
    there: dict[str, Any] = vars(_imported(module))
    return eval(code, there)  # our own source


def _imported(module: Module) -> ModuleType:
    return importlib.import_module(module.dotted)
