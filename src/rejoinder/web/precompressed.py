"""Files that a build laid down in three encodings, each read once and then kept."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct

_ENCODINGS: Final = (("br", ".br"), ("gzip", ".gz"))


class Asset(Struct, frozen=True):
    """A file as it is sent to one client."""

    content: bytes
    encoding: str
    tag: str


class Precompressed:
    """The files of one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept: dict[str, bytes] = {}

    def find(self, name: str, version: str, accepted: str) -> Asset:
        """The file in the best encoding that the client accepts; `name` must be one of ours.

        Raises:
            FileNotFoundError: it was removed since.
        """
        encoding, suffix = _best(accepted)
        return Asset(self._read(name + suffix), encoding, f'"{version}{suffix}"')

    def _read(self, file: str) -> bytes:
        if file not in self._kept:
            self._kept[file] = (self._folder / file).read_bytes()
        return self._kept[file]


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
