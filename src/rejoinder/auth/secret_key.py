"""The key that signs what we hand out: the operator's, or one that is kept in the data folder."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from rejoinder.errors import Conflict
from rejoinder.ids import new_token
from rejoinder.settings import PREFIX, Settings, SettingsError

_SHORTEST: Final = 32
_FILE: Final = "secret_key"
_ONLY_OURS: Final = 0o600


def secret_key(settings: Settings) -> str:
    """The same for every process on this data folder; made when it is first asked for.

    Raises:
        SettingsError: the operator's is too short.
    """
    if settings.secret_key:
        if len(settings.secret_key) < _SHORTEST:
            raise SettingsError(f"{PREFIX}SECRET_KEY: At least {_SHORTEST} characters.")
        return settings.secret_key
    file = settings.data_dir / _FILE
    if not file.exists():
        _make(file, new_token())
    return file.read_text(encoding="ascii")


def kept_secret(settings: Settings) -> str | None:
    """The key in the data folder, if there is one."""
    file = settings.data_dir / _FILE
    return file.read_text(encoding="ascii") if file.exists() else None


def keep_secret(settings: Settings, secret: str) -> None:
    """Puts the key of another data folder into this one.

    Raises:
        Conflict: it has a key of its own.
    """
    file = settings.data_dir / _FILE
    if not file.exists():
        _make(file, secret)
    if kept_secret(settings) != secret:
        raise Conflict(f"{file} is another key. Move it away first.")


def _make(file: Path, secret: str) -> None:
    """Appears whole or not at all; of several processes that make it, the first one's stays."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{_FILE}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _ONLY_OURS)
    with os.fdopen(descriptor, "w", encoding="ascii") as writing:
        writing.write(secret)
        writing.flush()
        os.fsync(writing.fileno())
    with suppress(FileExistsError):
        file.hardlink_to(draft)
    draft.unlink()
