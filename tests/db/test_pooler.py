"""Behind PgBouncer: sessions are enough for everything, and anything less is refused."""

from pathlib import Path

import pytest

from rejoinder.cli.bootstrap import first_start
from rejoinder.db.pool import connect
from rejoinder.db.sql import Statement
from rejoinder.settings import Settings
from tests.cli.shell import run
from tests.pooler import Mode, a_pooler

_LIMITS = """
SELECT array_agg(name || '=' || setting ORDER BY name) FROM pg_settings
WHERE name IN ('idle_in_transaction_session_timeout', 'jit', 'lock_timeout', 'statement_timeout')
"""


async def test_the_limits_of_a_session_hold_behind_a_pooler(dsn: str) -> None:
    settings = Settings(statement_timeout_ms=3_000, lock_timeout_ms=1_500)
    async with a_pooler(dsn, "session") as behind, connect(behind, settings, size=3) as database:
        found = await database.value(Statement(_LIMITS))

    assert found == [
        "idle_in_transaction_session_timeout=10000",
        "jit=off",
        "lock_timeout=1500",
        "statement_timeout=3000",
    ]


async def test_commands_work_behind_sessions_of_a_pooler(dsn: str, tmp_path: Path) -> None:
    await first_start(dsn, Settings())

    async with a_pooler(dsn, "session") as behind:
        here = {"database_url": behind, "data_dir": str(tmp_path / "data")}
        done = [run(*command, **here) for command in (
            ("doctor",), ("migrate",), ("demo", "--tickets", "20"),
            ("backup", str(tmp_path / "all.tar")),
        )]  # fmt: skip

    assert [each.returncode for each in done] == [0] * len(done), done


@pytest.mark.parametrize(
    ("command", "mode"),
    [("doctor", "statement"), ("worker", "transaction"), ("serve", "transaction")],
)
async def test_what_shares_sessions_is_refused_in_one_line(
    dsn: str, tmp_path: Path, command: str, mode: Mode
) -> None:
    async with a_pooler(dsn, mode) as behind:
        done = run(command, database_url=behind, data_dir=str(tmp_path))

    said = done.stdout + done.stderr
    assert done.returncode == 1, said
    assert "pool_mode" in said
    assert "Traceback" not in said
