"""The README's commands, run as printed against a server started as it says."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import httpx
import pytest

from tests.processes import eventually

README = Path(__file__).parents[2] / "README.md"
BLOCKS = re.findall(r"```sh\n(.*?)```", README.read_text(), re.DOTALL)
EXPECTED = ["ticket_number", "count", "results", "unread_team_count", "sent_reply", "resolved", ""]


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def key(port: int, tmp_path: Path) -> Generator[str]:
    """The key that a first start prints, while its server runs."""
    said = tmp_path / "out"
    command = [Path(sys.executable).with_name("rejoinder"), "serve", "--port", str(port)]
    with said.open("wb") as out:
        server = subprocess.Popen(
            [*command, "--data-dir", tmp_path / "data"], stdout=out, stderr=subprocess.STDOUT
        )
    try:
        assert eventually(lambda: _ready(port), 60), said.read_text()
        found = re.search(r"phx_[\w-]+", said.read_text())
        assert found
        yield found[0]
    finally:
        server.terminate()
        server.wait(20)


def test_the_readme_works_as_printed(key: str, port: int) -> None:
    for block, expected in zip(BLOCKS, EXPECTED, strict=True):
        command = block.replace("127.0.0.1:8000", f"127.0.0.1:{port}").replace(
            "curl ", "curl --silent --fail-with-body "
        )
        done = subprocess.run(
            ["bash", "-c", command],
            env=os.environ | {"REJOINDER_KEY": key},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout
        assert expected in done.stdout


def _ready(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/readyz", timeout=2).status_code == 200
    except httpx.TransportError:
        return False
