"""A network of two machines on one: a namespace whose cable can be pulled out. Only for root."""

import os
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

import pytest
from msgspec import Struct

_PORT: Final = 5432
_READY: Final = b"ready\n"


class Network(Struct, frozen=True):
    """The other machine, by its namespace, and what it is called from here."""

    namespace: str
    ours: str
    theirs: str
    address: str

    def pull_out(self) -> None:
        """From now on packets are lost, and nobody is told."""
        self._on_the_other("ip", "link", "set", self.theirs, "down")

    def plug_in(self) -> None:
        self._on_the_other("ip", "link", "set", self.theirs, "up")

    @contextmanager
    def serving(self, dsn: str) -> Generator[str]:
        """The DSN of the same database on the other machine."""
        forward = [sys.executable, "-m", "tests.faults.waits.forward", dsn, self.address]
        process = subprocess.Popen(
            ["ip", "netns", "exec", self.namespace, *forward, str(_PORT)], stdout=subprocess.PIPE
        )
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == _READY
            user, name = dsn.removeprefix("postgresql://").partition("@")[0], _database(dsn)
            yield f"postgresql://{user}@{self.address}:{_PORT}/{name}?sslmode=disable"
        finally:
            process.kill()
            process.communicate()

    def connect(self) -> None:
        """Lays the cable; the other's hardware address is known, so nobody asks for it in vain."""
        for command in (
            f"ip link add {self.ours} type veth peer name {self.theirs} netns {self.namespace}",
            f"ip addr add {_neighbour(self.address)}/30 dev {self.ours}",
            f"ip link set {self.ours} up",
        ):
            _run(*command.split())
        self._on_the_other("ip", "addr", "add", f"{self.address}/30", "dev", self.theirs)
        self.plug_in()
        told = self._on_the_other("cat", f"/sys/class/net/{self.theirs}/address").strip()
        neighbour = f"ip neigh replace {self.address} lladdr {told} dev {self.ours} nud permanent"
        _run(*neighbour.split())

    def _on_the_other(self, *command: str) -> str:
        return _run("ip", "netns", "exec", self.namespace, *command)


@contextmanager
def a_network() -> Generator[Network]:
    """Two machines; where there can be none, the test is skipped."""
    number = os.getpid()
    address = f"10.213.{number % 250}.2"
    network = Network(f"rejoinder{number}", f"rj{number}a", f"rj{number}b", address)
    try:
        _run("ip", "netns", "add", network.namespace)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("there are no network namespaces here")
    try:
        network.connect()
        yield network
    finally:
        _run("ip", "netns", "del", network.namespace)


def _run(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _database(dsn: str) -> str:
    return dsn.partition("?")[0].rpartition("/")[2]


def _neighbour(address: str) -> str:
    return f"{address.rpartition('.')[0]}.1"
