"""A server as `rejoinder serve` starts it, on a data directory and a mail server of its own."""

import re
import socket
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import msgspec
from msgspec import Struct

from tests.cli.shell import environment, run_here
from tests.processes import eventually


class Server(Struct, frozen=True):
    """Where it is, and the key that its first start printed."""

    url: str
    key: str
    data_dir: Path

    def admin(self, *arguments: str) -> dict[str, Any]:
        """What the command line answers."""
        done = run_here("admin", *arguments, "--data-dir", str(self.data_dir), "--json")
        assert done.exit_code == 0, done.output
        return msgspec.json.decode(done.stdout)


@contextmanager
def a_server(folder: Path, **settings: str) -> Generator[Server]:
    """Serves until the block ends."""
    url, said, data_dir = f"http://127.0.0.1:{_free_port()}", folder / "said", folder / "data"
    command = [Path(sys.executable).with_name("rejoinder"), "serve", "--data-dir", data_dir]
    with said.open("wb") as out:
        process = subprocess.Popen(
            [*command, "--port", url.rpartition(":")[2]],
            env=environment(**settings),
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        assert eventually(lambda: process.poll() is not None or _is_ready(url), 60)
        found = re.search(r"phx_[\w-]+", said.read_text())
        assert found, said.read_text()
        yield Server(url, found[0], data_dir)
    finally:
        process.terminate()
        process.wait(20)


def _is_ready(url: str) -> bool:
    try:
        return httpx.get(f"{url}/readyz", timeout=2).status_code == 200
    except httpx.TransportError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
