"""The locks pin everything that `pyproject.toml` asks for, and name no place to get it from."""

import re
import tomllib

import pytest

from tests.architecture.tree import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUNTIME: list[str] = PROJECT["project"]["dependencies"]
GROUPS: dict[str, list[str | dict[str, str]]] = PROJECT["dependency-groups"]
BUILD = [wanted for wanted in GROUPS["build"] if isinstance(wanted, str)]
NODE = [wanted for wanted in GROUPS["node"] if isinstance(wanted, str)]
DEVELOPMENT = [wanted for wanted in GROUPS["dev"] if isinstance(wanted, str)]

WANTED = {
    "requirements-build.lock": BUILD,
    "requirements-node.lock": NODE,
    "requirements.lock": RUNTIME,
    "requirements-dev.lock": [*BUILD, *NODE, *RUNTIME, *DEVELOPMENT],
}


def pins(lock: str) -> dict[str, str]:
    text = (ROOT / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE))


@pytest.mark.parametrize("lock", WANTED)
def test_a_lock_pins_what_the_project_asks_for(lock: str) -> None:
    names = {re.split(r"[^\w.-]", wanted, maxsplit=1)[0].lower() for wanted in WANTED[lock]}

    assert names - pins(lock).keys() == set()


def test_the_locks_agree_with_each_other() -> None:
    everything = pins("requirements-dev.lock")

    for lock in WANTED:
        assert pins(lock).items() <= everything.items()


@pytest.mark.parametrize("lock", WANTED)
def test_a_lock_names_no_place_to_download_from(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")

    assert re.findall(r".*(?:://|--(?!hash=)\w).*", text) == []
