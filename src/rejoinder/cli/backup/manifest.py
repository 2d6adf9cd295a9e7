"""What a backup says of itself, in its last part but one."""

from datetime import datetime
from typing import Final

from msgspec import Struct

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
SEAL: Final = "manifest.json.sha256"
SECRET: Final = "secrets/secret_key"  # noqa: S105  the name of a part
FILES: Final = "files/"


class Part(Struct, frozen=True):
    """A member of the tar, as it lies there."""

    name: str
    size: int
    sha256: str


class Table(Struct, frozen=True):
    """A table's rows, in the text format of COPY."""

    name: str
    columns: list[str]
    rows: int
    part: str


class Sequence(Struct, frozen=True):
    """Where the numbers of a column have got to."""

    name: str
    last_value: int


class Manifest(Struct, frozen=True, kw_only=True):
    """`schema` are the migrations that had been applied; `missing_files` were not in the store."""

    format: int = FORMAT
    version: str
    created_at: datetime
    schema: list[str]
    tables: list[Table]
    sequences: list[Sequence]
    missing_files: list[str]
    parts: list[Part]

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables)

    @property
    def files(self) -> list[str]:
        return [part.name for part in self.parts if part.name.startswith(FILES)]
