"""Writing a backup's file: whole or not at all."""

import os
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from gzip import GzipFile
from hashlib import sha256
from pathlib import Path
from tarfile import BLOCKSIZE, GNU_FORMAT, RECORDSIZE, TarInfo
from types import TracebackType
from typing import Final, Self

import msgspec

from rejoinder.cli.backup.manifest import MANIFEST, SEAL, Manifest, Part
from rejoinder.errors import RejoinderError

Write = Callable[[bytes], object]

_ONLY_OURS: Final = 0o600
# Little of the size is to be had with more, and much of the time.
_LEVEL: Final = 1


class BackupNotWritten(RejoinderError):
    """The file cannot be written where it was wanted."""

    code = "backup_not_written"


class Writing:
    """A backup that is being written under another name; `finish` gives it the one it was wanted.

    Until then, and if anything goes wrong, there is no file of that name.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.parts: list[Part] = []
        self._draft = path.with_name(f".{path.name}.{os.getpid()}.partial")

    def __enter__(self) -> Self:
        with self._errors():
            self._refuse_to_replace()
            self._draft.unlink(missing_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
            self._file = os.fdopen(os.open(self._draft, flags, _ONLY_OURS), "wb")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        # What is left in the buffer of a full disk cannot be written now either.
        with suppress(OSError):
            self._file.close()
        with suppress(OSError):
            self._draft.unlink(missing_ok=True)

    @contextmanager
    def part(self, name: str, *, compressed: bool = False) -> Generator[Write]:
        """A part of the tar, written piece by piece; its header follows when its size is known."""
        body = _Body(self._write)
        begin = self._tell()
        self._write(bytes(BLOCKSIZE))
        if compressed:
            with GzipFile("", "wb", _LEVEL, fileobj=body, mtime=0) as packed:  # pyright: ignore[reportArgumentType]  it only writes
                yield packed.write
        else:
            yield body.write
        self._write(bytes(-body.size % BLOCKSIZE))
        self._head(begin, name, body.size)
        self.parts.append(Part(name, body.size, body.digest.hexdigest()))

    def finish(self, manifest: Manifest) -> int:
        """Says what it holds, and gives the file its name; returns its size."""
        text = msgspec.json.format(msgspec.json.encode(manifest))
        with self.part(MANIFEST) as write:
            write(text)
        with self.part(SEAL) as write:
            write(f"{sha256(text).hexdigest()}  {MANIFEST}\n".encode())
        size = self._tell()
        self._write(bytes(-(size + 2 * BLOCKSIZE) % RECORDSIZE + 2 * BLOCKSIZE))
        with self._errors():
            self._file.flush()
            os.fsync(self._file.fileno())
            size = self._file.tell()
            self._file.close()
            self._refuse_to_replace()
            self._draft.rename(self.path)
            _keep(self.path.parent)
        return size

    def _refuse_to_replace(self) -> None:
        if os.path.lexists(self.path):
            raise BackupNotWritten(f"{self.path} exists already.")

    def _head(self, begin: int, name: str, size: int) -> None:
        info = TarInfo(name)
        info.size, info.mode = size, _ONLY_OURS
        header = info.tobuf(GNU_FORMAT)
        if len(header) != BLOCKSIZE:
            raise BackupNotWritten(f"The name {name} is too long for a part.")
        with self._errors():
            end = self._file.tell()
            self._file.seek(begin)
            self._file.write(header)
            self._file.seek(end)

    def _write(self, data: bytes) -> None:
        with self._errors():
            self._file.write(data)

    def _tell(self) -> int:
        with self._errors():
            return self._file.tell()

    @contextmanager
    def _errors(self) -> Generator[None]:
        try:
            yield
        except OSError as error:
            reason = error.strerror or str(error)
            raise BackupNotWritten(f"{self.path} cannot be written: {reason}.") from error


class _Body:
    """What lies in the tar between a part's header and its end: measured and hashed."""

    def __init__(self, write: Callable[[bytes], None]) -> None:
        self.size = 0
        self.digest = sha256()
        self._write = write

    def write(self, data: bytes) -> int:
        self.size += len(data)
        self.digest.update(data)
        self._write(data)
        return len(data)

    def flush(self) -> None:
        """Nothing is held back here."""


def _keep(folder: Path) -> None:
    """So that the new name survives the machine's end."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
