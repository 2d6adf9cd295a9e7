"""`rejoinder doctor` and `rejoinder migrate`: what they find, and how they end."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import msgspec
import pytest

from rejoinder.cli.bootstrap import first_start
from rejoinder.cli.demo.plan import Plan
from rejoinder.cli.demo.seed import seed
from rejoinder.cli.doctor.database import Reading, judge_clock
from rejoinder.cli.doctor.machine import check_settings
from rejoinder.cli.doctor.shared_cache import check_redis
from rejoinder.db.migrate import available
from rejoinder.settings import Settings
from tests.cache.valkey import Valkey
from tests.cli.shell import answer, run

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


def findings(*arguments: str, status: int, **settings: str) -> dict[str, Any]:
    """State and text of each finding, by the check's name."""
    done = run("doctor", *arguments, "--json", **settings)
    assert done.returncode == status, done.stderr
    diagnosis = msgspec.json.decode(done.stdout)
    assert diagnosis["healthy"] is (status == 0)
    return {each["check"]: each for each in diagnosis["checks"]}


async def execute(dsn: str, statement: str) -> None:
    connection = await asyncpg.connect(dsn)
    await connection.execute(statement)
    await connection.close()


async def test_all_is_well_after_a_demo(dsn: str, tmp_path: Path) -> None:
    await first_start(dsn, Settings())
    await seed(dsn, Plan(tickets=20, until=NOON))

    found = findings(status=0, database_url=dsn, data_dir=str(tmp_path))

    # Without a way to the npm registry it is a warning.
    assert found.pop("posthog-js")["state"] in {"ok", "warn"}
    assert {name: each["state"] for name, each in found.items()} == dict.fromkeys(
        ("settings", "disk", "database", "extensions", "migrations", "clock", "counters", "mail"),
        "ok",
    )


async def test_counters_that_drifted_are_a_failure(dsn: str) -> None:
    await first_start(dsn, Settings())
    await execute(dsn, "UPDATE project_counters SET unread = 3 WHERE project_id = 1")

    found = findings(status=1, database_url=dsn)

    assert found["counters"]["state"] == "fail"
    assert "project 1" in found["counters"]["detail"]
    assert found["counters"]["hint"]


async def test_restore_links_that_nothing_can_send_are_a_warning(dsn: str) -> None:
    await first_start(dsn, Settings())
    await execute(
        dsn,
        """UPDATE projects SET conversations_enabled = true,
        conversations_settings = '{"widget_domains": ["shop.example"]}'""",
    )

    without = findings(status=0, database_url=dsn)
    sender = {"smtp_url": "smtp://127.0.0.1", "mail_from": "support@example.org"}
    configured = findings(status=0, database_url=dsn, **sender)
    half = findings(status=1, database_url=dsn, smtp_url="smtp://127.0.0.1")

    assert [found["mail"]["state"] for found in (without, configured, half)] == [
        "warn",
        "ok",
        "fail",
    ]
    assert "project 1" in without["mail"]["detail"]


async def test_a_schema_that_lags_behind_is_a_failure_until_migrated(server: str, dsn: str) -> None:
    last = available()[-1]
    await execute(dsn, f"DELETE FROM migrations WHERE name = '{last}'")

    found = findings(status=1, database_url=dsn)
    admin = run("admin", "list-users", database_url=dsn)
    check = run("migrate", "--check", "--json", database_url=dsn)

    assert found["migrations"]["detail"] == f"Missing: {last}."
    assert found["migrations"]["hint"] == "Run `rejoinder migrate`."
    assert "counters" not in found
    assert (admin.returncode, "rejoinder migrate" in admin.stderr) == (1, True)
    assert check.returncode == 1
    assert msgspec.json.decode(check.stdout)["missing"] == [last]


async def test_a_schema_of_a_newer_version_is_a_failure(dsn: str) -> None:
    await execute(dsn, "INSERT INTO migrations (name) VALUES ('9999_later.sql')")

    assert "9999_later.sql" in findings(status=1, database_url=dsn)["migrations"]["detail"]


async def test_migrate_says_what_it_did(dsn: str) -> None:
    await execute(dsn, "DROP SCHEMA public CASCADE; CREATE SCHEMA public")

    first = answer("migrate", database_url=dsn)
    second = answer("migrate", database_url=dsn)

    assert first == {"applied": available(), "missing": [], "present": available()}
    assert second == {"applied": [], "missing": [], "present": available()}


def test_a_database_that_is_not_there_is_one_failure_without_its_password() -> None:
    found = findings("--database-url", "postgresql://me:secret@127.0.0.1:1/x", status=1)

    assert list(found) == ["settings", "posthog-js", "disk", "database"]
    assert found["database"]["state"] == "fail"
    assert "secret" not in str(found)


def test_people_read_a_table(migrated_dsn: str) -> None:
    done = run("doctor", database_url=migrated_dsn)

    lines = [line.split()[:2] for line in done.stdout.splitlines()]
    assert ["ok", "extensions"] in lines


@pytest.mark.parametrize(
    ("settings", "state"),
    [
        (Settings(), "ok"),
        (Settings(host="0.0.0.0"), "warn"),
        (Settings(host="0.0.0.0", public_url="https://desk.example.org"), "ok"),
        (Settings(public_url="desk.example.org"), "fail"),
        (Settings(rate_limits=False), "warn"),
    ],
)
def test_settings_are_judged(settings: Settings, state: str) -> None:
    assert check_settings(settings).state == state


@pytest.mark.parametrize(("seconds", "state"), [(0, "ok"), (5, "warn"), (60, "fail")])
def test_clocks_are_judged(seconds: int, state: str) -> None:
    assert judge_clock(timedelta(seconds=seconds)).state == state


def test_the_way_to_the_database_is_no_difference_between_clocks() -> None:
    reading = Reading(NOON, NOON + timedelta(seconds=1), NOON + timedelta(seconds=2))
    behind = Reading(NOON, NOON - timedelta(seconds=7), NOON + timedelta(seconds=2))

    assert reading.difference == timedelta(0)
    assert behind.difference == timedelta(seconds=7)


async def test_redis_is_asked_for_its_version(tmp_path_factory: pytest.TempPathFactory) -> None:
    with Valkey(tmp_path_factory.mktemp("v")) as valkey:
        here = await check_redis(valkey.url)
    gone = await check_redis(valkey.url)

    assert (here.state, gone.state) == ("ok", "fail")
