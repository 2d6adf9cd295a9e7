"""What pgbench is given."""

from datetime import UTC, datetime

from bench.pgbench import script, variables
from bench.statements import Prepared
from rejoinder.db.sql import Statement


def test_arguments_become_variables_of_their_own_script() -> None:
    statements: list[Prepared] = [(Statement("SELECT $1::text[], $2;"), [["new", "open"], 7])]

    assert script("v3", statements) == "SELECT :v3_0_1::text[], :v3_0_2;\n"
    assert variables("v3", statements) == ["--define=v3_0_1={new,open}", "--define=v3_0_2=7"]


def test_times_are_written_as_postgresql_reads_them() -> None:
    at = datetime(2026, 1, 2, tzinfo=UTC)

    (defined,) = variables("v0", [(Statement("SELECT $1"), [at])])

    assert defined == "--define=v0_0_1=2026-01-02T00:00:00+00:00"
