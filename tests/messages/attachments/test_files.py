from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path

import pytest

from rejoinder.errors import NotFound, Unavailable
from rejoinder.messages.attachments.files import Files
from rejoinder.settings import Settings, SettingsError
from tests.messages.attachments.uploading import pieces


@pytest.fixture(params=["folder", "memory"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> Files:
    """A store as it is by default, and one that is named by its URL."""
    url = "memory:///" if request.param == "memory" else ""
    return Files(Settings(data_dir=tmp_path, files_url=url))


async def everything(chunks: AsyncIterator[bytes]) -> bytes:
    return b"".join([chunk async for chunk in chunks])


async def test_what_is_written_can_be_read_and_is_counted(files: Files) -> None:
    contents = [bytes([number]) * 70_000 for number in range(9)]

    written = await files.write("1/key", pieces(contents))

    whole = b"".join(contents)
    assert (written.size, written.sha256) == (len(whole), sha256(whole).digest())
    assert written.head == whole[:4096]
    assert await everything(await files.read("1/key")) == whole


async def test_the_first_bytes_are_gathered_from_many_pieces(files: Files) -> None:
    written = await files.write("1/key", pieces([b"%", b"PDF", b"-1.4"]))

    assert written.head == b"%PDF-1.4"


async def test_what_is_deleted_is_gone_and_may_be_deleted_again(files: Files) -> None:
    for key in ("1/a", "1/b", "1/c"):
        await files.write(key, pieces([b"x"]))

    await files.delete(["1/a", "1/never", "1/b"])
    await files.delete(["1/a"])

    with pytest.raises(NotFound):
        await files.read("1/a")
    with pytest.raises(NotFound):
        await files.read("1/b")
    assert await everything(await files.read("1/c")) == b"x"


async def test_a_store_that_fails_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "files").write_text("in the way")
    files = Files(Settings(data_dir=tmp_path))

    with pytest.raises(Unavailable):
        await files.write("1/key", pieces([b"x"]))


@pytest.mark.parametrize("url", ["nonsense", "ftp://example.com/x", "file:///not/there"])
def test_a_store_that_cannot_be_used_is_named_at_the_start(url: str) -> None:
    with pytest.raises(SettingsError, match="REJOINDER_FILES_URL"):
        Files(Settings(files_url=url))


def test_a_bucket_is_not_asked_before_it_is_needed() -> None:
    files = Files(Settings(files_url="s3://bucket/prefix"))

    assert 'prefix="prefix"' in repr(files.store)
