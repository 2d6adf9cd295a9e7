"""The scripts of posthog-js, as `make setup` laid them beside this module, in three encodings."""

from pathlib import Path
from typing import Final

import msgspec
import structlog
from msgspec import Struct

from rejoinder.web.precompressed import Asset, Precompressed

log = structlog.stdlib.get_logger(__name__)

FOLDER: Final = Path(__file__).parent / "static"
ABSENT: Final = "posthog-js is not installed on this server: run make setup."


class _Index(Struct, frozen=True):
    version: str = ""
    files: dict[str, str] = {}


class Assets:
    """Scripts by name."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._files = Precompressed(folder)
        self._index = _read_index(folder)

    @property
    def version(self) -> str:
        """The version of posthog-js; empty when it is absent."""
        return self._index.version

    def find(self, name: str, accepted: str) -> Asset | None:
        """The script in the best encoding that the client accepts; None when there is none."""
        tag = self._index.files.get(name)
        return None if tag is None else self._files.find(name, tag, accepted)


def _read_index(folder: Path) -> _Index:
    try:
        return msgspec.json.decode((folder / "index.json").read_bytes(), type=_Index)
    except FileNotFoundError:
        log.warning("posthog-js absent", folder=str(folder))
        return _Index()
