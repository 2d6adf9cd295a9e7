"""Who has a data directory: one process at a time, by a lock the kernel takes back at its end."""

import fcntl
import os
import time
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from rejoinder.errors import RejoinderError

_PAUSE = 0.05


class DataDirInUse(RejoinderError):
    """Another process has its database in this data directory."""

    code = "data_dir_in_use"


class Holder(Struct, frozen=True):
    """The process that has the lease; with a DSN once others may use its database, too."""

    pid: int
    dsn: str | None = None


class Lease:
    """A lock on the file `path`, which also says whose it is."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    def take(self, patience: float) -> None:
        """Wait for a command to give the lease back, but not for a server, which keeps it."""
        deadline = time.monotonic() + patience
        file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        while not _locked(file, fcntl.LOCK_EX):
            holder = self._holder()
            if holder.dsn is not None or time.monotonic() > deadline:
                os.close(file)
                raise self._in_use(holder)
            time.sleep(_PAUSE)
        self._file = file
        self.sign(None)

    def sign(self, dsn: str | None) -> None:
        """Write down who we are, and where our database answers if others may use it."""
        if self._file is not None:
            text = msgspec.json.encode(Holder(os.getpid(), dsn))
            os.pwrite(self._file, text, 0)
            os.ftruncate(self._file, len(text))

    def give_back(self) -> None:
        if self._file is not None:
            os.ftruncate(self._file, 0)
            os.close(self._file)
            self._file = None

    def announced(self, patience: float) -> str | None:
        """The DSN of the holder, waiting for one that is just starting; None without a holder."""
        deadline = time.monotonic() + patience
        while self._is_held():
            holder = self._holder()
            if holder.dsn is not None:
                return holder.dsn
            if time.monotonic() > deadline:
                raise self._in_use(holder)
            time.sleep(_PAUSE)
        return None

    def _holder(self) -> Holder:
        with suppress(OSError, msgspec.MsgspecError):
            return msgspec.json.decode(self._path.read_bytes(), type=Holder)
        return Holder(0)

    def _is_held(self) -> bool:
        try:
            file = os.open(self._path, os.O_RDONLY)
        except (FileNotFoundError, NotADirectoryError):
            return False
        except PermissionError:
            raise DataDirInUse(f"{self._path.parent} belongs to another user.") from None
        try:
            return not _locked(file, fcntl.LOCK_SH)
        finally:
            os.close(file)

    def _in_use(self, holder: Holder) -> DataDirInUse:
        return DataDirInUse(f"{self._path.parent} is in use by process {holder.pid}.")


def _locked(file: int, kind: int) -> bool:
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
