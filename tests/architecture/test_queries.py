"""Every statement of every `queries.sql`, held against the migrated schema and the code."""

import ast
import re
from collections import Counter
from collections.abc import AsyncGenerator, Iterator
from pathlib import Path
from typing import TypeAlias

import asyncpg
import pytest

from rejoinder.db.connection import set_codecs
from rejoinder.db.sql import Statement, compose
from tests.architecture import columns
from tests.architecture.statements import Filling, StatementFile, files, loaders
from tests.architecture.tree import Module, modules

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"

FILES = files()
STATEMENTS = [
    pytest.param(statement, id=f"{file.path.parent.name}.{name}")
    for file in FILES
    for name, statement in file.statements.items()
]
FILLINGS = [
    pytest.param(loader.file, filling, id=f"{loader.module.path.parent.name}.{filling.statement}")
    for loader in loaders()
    for filling in loader.fillings()
]

COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)
GLOBAL = re.compile(r"^-- scope: global\b", re.MULTILINE)


@pytest.fixture(scope="module")
async def schema(migrated_dsn: str) -> AsyncGenerator[Connection]:
    connection = await asyncpg.connect(migrated_dsn)
    await set_codecs(connection)
    yield connection
    await connection.close()


@pytest.fixture(scope="module")
async def tenant_tables(schema: Connection) -> set[str]:
    """Every table with a `project_id`: what belongs to one project only."""
    rows = await schema.fetch(
        "SELECT table_name::text FROM information_schema.columns"
        " WHERE table_schema = current_schema() AND column_name = 'project_id'"
    )
    return {row[0] for row in rows}


def runnable(statement: Statement) -> Statement:
    """As it runs without filters, in some order."""
    return compose(statement, order="(SELECT 1)")[0]


def literal_clauses(module: Module) -> Iterator[str]:
    """The conditions that filters compose onto a statement."""
    for node in ast.walk(module.syntax):
        match node:
            case ast.Call(func=ast.Name(id="Clause"), args=[ast.Constant(value=str(text)), *_]):
                yield text
            case _:
                pass


def unscoped_tables(sql: str, tenant_tables: set[str]) -> set[str]:
    """The tenant tables that a statement touches without saying whose rows it means."""
    words = set(re.findall(r"\w+", COMMENT.sub(" ", sql)))
    return set() if "project_id" in words or GLOBAL.search(sql) else words & tenant_tables


@pytest.mark.parametrize("file", FILES, ids=str)
def test_every_named_statement_is_used_exactly_once(file: StatementFile) -> None:
    uses = sum((loader.uses() for loader in loaders() if loader.file == file.path), Counter[str]())

    assert uses == Counter(file.names)


@pytest.mark.parametrize("statement", STATEMENTS)
async def test_a_statement_fits_the_schema(schema: Connection, statement: Statement) -> None:
    await schema.prepare(runnable(statement))


@pytest.mark.parametrize(("file", "filling"), FILLINGS)
async def test_the_columns_are_the_fields_of_the_struct(
    schema: Connection, file: Path, filling: Filling
) -> None:
    statement = StatementFile(file).statements[filling.statement]

    prepared = await schema.prepare(runnable(statement))

    assert columns.mismatches(filling.struct(), prepared.get_attributes()) == []


@pytest.mark.parametrize("statement", STATEMENTS)
def test_a_statement_on_a_tenant_table_names_the_project(
    statement: Statement, tenant_tables: set[str]
) -> None:
    assert unscoped_tables(statement, tenant_tables) == set()


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_log_is_read_by_positions_that_outlive_a_restore(statement: Statement) -> None:
    """PostgreSQL's own numbers are those of another server then."""
    assert "pg_snapshot_xmin" not in statement


def test_a_filter_that_looks_into_a_tenant_table_names_the_project(
    tenant_tables: set[str],
) -> None:
    looking = re.compile(r"\b(?:FROM|JOIN)\s+(\w+)", re.IGNORECASE)
    clauses = [(str(module), text) for module in modules() for text in literal_clauses(module)]

    assert [
        (module, text)
        for module, text in clauses
        if tenant_tables.intersection(looking.findall(text)) and "project_id" not in text
    ] == []
