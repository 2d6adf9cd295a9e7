"""Log files, for whoever looks for what must not stand in them."""

from pathlib import Path

from msgspec import Struct


class Log(Struct, frozen=True):
    """A file, and where the welcome of the first start ends in it."""

    path: str
    start: int = 0

    def text(self) -> str:
        return Path(self.path).read_bytes()[self.start :].decode(errors="replace")
