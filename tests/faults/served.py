"""A whole `rejoinder serve` that may be killed, stopped and started again on its data."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import httpx

from rejoinder.db.embedded import EmbeddedPostgres
from tests.cli.shell import environment
from tests.faults.logs import Log
from tests.processes import eventually, parent, postmaster, program
from tests.processes import family as family_of

# Everything may be asked as often as the load likes, and webhooks may come back to this machine.
_SETTINGS = {
    "rate_limits": "false",
    "egress_ports": "1-65535",
    "egress_networks": "127.0.0.0/8",
    "log_format": "json",
}


class Served:
    """The server of `folder`, at one address all its lives."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.variables: dict[str, str] = {}
        self.data_dir = folder / "data"
        self.is_external = "database_url" in settings
        self.mails = "smtp_url" in settings
        self.url = f"http://127.0.0.1:{free_port()}"
        self.key = self.password = ""
        self.dsn = settings.get("database_url", "")
        self._settings = _SETTINGS | settings
        self._welcome = 0
        self._said = folder / "said"

    @property
    def logs(self) -> tuple[Log, ...]:
        postgres = self.data_dir / "postgres" / "postgres.log"
        kept = [] if self.is_external else [Log(str(postgres))]
        return Log(str(self._said), self._welcome), *kept

    def start(self) -> None:
        """Returns when it is ready."""
        self._launch()
        assert eventually(lambda: self.process.poll() is not None or self.is_ready(), 60)
        said = self._said.read_text()
        assert self.process.poll() is None, said
        if not self.key:
            found = re.search(r"Password +(\S+)\s+API key +(phx_\S+)", said)
            assert found, said
            self.password, self.key = found.groups()
            self._welcome = len(said.encode())
            self.dsn = self.dsn or EmbeddedPostgres(self.data_dir).attach() or ""

    def stop(self, signum: signal.Signals = signal.SIGTERM) -> int:
        """Its exit status."""
        self.process.send_signal(signum)
        return self.process.wait(60)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(20)

    def is_ready(self) -> bool:
        try:
            return httpx.get(f"{self.url}/readyz", timeout=2).status_code == 200
        except httpx.TransportError:
            return False

    def workers(self) -> list[int]:
        """The processes that answer requests."""
        main = self.process.pid
        return sorted(
            pid
            for pid in family_of(main)
            if pid != main and parent(pid) == main and program(pid).startswith("python")
        )

    def signal_postmaster(self, signum: signal.Signals) -> None:
        os.kill(postmaster(self.data_dir), signum)

    def start_worker(self) -> "subprocess.Popen[bytes]":
        """A `rejoinder worker` for it, which says what it has to say in the same place."""
        return self._run("worker")

    def _launch(self) -> None:
        self.process = self._run("serve", "--port", self.url.rpartition(":")[2])

    def _run(self, *arguments: str) -> "subprocess.Popen[bytes]":
        command = [Path(sys.executable).with_name("rejoinder"), *arguments]
        with self._said.open("ab") as out:
            return subprocess.Popen(
                [*command, "--data-dir", self.data_dir],
                env=environment(**self._settings) | self.variables,
                stdout=out,
                stderr=subprocess.STDOUT,
            )


@contextmanager
def a_served(folder: Path, **settings: str) -> Generator[Served]:
    """Serves until the block ends, whatever happened to it."""
    served = Served(folder, **settings)
    served.start()
    try:
        yield served
    finally:
        if served.process.poll() is None:
            served.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
