import stat
from multiprocessing import get_context
from pathlib import Path

import pytest

from rejoinder.auth.secret_key import secret_key
from rejoinder.settings import Settings, SettingsError


def test_a_key_is_made_once_and_only_we_can_read_it(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data")

    first, second = secret_key(settings), secret_key(settings)

    file = tmp_path / "data" / "secret_key"
    assert first == second == file.read_text()
    assert len(first) >= 32
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["secret_key"]


def test_processes_that_start_at_once_have_the_same_key(tmp_path: Path) -> None:
    with get_context("spawn").Pool(2) as processes:
        keys = processes.map(secret_key, [Settings(data_dir=tmp_path)] * 8, chunksize=1)

    assert len(set(keys)) == 1


def test_the_operators_key_is_used_unless_it_is_short(tmp_path: Path) -> None:
    key = "a key of at least thirty-two characters"

    assert secret_key(Settings(data_dir=tmp_path, secret_key=key)) == key
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(SettingsError, match="REJOINDER_SECRET_KEY"):
        secret_key(Settings(secret_key="short"))
