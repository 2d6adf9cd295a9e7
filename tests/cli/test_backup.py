"""T-BAK: what `rejoinder backup` writes under load, `rejoinder restore` brings back, or refuses."""

import asyncio
import random
import signal
import subprocess
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from hashlib import sha256
from pathlib import Path

import asyncpg
import pytest
from msgspec import Struct
from msgspec.structs import replace
from typer.testing import Result

from rejoinder.cli.backup.reading import BackupUnusable, reading
from rejoinder.db.migrate import apply, available, begin
from rejoinder.db.pool import connect
from rejoinder.events.work import Work
from rejoinder.settings import Settings
from tests.builders import Desk, a_desk
from tests.cli.shell import COMMAND, environment, run_here
from tests.conftest import a_client, a_copy
from tests.eventually import eventually

# What a restore changes on purpose.
SETTLED = {"sessions", "jobs", "webhooks", "password_resets", "ticket_notices"}
TABLES = (
    "SELECT c.relname::text FROM pg_class c WHERE c.relkind = 'r'"
    " AND c.relnamespace = current_schema()::regnamespace ORDER BY 1"
)
HASH = "SELECT count(*), md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {} t"
# Each is 0 where nothing is torn.
TORN = [
    """SELECT count(*) FROM project_counters c WHERE last_ticket_number <> (
        SELECT coalesce(max(ticket_number), 0) FROM tickets t WHERE t.project_id = c.project_id
    )""",
    """SELECT count(*) FROM project_counters c WHERE tickets_new + tickets_open + tickets_pending
        + tickets_on_hold + tickets_resolved <> (
        SELECT count(*) FROM tickets t WHERE t.project_id = c.project_id AND deleted_at IS NULL
    )""",
    """SELECT count(*) FROM tickets t WHERE message_count <> (
        SELECT count(*) FROM messages m
        WHERE m.project_id = t.project_id AND m.ticket_id = t.id AND NOT m.is_private
    )""",
    """SELECT count(*) FROM tickets t WHERE NOT EXISTS (
        SELECT FROM events e WHERE e.project_id = t.project_id AND e.ticket_id = t.id
    )""",
]
WAITING = (
    "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'tickets'::regclass"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)
SUMS = "SELECT object_key, sha256 FROM attachments WHERE size IS NOT NULL ORDER BY 1"


class Place(Struct):
    """A database and a data folder."""

    dsn: str
    folder: Path

    def run(self, *arguments: str) -> Result:
        where = ("--database-url", self.dsn, "--data-dir", str(self.folder))
        return run_here(*arguments, *where)

    async def back_up(self, file: Path, *options: str) -> None:
        done = await asyncio.to_thread(self.run, "backup", str(file), *options)
        assert (done.exit_code, done.stderr) == (0, "")

    async def restore(self, file: Path) -> None:
        done = await asyncio.to_thread(self.run, "restore", str(file))
        assert (done.exit_code, done.stderr) == (0, ""), done.stderr

    async def refusal(self, *arguments: str) -> str:
        done = await asyncio.to_thread(self.run, *arguments)
        assert (done.exit_code, done.stdout) == (1, ""), done.stdout
        return done.stderr

    async def fetch(self, statement: str) -> list[asyncpg.Record]:
        connection = await asyncpg.connect(self.dsn)
        try:
            return await connection.fetch(statement)
        finally:
            await connection.close()

    async def value(self, statement: str) -> object:
        return (await self.fetch(statement))[0][0]

    async def hashes(self) -> dict[str, tuple[object, ...]]:
        tables = [row[0] for row in await self.fetch(TABLES)]
        return {
            table: tuple((await self.fetch(HASH.format(table)))[0])
            for table in tables
            if table not in SETTLED
        }

    def sums(self) -> dict[str, bytes]:
        """The SHA-256 of each file in the store."""
        root = self.folder / "files"
        files = [path for path in root.rglob("*") if path.is_file()]
        return {str(path.relative_to(root)): sha256(path.read_bytes()).digest() for path in files}


@asynccontextmanager
async def a_desk_at(place: Place, settings: Settings) -> AsyncGenerator[Desk]:
    """An application on the place, and a desk in it."""
    here = replace(settings, database_url=place.dsn, data_dir=place.folder)
    async with connect(here.database_url, here) as database, a_client(here) as client:
        yield await a_desk(Work(database), client)


@pytest.fixture
def source(dsn: str, tmp_path: Path) -> Place:
    return Place(dsn, tmp_path / "source")


@pytest.fixture
async def target(server: str, tmp_path: Path) -> AsyncGenerator[Place]:
    """An empty database and an empty folder."""
    async with a_copy(server, "template1") as dsn:
        yield Place(dsn, tmp_path / "target")


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def an_upload(desk: Desk, content: bytes) -> None:
    path = f"{desk.url}conversations/attachments/"
    sent = await desk.call("POST", path, files={"file": ("a.bin", content)})
    assert sent.status_code == 201, sent.text


async def write(desk: Desk, number: int) -> None:
    ticket = await desk.a_ticket(message=f"Where is order {number}? é\\N\t\n\u2028")
    reply = {"message": "On its way.", "is_private": number % 3 == 0}
    await desk.call("POST", f"{ticket['id']}/reply/", reply)
    if number % 4 == 0:
        await an_upload(desk, b"\0\r\n%d" % number * 999)


async def meanwhile(act: Callable[[int], Awaitable[None]], task: Awaitable[None]) -> int:
    """Acts again and again until the task is done; says how often."""
    waiting, count = asyncio.ensure_future(task), 0
    while not waiting.done() or count < 10:
        count += 1
        await act(count)
    await waiting
    return count


async def test_a_quiet_server_comes_back_row_by_row_and_file_by_file(
    source: Place, target: Place, settings: Settings, tmp_path: Path
) -> None:
    async with a_desk_at(source, settings) as desk:
        for number in range(8):
            await write(desk, number)
    file = tmp_path / "backup.tar"

    await source.back_up(file)
    await target.restore(file)

    assert await target.hashes() == await source.hashes()
    assert len(target.sums()) == 2
    assert target.sums() == source.sums()
    assert file.stat().st_mode & 0o777 == 0o600
    key = (source.folder / "secret_key", target.folder / "secret_key")
    assert key[0].exists() == key[1].exists()
    async with a_desk_at(target, settings) as desk:
        assert (await desk.a_ticket())["ticket_number"] == 1


async def test_a_backup_under_load_is_of_one_moment(
    source: Place, target: Place, settings: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "backup.tar"
    async with a_desk_at(source, settings) as desk:
        for number in range(4):
            await write(desk, number)
        before = await desk.a_ticket(message="acknowledged before")

        async def act(number: int) -> None:
            await asyncio.gather(*(write(desk, number * 4 + each) for each in range(4)))

        assert await meanwhile(act, source.back_up(file)) >= 10
    await target.restore(file)

    assert [await target.value(statement) for statement in TORN] == [0] * len(TORN)
    assert await target.value(f"SELECT count(*) FROM tickets WHERE id = '{before['id']}'") == 1
    known = {row["object_key"]: row["sha256"] for row in await target.fetch(SUMS)}
    assert known
    assert target.sums() == known


async def test_nothing_of_a_damaged_backup_is_restored(
    source: Place, target: Place, settings: Settings, tmp_path: Path
) -> None:
    """Wherever a byte is another one: in a header, a table, a file, the manifest or its seal."""
    async with a_desk_at(source, settings) as desk:
        await write(desk, 0)
    file, chance = tmp_path / "backup.tar", random.Random(7)
    await source.back_up(file)
    whole = file.read_bytes()
    with reading(file) as backup:
        good = {part.name: b"".join(backup.pieces(part.name)) for part in backup.manifest.parts}

    def is_refused(data: bytes) -> bool:
        file.write_bytes(data)
        try:
            with reading(file) as backup:
                backup.check(lambda _: None)
                # What lies between the parts is nobody's.
                assert {name: b"".join(backup.pieces(name)) for name in good} == good
        except BackupUnusable:
            return True
        return False

    wrong = 0
    for _ in range(300):
        at = chance.randrange(len(whole))
        wrong += is_refused(whole[:at] + bytes([whole[at] ^ (1 << at % 8)]) + whole[at + 1 :])
    cut = [is_refused(whole[: chance.randrange(len(whole) - 20_000)]) for _ in range(20)]
    assert (wrong > 100, all(cut)) == (True, True)

    place = whole.index(b'"rows": ')
    file.write_bytes(whole[:place] + b'"rowz": ' + whole[place + 8 :])
    assert "manifest was changed" in await target.refusal("restore", str(file))
    assert await target.fetch(TABLES) == []
    assert not target.folder.exists()


async def test_a_restore_that_fails_leaves_the_place_empty(
    source: Place, target: Place, settings: Settings, tmp_path: Path
) -> None:
    """A table that is none of ours is noticed only when the schema stands."""
    async with a_desk_at(source, settings) as desk:
        await desk.a_ticket()
    file = tmp_path / "backup.tar"
    await source.fetch("CREATE TABLE mine (id int)")
    await source.back_up(file)

    assert "table mine is not one of Rejoinder's" in await target.refusal("restore", str(file))
    assert await target.fetch(TABLES) == []


async def test_nothing_is_ever_replaced(source: Place, tmp_path: Path) -> None:
    file = tmp_path / "backup.tar"
    await source.back_up(file)

    assert "exists already" in await source.refusal("backup", str(file))
    assert "is not empty" in await source.refusal("restore", str(file))
    assert "No such file" in await source.refusal("backup", str(tmp_path / "nowhere" / "b.tar"))
    assert "No such file" in await source.refusal("restore", str(tmp_path / "none.tar"))
    assert names_in(tmp_path) == ["backup.tar"]


async def test_there_is_no_backup_of_nothing(target: Place, tmp_path: Path) -> None:
    done = await asyncio.to_thread(
        run_here, "backup", str(tmp_path / "b.tar"), "--data-dir", str(tmp_path / "none")
    )

    assert (done.exit_code, done.stderr) == (1, f"There is no database in {tmp_path}/none.\n")
    assert "nothing of Rejoinder's" in await target.refusal("backup", str(tmp_path / "b.tar"))
    assert names_in(tmp_path) == []


@pytest.mark.parametrize("signum", [signal.SIGKILL, signal.SIGTERM])
async def test_a_backup_that_is_ended_leaves_no_file(
    source: Place, tmp_path: Path, signum: signal.Signals
) -> None:
    """Ended while it waits for a table that somebody else holds."""
    folder = tmp_path / "backups"
    folder.mkdir()
    holder = await asyncpg.connect(source.dsn)
    await holder.execute("BEGIN; LOCK TABLE tickets IN ACCESS EXCLUSIVE MODE")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", COMMAND, "backup", str(folder / "b.tar")),
        env=environment(database_url=source.dsn, data_dir=str(source.folder)),
    )
    try:
        await eventually(lambda: holder.fetchval(WAITING), 1)
        assert len(names_in(folder)) == 1
        process.send_signal(signum)
        async with asyncio.timeout(30):
            assert await process.wait() != 0
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await holder.close()

    left = names_in(folder)
    assert "b.tar" not in left
    assert signum == signal.SIGKILL or left == []


async def test_a_full_disk_is_said_and_leaves_nothing(source: Place, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    limited = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)); {COMMAND}"
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", limited, "backup", str(folder / "b.tar")],
        env=environment(database_url=source.dsn, data_dir=str(source.folder)),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"{folder}/b.tar cannot be written: File too large.\n"
    assert names_in(folder) == []


async def test_a_backup_of_an_older_version_is_brought_up_to_date(
    server: str, target: Place, tmp_path: Path
) -> None:
    old, file = available()[:9], tmp_path / "backup.tar"
    async with a_copy(server, "template1") as dsn:
        connection = await asyncpg.connect(dsn)
        await begin(connection)
        for name in old:
            await apply(connection, name)
        await connection.execute(
            "INSERT INTO organizations VALUES (gen_random_uuid(), 'Old');"
            "INSERT INTO users (email, password_hash) VALUES ('a@example.com', '-');"
        )
        await connection.close()
        await Place(dsn, tmp_path / "source").back_up(file, "--no-packed")

    await target.restore(file)

    names = [row[0] for row in await target.fetch("SELECT name FROM migrations ORDER BY name")]
    assert names == available()
    assert await target.value("SELECT preferences::text FROM users") == "{}"
    assert await target.value("SELECT name FROM organizations") == "Old"


async def test_a_backup_of_a_newer_version_is_refused(source: Place, tmp_path: Path) -> None:
    file = tmp_path / "backup.tar"
    await source.fetch("INSERT INTO migrations (name) VALUES ('9999_later.sql')")
    await source.back_up(file)

    assert "does not know 9999_later.sql" in await source.refusal("restore", str(file))
