"""`rejoinder upgrade --check` on databases that lack a migration, embedded and the operator's."""

import asyncio
import json
import shutil
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from rejoinder.db import migrate
from rejoinder.db.embedded import EmbeddedPostgres
from rejoinder.db.pool import Connection
from tests.cli.shell import run_here

ARTIFICIAL = "ALTER TABLE tickets ADD COLUMN mood text DEFAULT 'good'; CREATE TABLE moods (id int);"
WRONG = "ALTER TABLE users ADD CONSTRAINT nobody CHECK (id < 0)"
USER = "INSERT INTO users (email, password_hash) VALUES ('ada@example.com', '-')"
COPIES = "SELECT count(*) FROM pg_database WHERE datname LIKE 'rejoinder_check_%'"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The migrations of a version to come."""
    folder = tmp_path / "migrations"
    shutil.copytree(str(migrate.FOLDER), folder)
    monkeypatch.setattr(migrate, "FOLDER", folder)
    return folder


@pytest.fixture
async def connection(dsn: str) -> AsyncGenerator[Connection]:
    connection = await asyncpg.connect(dsn)
    await connection.execute(USER)
    yield connection
    await connection.close()


async def check(*where: str) -> tuple[int, list[dict[str, Any]]]:
    done = await asyncio.to_thread(run_here, "upgrade", "--check", "--json", *where)
    assert done.stderr == ""
    return done.exit_code, json.loads(done.stdout)["migrations"]


async def test_a_pending_migration_is_rehearsed_with_its_locks(
    dsn: str, connection: Connection, folder: Path, tmp_path: Path
) -> None:
    (folder / "9999_moods.sql").write_text(ARTIFICIAL)

    status, (moods,) = await check("--database-url", dsn, "--data-dir", str(tmp_path / "data"))

    assert (status, moods["migration"], moods["error"]) == (0, "9999_moods.sql", "")
    assert moods["locks"] == "tickets AccessExclusiveLock"
    assert 0 < moods["seconds"] < 60
    assert await connection.fetchval("SELECT to_regclass('moods')") is None
    assert await connection.fetchval(COPIES) == 0
    assert list((tmp_path / "data").iterdir()) == []


async def test_a_migration_that_fails_on_the_data_is_found_before_it_counts(
    dsn: str, connection: Connection, folder: Path, tmp_path: Path
) -> None:
    (folder / "9998_wrong.sql").write_text(WRONG)
    (folder / "9999_moods.sql").write_text(ARTIFICIAL)

    status, (wrong,) = await check("--database-url", dsn, "--data-dir", str(tmp_path / "data"))

    assert (status, wrong["migration"]) == (1, "9998_wrong.sql")
    assert '"nobody" of relation "users" is violated' in wrong["error"]
    assert await connection.fetchval(COPIES) == 0


async def test_the_embedded_database_is_copied_to_one_of_its_own(
    folder: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    embedded = EmbeddedPostgres(data)
    await migrate.migrate(embedded.start())
    embedded.stop()
    (folder / "9999_moods.sql").write_text(ARTIFICIAL)

    status, (moods,) = await check("--data-dir", str(data))

    assert (status, moods["locks"]) == (0, "tickets AccessExclusiveLock")
    assert [path.name for path in data.iterdir()] == ["postgres"]


async def test_where_nothing_is_pending_nothing_is_copied(dsn: str, tmp_path: Path) -> None:
    assert await check("--database-url", dsn, "--data-dir", str(tmp_path / "data")) == (0, [])


async def test_it_wants_to_be_told_that_it_is_a_rehearsal(dsn: str) -> None:
    assert run_here("upgrade", "--database-url", dsn).exit_code == 1
