"""The scripts of posthog-js, as `make setup` laid them beside this module, in three encodings."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec
import structlog
from msgspec import Struct

log = structlog.stdlib.get_logger(__name__)

FOLDER: Final = Path(__file__).parent / "static"
ABSENT: Final = "posthog-js is not installed on this server: run make setup."

_ENCODINGS: Final = (("br", ".br"), ("gzip", ".gz"))


class _Index(Struct, frozen=True):
    version: str = ""
    files: dict[str, str] = {}


class Asset(Struct, frozen=True):
    """A script as it is sent to one client."""

    content: bytes
    encoding: str
    tag: str


class Assets:
    """Scripts by name; each is read once and then kept."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder
        self._index = _read_index(folder)
        self._kept: dict[str, bytes] = {}

    @property
    def version(self) -> str:
        """The version of posthog-js; empty when it is absent."""
        return self._index.version

    def find(self, name: str, accepted: str) -> Asset | None:
        """The script in the best encoding that the client accepts; None when there is none."""
        tag = self._index.files.get(name)
        if tag is None:
            return None
        encoding, suffix = _best(accepted)
        return Asset(self._read(name + suffix), encoding, f'"{tag}{suffix}"')

    def _read(self, file: str) -> bytes:
        if file not in self._kept:
            self._kept[file] = (self._folder / file).read_bytes()
        return self._kept[file]


def _read_index(folder: Path) -> _Index:
    try:
        return msgspec.json.decode((folder / "index.json").read_bytes(), type=_Index)
    except FileNotFoundError:
        log.warning("posthog-js absent", folder=str(folder))
        return _Index()


def _best(accepted: str) -> tuple[str, str]:
    offers = _weights(accepted)
    for encoding, suffix in _ENCODINGS:
        if offers.get(encoding, offers.get("*", 0)) > 0:
            return encoding, suffix
    return "", ""


def _weights(accepted: str) -> Mapping[str, float]:
    """`br;q=0, gzip` → `{"br": 0, "gzip": 1}`."""
    weights: dict[str, float] = {}
    for part in accepted.split(","):
        name, _, parameters = part.partition(";")
        _, _, weight = parameters.partition("q=")
        try:
            weights[name.strip().lower()] = float(weight) if weight else 1
        except ValueError:
            weights[name.strip().lower()] = 0
    return weights
