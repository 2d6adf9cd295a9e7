"""What the kernel says about processes, for tests of those that must not be left behind."""

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")


def family(pid: int) -> set[int]:
    """`pid` and all that descend from it."""
    members = {pid}
    for children in PROC.joinpath(str(pid), "task").glob("*/children"):
        with suppress(FileNotFoundError):  # a thread that has just ended
            for child in children.read_text().split():
                members |= family(int(child))
    return members


def alive(pids: set[int]) -> set[int]:
    """Those that still run; a process that is only waiting to be reaped does not."""
    return {pid for pid in pids if _state(pid) not in ("", "Z", "X")}


def program(pid: int) -> str:
    return PROC.joinpath(str(pid), "exe").readlink().name


def parent(pid: int) -> int:
    return int(PROC.joinpath(str(pid), "stat").read_text().rpartition(")")[2].split()[1])


def postmaster(data_dir: Path) -> int:
    return int((data_dir / "postgres" / "data" / "postmaster.pid").read_text().split()[0])


def kill_postgres(data_dir: Path) -> None:
    os.kill(postmaster(data_dir), signal.SIGKILL)


def eventually(condition: Callable[[], bool], seconds: float = 30.0) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def is_root() -> bool:
    return os.geteuid() == 0


def _state(pid: int) -> str:
    try:
        return PROC.joinpath(str(pid), "stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return ""
