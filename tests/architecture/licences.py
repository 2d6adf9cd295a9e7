"""The packages of the locks, and under which terms each of them is given."""

import re
from collections.abc import Iterator
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from typing import Final

import msgspec
from msgspec import Struct

from tests.architecture.tree import ROOT

PAGE: Final = ROOT / "docs" / "licences.md"
SERVER: Final = ROOT / "requirements.lock"
TOOLS: Final = ROOT / "requirements-dev.lock"
INBOX: Final = ROOT / "web" / "package-lock.json"

ALLOWED: Final = frozenset(
    {
        "0BSD",
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "CC-BY-4.0",  # caniuse-lite's data, which builds read
        "CC0-1.0",
        "ISC",
        "MIT",
        "MIT-0",
        "MPL-2.0",  # files that we leave as they are
        "PSF-2.0",
        "Python-2.0",
    }
)
"""Each lets anybody run, change and pass on what it is for, beside code of other terms."""

# What packages write instead of an SPDX expression.
_SPDX: Final = {
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD 2-Clause License": "BSD-2-Clause",
    "ISC License": "ISC",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "MIT license": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "PSFL": "PSF-2.0",
}
# Read in the package itself: its metadata says less, or it is for other systems only.
_READ_BY_HAND: Final = {
    "async-timeout": "Apache-2.0",
    "colorama": "BSD-3-Clause",
    "itsdangerous": "BSD-3-Clause",
    "nodeenv": "BSD-3-Clause",
}
_PAGE: Final = """\
# What Rejoinder is made of, and under which terms

Written by `scripts/licences` from the locks, which have the versions; `make check` compares.
Rejoinder itself is given under the [MIT licence](../LICENSE). The terms of what the inbox bundles
are in the wheel, too, as `static/licences.md`.

## The server

What is installed with it.

{server}
## The inbox, and what builds it

{inbox}
## Tools

For those who work on it; nobody who runs it needs them.

{tools}"""
_PINNED: Final = re.compile(r"^([\w.-]+)==", re.MULTILINE)
_CLASSIFIER: Final = re.compile(r"^License :: (?:OSI Approved :: )?(.+)$")


class NpmPackage(Struct):
    license: str = ""
    integrity: str = ""


class NpmLock(Struct):
    packages: dict[str, NpmPackage]


def page() -> str:
    """docs/licences.md as the locks have it."""
    server = python_packages(SERVER.read_text(encoding="utf-8"))
    tools = python_packages(TOOLS.read_text(encoding="utf-8"))
    others = {name: terms for name, terms in tools.items() if name not in server}
    return _PAGE.format(
        server=_table(server),
        inbox=_table(npm_packages(INBOX.read_text(encoding="utf-8"))),
        tools=_table(others),
    )


def python_packages(lock: str) -> dict[str, str]:
    return {name: _terms_of(name) for name in sorted(set(_PINNED.findall(lock)))}


def npm_packages(lock: str) -> dict[str, str]:
    packages = msgspec.json.decode(lock, type=NpmLock).packages
    named = {path.rpartition("node_modules/")[2]: found for path, found in packages.items() if path}
    return {name: named[name].license for name in sorted(named)}


def names_in(expression: str) -> Iterator[str]:
    """The licences of an SPDX expression."""
    yield from re.findall(r"[\w.-]+", re.sub(r"\b(AND|OR)\b", " ", expression))


def is_allowed(expression: str) -> bool:
    """Of what may be chosen one must be allowed, of what comes together all."""
    choices = re.split(r"\bOR\b", expression)
    return any(_are_allowed(choice) for choice in choices)


def _are_allowed(expression: str) -> bool:
    names = list(names_in(expression))
    return bool(names) and ALLOWED.issuperset(names)


def _terms_of(package: str) -> str:
    if package in _READ_BY_HAND:
        return _READ_BY_HAND[package]
    try:
        return _stated(metadata(package))
    except PackageNotFoundError:
        return ""


def _stated(about: PackageMetadata) -> str:
    """What a package's metadata says, in SPDX's words as far as we know them."""
    said = about.json
    stated = str(said.get("license_expression") or said.get("license") or "")
    first_line = stated.partition("\n")[0].strip()
    if first_line in {"", "UNKNOWN"}:
        kinds = [_CLASSIFIER.match(text) for text in said.get("classifier", [])]
        first_line = " OR ".join(kind[1] for kind in kinds if kind)
    return _SPDX.get(first_line, first_line)


def _table(packages: dict[str, str]) -> str:
    rows = [f"| {name} | {terms} |" for name, terms in packages.items()]
    return "\n".join(["| package | licence |", "| --- | --- |", *rows]) + "\n"
