"""A command's answer on stdout: one JSON object for programs, lines or a table for people."""

import sys
from typing import Any, cast

import msgspec
import typer
from msgspec import Struct
from rich.console import Console
from rich.table import Table

_UNLIMITED = 10_000


def show(answer: Struct, *, as_json: bool) -> None:
    """Print the answer and nothing else."""
    if as_json:
        typer.echo(msgspec.json.encode(answer))
        return
    fields: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(answer))
    first, *others = fields.values()
    if isinstance(first, list) and not others:
        _show_rows(cast("list[dict[str, Any]]", first))
    else:
        _show_fields(fields)


def _show_fields(fields: dict[str, Any]) -> None:
    width = max(map(len, fields))
    for name, value in fields.items():
        typer.echo(f"{name:<{width}}  {_text(value)}")


def _show_rows(rows: list[dict[str, Any]]) -> None:
    if not rows:
        typer.echo("None.")
        return
    table = Table(*rows[0], box=None, header_style="bold", pad_edge=False)
    for row in rows:
        table.add_row(*map(_text, row.values()))
    # Not cut to a terminal's width when the output goes elsewhere.
    width = None if sys.stdout.isatty() else _UNLIMITED
    Console(width=width, markup=False, highlight=False).print(table)


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case str():
            return value
        case _:
            return msgspec.json.encode(value).decode()
