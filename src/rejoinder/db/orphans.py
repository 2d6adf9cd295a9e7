"""PostgreSQL processes that an earlier life of the server may have left on a data directory."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

_PROC = Path("/proc")
PATIENCE = ((signal.SIGINT, 30.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0))


def clear(data: Path) -> None:
    """End what still runs on `data`: its postmaster politely, then whoever outlived one."""
    pid = recorded_pid(data)
    if pid is not None and _works_on(pid, data):
        _end(pid, lambda: _works_on(pid, data))
    for orphan in _workers(data):
        with suppress(ProcessLookupError):
            os.kill(orphan, signal.SIGKILL)
        _wait_until_gone(lambda orphan=orphan: _works_on(orphan, data), 5.0)


def recorded_pid(data: Path) -> int | None:
    """The process id in postmaster.pid, which after a crash may be anybody's by now."""
    try:
        return int((data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None


def _end(pid: int, alive: Callable[[], bool]) -> None:
    for signum, patience in PATIENCE:
        with suppress(ProcessLookupError):
            os.kill(pid, signum)
        if _wait_until_gone(alive, patience):
            return


def _wait_until_gone(alive: Callable[[], bool], patience: float) -> bool:
    deadline = time.monotonic() + patience
    while alive():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def _workers(data: Path) -> Iterator[int]:
    if _PROC.joinpath("self").exists():
        pids = (int(entry.name) for entry in _PROC.iterdir() if entry.name.isdecimal())
        yield from (pid for pid in pids if _works_on(pid, data))


def _works_on(pid: int, data: Path) -> bool:
    """Whether `pid` is a PostgreSQL process of this data directory: they all work inside it."""
    process = _PROC / str(pid)
    if not _PROC.joinpath("self").exists():
        return _looks_like_postgres(pid, data)
    try:
        program = process.joinpath("exe").readlink().name
        return program.startswith("postgres") and process.joinpath("cwd").samefile(data)
    except OSError:
        return False


def _looks_like_postgres(pid: int, data: Path) -> bool:
    # Nothing from outside is in it.
    listing = subprocess.run(  # noqa: S603
        ["/bin/ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return "postgres" in listing.stdout and str(data) in listing.stdout
