"""Where the bytes lie: a folder of ours, or a bucket. Half a file is never kept."""

import errno
import os
from collections.abc import AsyncIterable, AsyncIterator, Generator, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from hashlib import sha256
from typing import Final

import obstore
import structlog
from msgspec import Struct
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, from_url

from rejoinder.errors import Invalid, NotFound, OutOfSpace, PayloadTooLarge, Unavailable
from rejoinder.settings import PREFIX, Settings, SettingsError

log = structlog.get_logger(__name__)

_HEAD: Final = 4_096
# A bucket takes parts of five megabytes or more.
_PART_OF_BUCKET: Final = 5 * 1024 * 1024
_PART_OF_FOLDER: Final = 256 * 1024
_PARTS_AT_ONCE: Final = 2
_PIECE: Final = 64 * 1024
# The store's errors have no number.
_NO_ROOM: Final = os.strerror(errno.ENOSPC)
# Uploads of one process; what they hold in memory is this times three parts.
_AT_ONCE: Final = 16


class Written(Struct, frozen=True):
    """What was kept of an upload; `head` are its first bytes."""

    size: int
    sha256: bytes
    head: bytes


class Files:
    """The file store, opened when it is first needed."""

    def __init__(self, settings: Settings) -> None:
        """Raises SettingsError when the store's URL is none that we can use."""
        self._folder = settings.data_dir / "files"
        self._bucket = _bucket(settings.files_url)
        self._part = _PART_OF_BUCKET if self._bucket else _PART_OF_FOLDER
        self._most = settings.max_upload_bytes
        self._writing = 0

    @cached_property
    def store(self) -> ObjectStore:
        return self._bucket or LocalStore(self._folder, mkdir=True)

    async def write(self, key: str, chunks: AsyncIterable[bytes]) -> Written:
        """Keeps what arrives, all of it or nothing.

        Raises:
            PayloadTooLarge, Invalid: it is too long, or empty.
            Unavailable: too many arrive already, or the store does not answer.
        """
        if self._writing >= _AT_ONCE:
            raise Unavailable("Too many uploads at once. Try again shortly.", code="overloaded")
        self._writing += 1
        try:
            with _store_errors():
                return await self._write(key, chunks)
        finally:
            self._writing -= 1

    async def _write(self, key: str, chunks: AsyncIterable[bytes]) -> Written:
        size, digest, head = 0, sha256(), b""
        async with obstore.open_writer_async(
            self.store, key, buffer_size=self._part, max_concurrency=_PARTS_AT_ONCE
        ) as file:
            async for chunk in chunks:
                size += len(chunk)
                if size > self._most:
                    raise PayloadTooLarge(self._most)
                digest.update(chunk)
                if len(head) < _HEAD:
                    head += chunk[: _HEAD - len(head)]
                await file.write(chunk)
            if not size:
                raise Invalid("The submitted file is empty.", attr="file", code="empty")
        return Written(size, digest.digest(), head)

    async def read(self, key: str) -> AsyncIterator[bytes]:
        """The object in pieces.

        Raises:
            NotFound: it is gone.
            Unavailable: the store does not answer.
        """
        with _store_errors():
            try:
                found = await obstore.get_async(self.store, key)
            except FileNotFoundError:
                raise NotFound from None
        return _pieces(found)

    async def delete(self, keys: Sequence[str]) -> None:
        """Removes the objects that are still there, and what an interrupted upload left of them."""
        with _store_errors():
            try:
                await obstore.delete_async(self.store, keys)
            except FileNotFoundError:
                for key in keys:
                    with suppress(FileNotFoundError):
                        await obstore.delete_async(self.store, key)
        if self._bucket is None:
            for key in keys:
                # How the local store calls a file that is still being written.
                (self._folder / f"{key}#1").unlink(missing_ok=True)


async def _pieces(found: "obstore.GetResult") -> AsyncIterator[bytes]:
    async for piece in found.stream(min_chunk_size=_PIECE):
        yield bytes(piece)


def _bucket(url: str) -> ObjectStore | None:
    try:
        return from_url(url) if url else None
    except (BaseError, ValueError, OSError) as error:
        reason = str(error).partition("\n")[0]
        raise SettingsError(f"{PREFIX}FILES_URL: {reason}") from None


@contextmanager
def _store_errors() -> Generator[None]:
    """Puts what the store cannot do, for whatever reason, in the words of the API."""
    try:
        yield
    except (BaseError, OSError) as error:
        log.warning("files.unavailable", error=type(error).__name__)
        if _NO_ROOM in str(error):
            raise OutOfSpace from error
        raise Unavailable("The file store does not answer. Try again shortly.") from error
