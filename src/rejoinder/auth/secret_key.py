"""The key that signs what we hand out: the operator's, or one that is kept in the data folder."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

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
        _make(file)
    return file.read_text(encoding="ascii")


def _make(file: Path) -> None:
    """Appears whole or not at all; of several processes that make it, the first one's stays."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{_FILE}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _ONLY_OURS)
    with os.fdopen(descriptor, "w", encoding="ascii") as writing:
        writing.write(new_token())
        writing.flush()
        os.fsync(writing.fileno())
    with suppress(FileExistsError):
        file.hardlink_to(draft)
    draft.unlink()
