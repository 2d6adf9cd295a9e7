"""What is installed is what was locked, runs nothing while it is installed, and may be used."""

import re
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from msgspec import Struct, field

from tests.architecture import licences
from tests.architecture.tree import ROOT

PYTHON_LOCKS = sorted(ROOT.glob("requirements*.lock"))


class PackageJson(Struct):
    dependencies: dict[str, str] = field(default_factory=dict[str, str])
    dev: dict[str, str] = field(name="devDependencies", default_factory=dict[str, str])


@pytest.mark.parametrize("lock", PYTHON_LOCKS, ids=lambda path: str(path.name))
def test_every_python_package_is_pinned_with_hashes(lock: Path) -> None:
    entries = re.split(r"\n(?=\S)", lock.read_text(encoding="utf-8").strip())

    assert [entry for entry in entries if not re.match(r"[\w.-]+==", entry)] == []
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def test_every_npm_package_is_pinned_with_a_hash() -> None:
    lock = msgspec.json.decode(licences.INBOX.read_bytes(), type=licences.NpmLock)

    packages = {name: found.integrity for name, found in lock.packages.items() if name}
    assert len(packages) > 100
    assert [name for name, hash_ in packages.items() if not hash_.startswith("sha512-")] == []


def test_npm_packages_are_named_by_exact_versions() -> None:
    text = (ROOT / "web" / "package.json").read_bytes()
    named = msgspec.json.decode(text, type=PackageJson)

    versions = named.dependencies | named.dev
    assert {name: text for name, text in versions.items() if not re.match(r"\d", text)} == {}


def test_no_npm_package_runs_a_script_while_it_is_installed() -> None:
    assert "ignore-scripts=true" in (ROOT / "web" / ".npmrc").read_text(encoding="utf-8").split()
    assert "ci --ignore-scripts" in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_python_packages_are_installed_by_their_hashes_only() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    installs = re.findall(r"^.*\$\(UV\) pip (?:install|sync).*$", makefile, re.MULTILINE)

    assert [line for line in installs if not re.search("--require-hashes|--no-deps", line)] == []


def test_the_list_of_parts_holds_each_package_of_the_lock_with_its_hashes(tmp_path: Path) -> None:
    """As `make sbom` writes it."""
    lock, file = ROOT / "requirements.lock", tmp_path / "server.cdx.json"
    command = ("cyclonedx_py", "requirements", str(lock), "--output-reproducible", "-o", str(file))
    subprocess.run([sys.executable, "-m", *command], check=True, capture_output=True, timeout=120)

    parts = msgspec.json.decode(file.read_bytes())["components"]
    named = {f"{part['name']}=={part['version']}" for part in parts}
    assert named == set(re.findall(r"^[\w.-]+==[\w.+-]+", lock.read_text("utf-8"), re.MULTILINE))
    assert [part["name"] for part in parts if not part["externalReferences"][0]["hashes"]] == []


def test_the_check_looks_for_known_weaknesses() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")

    assert re.search(r"^check:.*(?:\n\t.*)*\$\(BIN\)/bandit .* src$", makefile, re.MULTILINE)


def test_the_page_of_licences_is_that_of_the_locks() -> None:
    assert licences.PAGE.read_text(encoding="utf-8") == licences.page(), "run scripts/licences"


@pytest.mark.parametrize(
    "packages",
    [
        licences.python_packages(licences.TOOLS.read_text(encoding="utf-8")),
        licences.npm_packages(licences.INBOX.read_text(encoding="utf-8")),
    ],
    ids=["python", "npm"],
)
def test_every_licence_is_one_that_we_allow(packages: dict[str, str]) -> None:
    refused = {name: text for name, text in packages.items() if not licences.is_allowed(text)}

    assert refused == {}


@pytest.mark.parametrize(
    ("expression", "allowed"),
    [
        ("MIT", True),
        ("GPL-3.0-only", False),
        ("GPL-3.0-only OR MIT", True),
        ("MIT AND GPL-3.0-only", False),
        ("(MPL-2.0 OR Apache-2.0)", True),
        ("", False),
    ],
)
def test_a_licence_is_judged_by_its_parts(expression: str, *, allowed: bool) -> None:
    assert licences.is_allowed(expression) is allowed
