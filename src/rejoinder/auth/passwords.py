"""Passwords as Argon2id: hashed beside the event loop, and never many at once."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from msgspec import Struct

from rejoinder.errors import Invalid

T = TypeVar("T")

SHORTEST: Final = 8
LONGEST: Final = 256
_AT_ONCE: Final = 2

_hasher = PasswordHasher()


class Verdict(Struct, frozen=True):
    """Whether the password is right; `rehashed` if we would hash it differently today."""

    is_right: bool
    rehashed: str | None = None


def checked(password: str) -> str:
    """The password, if it may be one.

    Raises:
        Invalid: it is too short or too long (attr `password`).
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise Invalid(f"Choose a password of {SHORTEST} to {LONGEST} characters.", attr="password")
    return password


def hashed(password: str) -> str:
    """For commands that nobody else waits for; servers use `Passwords`."""
    return _hasher.hash(password)


class Passwords:
    """Argon2 in threads of its own: a flood of sign-ins takes neither all cores nor the memory."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="argon2")
        self._nobodys: str | None = None

    async def hash(self, password: str) -> str:
        return await self._beside(lambda: hashed(password))

    async def verify(self, kept: str | None, password: str) -> Verdict:
        """Takes as long for nobody (None) as for somebody: the time tells no address."""
        if self._nobodys is None:
            self._nobodys = await self.hash("nobody's password")
        against = kept or self._nobodys
        verdict = await self._beside(lambda: _verdict(against, password))
        return verdict if kept else Verdict(is_right=False)

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _beside(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)


def _verdict(kept: str, password: str) -> Verdict:
    try:
        _hasher.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return Verdict(is_right=False)
    stale = _hasher.check_needs_rehash(kept)
    return Verdict(is_right=True, rehashed=hashed(password) if stale else None)
