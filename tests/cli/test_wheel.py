"""The wheel: the same bytes each time, with the inbox in it, and all that a machine needs."""

import os
import re
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.architecture.tree import ROOT
from tests.cli.shell import environment, run_here

LONG = os.environ.get("REJOINDER_TEST_LONG") == "1"
EPOCH = "1700000000"


def built(folder: Path) -> Path:
    """The wheel of these sources, and of the inbox as it was built last."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    there = os.environ | {"SOURCE_DATE_EPOCH": EPOCH}
    subprocess.run(command, cwd=ROOT, env=there, check=True, capture_output=True, timeout=60)
    (wheel,) = folder.glob("*.whl")
    return wheel


def done(*command: str | Path, folder: Path, status: int = 0) -> subprocess.CompletedProcess[str]:
    result = subprocess.run(
        command,
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert result.returncode == status, result.stderr
    return result


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("wheel"))


def test_the_same_sources_make_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    assert built(tmp_path).read_bytes() == wheel.read_bytes()


def test_the_wheel_holds_the_inbox_and_the_terms_of_its_parts(wheel: Path) -> None:
    names = set(ZipFile(wheel).namelist())

    inbox = "rejoinder/web/static/"
    assert {f"{inbox}index.html", f"{inbox}manifest.json", f"{inbox}licences.md"} <= names
    assert any(re.fullmatch(rf"{inbox}assets/.+\.js", name) for name in names)
    assert "rejoinder/channels/host/static/LICENSE" in names


def test_the_command_says_its_version() -> None:
    said = run_here("--version")

    assert (said.exit_code, said.output.split()[0]) == (0, "rejoinder")


@pytest.mark.timeout(600)
@pytest.mark.skipif(not LONG, reason="REJOINDER_TEST_LONG=1 installs everything anew")
def test_the_wheel_is_enough_on_an_empty_machine(wheel: Path, tmp_path: Path) -> None:
    uv = Path(sys.executable).with_name("uv")
    python = tmp_path / "venv" / "bin" / "python"
    install = (uv, "pip", "install", "--python", python)
    locked = ("--require-hashes", "-r", ROOT / "requirements.lock")

    done(uv, "venv", "--python", sys.executable, tmp_path / "venv", folder=tmp_path)
    done(*install, *locked, folder=tmp_path)
    done(*install, "--no-deps", "--no-index", wheel, folder=tmp_path)
    rejoinder = python.with_name("rejoinder")

    assert done(rejoinder, "--version", folder=tmp_path).stdout.startswith("rejoinder ")
    diagnosis = done(rejoinder, "doctor", "--json", folder=tmp_path, status=1)
    assert '"checks"' in diagnosis.stdout, diagnosis.stderr
