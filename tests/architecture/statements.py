"""Which statement fills which Struct, read from `queries.sql` and the code beside it."""

import ast
import importlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from rejoinder.db.sql import Statement, load
from tests.architecture.tree import PACKAGE, Function, Module, modules

FILLING = {"one", "one_or_none", "many", "point"}


@dataclass(frozen=True)
class StatementFile:
    path: Path

    def __str__(self) -> str:
        return str(self.path.relative_to(PACKAGE))

    @cached_property
    def names(self) -> list[str]:
        """All names as they stand in the file, fragments (`_…`) left out."""
        text = self.path.read_text(encoding="utf-8")
        return [
            name for name in re.findall(r"^-- name: (.*)$", text, re.MULTILINE) if name[0] != "_"
        ]

    @cached_property
    def statements(self) -> dict[str, Statement]:
        package = ".".join(self.path.parent.relative_to(PACKAGE.parent).parts)
        return dict(iter(load(package, self.path.name)))


@dataclass(frozen=True)
class Filling:
    """A place where rows of a statement become Structs."""

    module: Module
    kind: ast.expr
    statement: str

    def struct(self) -> type[Struct]:
        """The Struct itself, looked up where the code looks it up."""
        found = eval(ast.unparse(self.kind), vars(importlib.import_module(self.module.dotted)))
        assert issubclass(found, Struct)
        return found


class Loader:
    """A module that says `sql = load(__package__)`, and what it does with the statements."""

    def __init__(self, module: Module, variable: str, file: Path) -> None:
        self.module = module
        self.variable = variable
        self.file = file

    def names_in(self, node: ast.AST) -> list[str]:
        """The statements mentioned below `node`."""
        return [
            found.attr
            for found in ast.walk(node)
            if isinstance(found, ast.Attribute)
            and isinstance(found.value, ast.Name)
            and found.value.id == self.variable
        ]

    def uses(self) -> Counter[str]:
        return Counter(self.names_in(self.module.syntax))

    def fillings(self) -> Iterator[Filling]:
        for function in self.module.functions():
            composed = self._composed_in(function)
            for node in ast.walk(function):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Attribute)
                    and node.func.attr in FILLING
                ):
                    kind, source, *_ = node.args
                    names = self.names_in(source)
                    if isinstance(source, ast.Name):
                        names += composed.get(source.id, [])
                    yield from (Filling(self.module, kind, name) for name in names)

    def _composed_in(self, function: Function) -> dict[str, list[str]]:
        """Variables that hold a statement: `statement, args = compose(sql.page, …)`."""
        return {
            target.id: names
            for node in ast.walk(function)
            if isinstance(node, ast.Assign) and (names := self.names_in(node.value))
            for targets in node.targets
            for target in ast.walk(targets)
            if isinstance(target, ast.Name)
        }


def loaders() -> Iterator[Loader]:
    for module in modules():
        for node in module.syntax.body:
            match node:
                case ast.Assign(
                    targets=[ast.Name(id=variable)],
                    value=ast.Call(func=ast.Name(id="load"), args=[ast.Name(), *rest]),
                ):
                    name = rest[0].value if rest and isinstance(rest[0], ast.Constant) else None
                    yield Loader(module, variable, module.path.parent / str(name or "queries.sql"))
                case _:
                    pass


def files() -> list[StatementFile]:
    paths = PACKAGE.rglob("*.sql")
    return [StatementFile(path) for path in sorted(paths) if path.parent.name != "migrations"]
