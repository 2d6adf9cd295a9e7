"""Statements from `queries.sql` files, and filters composed onto them from literals only.

A name that begins with `_` is a fragment, included elsewhere in its file by `/*:_columns*/`.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.resources import files
from typing import Final, LiteralString, NewType

_NAME: Final = re.compile(r"^-- name: (\w+)$", re.MULTILINE)
_INCLUDE: Final = re.compile(r"/\*:(_\w+)\*/")
_ARGUMENT: Final = re.compile(r"\$(\d+)")


Statement = NewType("Statement", str)
"""SQL text that came out of a file of ours: never out of a request."""


class Statements:
    """The named statements of one package, as attributes."""

    def __init__(self, package: str, statements: dict[str, Statement]) -> None:
        self._package = package
        self._statements = statements

    def __getattr__(self, name: str) -> Statement:
        try:
            return self._statements[name]
        except KeyError:
            raise AttributeError(f"{self._package}/queries.sql has no statement {name!r}") from None

    def __iter__(self) -> Iterator[tuple[str, Statement]]:
        return iter(self._statements.items())


def load(package: str | None, file: str = "queries.sql") -> Statements:
    """The statements of `file` beside the calling package; call it with `__package__`."""
    if package is None:
        raise ValueError("load() needs the calling module's __package__")
    text = files(package).joinpath(file).read_text(encoding="utf-8")
    _, *parts = _NAME.split(text)
    bodies = {
        name: body.strip().rstrip(";") for name, body in zip(parts[::2], parts[1::2], strict=True)
    }
    return Statements(
        package,
        {
            name: Statement(_INCLUDE.sub(lambda mark: bodies[mark[1]], body))
            for name, body in bodies.items()
            if not name.startswith("_")
        },
    )


class Clause:
    """One condition: literal SQL with a `?` for each argument."""

    __slots__ = ("args", "text")

    def __init__(self, text: LiteralString, *args: object) -> None:
        if text.count("?") != len(args):
            raise ValueError(f"{text!r} takes {text.count('?')} arguments, got {len(args)}")
        self.text: LiteralString = text
        self.args = args

    def __repr__(self) -> str:
        return f"Clause({self.text!r}, *{self.args!r})"


class Skewed(Clause):
    """A condition whose arguments differ so much in frequency that each needs a plan of its own.

    A statement that is prepared once gets, after some runs, one plan for all of them.
    """

    __slots__ = ()


class Walked(Clause):
    """A condition with an index in the list's usual order: one plan is best for any arguments."""

    __slots__ = ()


PLANNED_ANEW: Final = "/* planned for its arguments */ "


def any_of(parts: Sequence[Clause]) -> Clause:
    """The clauses joined by OR."""
    first, *others = parts
    if not others:
        return first
    text: LiteralString = "(" + first.text + ")"
    for other in others:
        text += " OR (" + other.text + ")"
    return Clause(text, *(value for part in parts for value in part.args))


def compose(
    base: Statement,
    args: Sequence[object] = (),
    *,
    where: Iterable[Clause] = (),
    order: LiteralString = "",
    most: int | None = None,
) -> tuple[Statement, list[object]]:
    """`base` with the clauses ANDed in at `/*where*/` and `order` at `/*order*/`.

    `args` are the base's own `$1 … $n`; the clauses' arguments are numbered after them. `most` is
    how many rows can be asked for: it stands in the text, where the planner sees it.
    """
    values = list(args)
    conditions: list[str] = []
    anew = ""
    for clause in where:
        if isinstance(clause, Skewed):
            anew = PLANNED_ANEW
        first, *rest = clause.text.split("?")
        text = first
        for value, part in zip(clause.args, rest, strict=True):
            values.append(value)
            text += f"${len(values)}{part}"
        conditions.append(f" AND ({text})")
    sql = base.replace("/*where*/", "".join(conditions)).replace("/*order*/", order)
    if most is not None:
        sql = sql.replace("ALL /*most*/", str(most))
    return Statement(anew + sql), values


def union(
    parts: Sequence[tuple[Statement, Sequence[object]]],
) -> tuple[Statement, list[object]]:
    """The rows of all these statements in one, each behind the number of its statement.

    Planned anew each time: what is joined differs, and so does what it is joined for.
    """
    values: list[object] = []
    texts: list[str] = []
    for number, (statement, args) in enumerate(parts):
        text = _ARGUMENT.sub(_moved_by(len(values)), statement.removeprefix(PLANNED_ANEW))
        texts.append(f"SELECT {number} AS part, rows.* FROM ({text}) AS rows")  # noqa: S608  statements are ours
        values += args
    return Statement(PLANNED_ANEW + " UNION ALL ".join(texts)), values


def _moved_by(places: int) -> Callable[[re.Match[str]], str]:
    return lambda mark: f"${int(mark[1]) + places}"
