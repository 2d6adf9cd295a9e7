"""Reading a backup's file: nothing is taken from it before all of it has been checked."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from gzip import GzipFile
from hashlib import sha256
from pathlib import Path
from tarfile import TarError, TarFile, TarInfo
from tarfile import open as open_tar
from typing import BinaryIO, Final, cast

import msgspec
from msgspec import Struct

from rejoinder.cli.backup.manifest import FORMAT, MANIFEST, SEAL, Manifest, Part
from rejoinder.cli.progress import Tell
from rejoinder.errors import RejoinderError

_PIECE: Final = 1024 * 1024


class BackupUnusable(RejoinderError):
    """The file is no backup of ours, not all of one, or was changed."""

    code = "backup_unusable"


class _Format(Struct):
    """What can be told of a manifest of any version."""

    format: int


class Backup:
    """A backup whose manifest has been checked; `check` does the same for all of its parts."""

    def __init__(self, path: Path, tar: TarFile) -> None:
        self.path = path
        self._tar = tar
        self._members = _members(path, tar)
        self.manifest = self._manifest()

    def check(self, tell: Tell) -> None:
        """Raises BackupUnusable unless each part is as it was written, and none is new."""
        wanted = {part.name: part for part in self.manifest.parts}
        named = {table.part for table in self.manifest.tables} | wanted.keys()
        if missing := named - self._members.keys():
            raise self._unusable(f"it lacks {min(missing)}")
        if added := self._members.keys() - wanted.keys() - {MANIFEST, SEAL}:
            raise self._unusable(f"{min(added)} does not belong to it")
        for part in wanted.values():
            tell(f"checking {part.name}")
            if self._measured(part.name) != part:
                raise self._unusable(f"{part.name} was changed or damaged")

    def has(self, name: str) -> bool:
        return name in self._members

    def opened(self, name: str) -> BinaryIO:
        """The part, unpacked if it is packed."""
        found = cast("BinaryIO", self._tar.extractfile(self._members[name]))
        return cast("BinaryIO", GzipFile(fileobj=found)) if name.endswith(".gz") else found

    def pieces(self, name: str) -> Iterator[bytes]:
        with self.opened(name) as part:
            while piece := part.read(_PIECE):
                yield piece

    def _manifest(self) -> Manifest:
        for name in (MANIFEST, SEAL):
            if name not in self._members:
                raise self._unusable("it has no end")
        text = self._text(MANIFEST)
        if self._text(SEAL).split()[:1] != [sha256(text).hexdigest().encode()]:
            raise self._unusable("its manifest was changed or damaged")
        try:
            format_ = msgspec.json.decode(text, type=_Format).format
            if format_ > FORMAT:
                raise self._unusable("a newer Rejoinder has written it")
            return msgspec.json.decode(text, type=Manifest)
        except msgspec.MsgspecError as error:
            raise self._unusable(f"its manifest cannot be read ({error})") from None

    def _text(self, name: str) -> bytes:
        return b"".join(self.pieces(name))

    def _measured(self, name: str) -> Part:
        digest, size = sha256(), 0
        found = cast("BinaryIO", self._tar.extractfile(self._members[name]))
        while piece := found.read(_PIECE):
            digest.update(piece)
            size += len(piece)
        return Part(name, size, digest.hexdigest())

    def _unusable(self, reason: str) -> BackupUnusable:
        return BackupUnusable(f"{self.path} cannot be restored: {reason}.")


@contextmanager
def reading(path: Path) -> Generator[Backup]:
    """The backup at `path`.

    Raises:
        BackupUnusable: it is none, or its end is not what was written.
    """
    with _read_errors(path):
        tar = open_tar(path, "r:")  # noqa: SIM115  the next statement closes it
    with tar:
        with _read_errors(path):
            backup = Backup(path, tar)
        yield backup


@contextmanager
def _read_errors(path: Path) -> Generator[None]:
    try:
        yield
    except TarError as error:
        raise BackupUnusable(f"{path} cannot be restored: {error}.") from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise BackupUnusable(f"{path} cannot be read: {reason}.") from None


def _members(path: Path, tar: TarFile) -> dict[str, TarInfo]:
    found = tar.getmembers()
    members = {member.name: member for member in found if member.isfile()}
    if len(members) != len(found):
        raise BackupUnusable(f"{path} cannot be restored: it holds something twice, or no files.")
    return members
