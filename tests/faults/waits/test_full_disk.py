"""A full disk: reads go on, writes are refused, nothing that was acknowledged is lost, and all
goes on by itself when there is room again. The database, its log, the files and our own log lie on
a small file system of their own, which only root can make.
"""

import errno
import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.browser.server import Server, a_server
from tests.faults.waits.report import LONG, report
from tests.faults.waits.situation import Answered
from tests.messages.attachments.uploading import PNG
from tests.processes import eventually, is_root

_ROUNDS = 300 if LONG else 20
_UPLOADS = 10
_TICKETS = "/api/projects/1/conversations/tickets/"
_FILES = "/api/projects/1/conversations/attachments/"

pytestmark = pytest.mark.skipif(not is_root(), reason="only root can mount a file system")


@contextmanager
def a_small_disk(folder: Path) -> Generator[Path]:
    mount = ["mount", "-t", "tmpfs", "-o", "size=128m,mode=0711", "tmpfs", folder]
    if subprocess.run(mount, check=False).returncode:
        pytest.skip("this system mounts nothing")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Generator[Server]:
    folder = tmp_path_factory.mktemp("disk")
    with (
        a_small_disk(folder) as disk,
        a_server(disk, rate_limits="false", log_format="json") as server,
    ):
        yield server


@contextmanager
def full(folder: Path) -> Generator[None]:
    """Not a byte is left."""
    balloon = folder / "balloon"
    with balloon.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4_096))
        except OSError as error:
            assert error.errno == errno.ENOSPC  # noqa: PT017  there is no end without it
    try:
        yield
    finally:
        balloon.unlink()


class Desk:
    """Asks, each time by a connection of its own, and notes what became of it."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self.answers: list[Answered] = []
        self.reasons: set[str] = set()
        self.acknowledged: set[str] = set()

    def create(self) -> int:
        answer = self._ask("create", "POST", _TICKETS, json={"message": "x" * 3_000})
        if answer.status_code == 201:
            self.acknowledged.add(answer.json()["id"])
        return answer.status_code

    def upload(self) -> int:
        files = {"file": ("picture.png", PNG + bytes(100_000))}
        return self._ask("upload", "POST", _FILES, files=files).status_code

    def read(self) -> set[str]:
        answer = self._ask("read", "GET", _TICKETS, params={"limit": 1000})
        assert answer.status_code == 200, answer.text
        return {ticket["id"] for ticket in answer.json()["results"]}

    def _ask(self, kind: str, method: str, path: str, **options: object) -> httpx.Response:
        began = time.monotonic()
        headers = {"Authorization": f"Bearer {self._server.key}"}
        url = self._server.url + path
        answer = httpx.request(method, url, headers=headers, timeout=20, **options)  # type: ignore[arg-type]  # handed through
        seconds = time.monotonic() - began
        self.answers.append(Answered(kind, answer.status_code, seconds, dict(answer.headers)))
        if answer.is_error:
            self.reasons.add(answer.json()["code"])
        return answer


def test_a_full_disk_loses_nothing_and_heals_when_there_is_room(server: Server) -> None:
    desk = Desk(server)
    assert desk.create() == 201

    with full(server.data_dir.parent):
        for number in range(_ROUNDS):
            desk.create()
            desk.read()
            if number < _UPLOADS:
                desk.upload()

    refused = [answer for answer in desk.answers if answer.status not in {200, 201}]
    report("a full disk", desk.answers)
    assert {answer.status for answer in refused} == {503}
    assert {answer.kind for answer in refused} == {"create", "upload"}
    assert desk.reasons == {"out_of_space"}
    began = time.monotonic()
    assert eventually(lambda: desk.create() == 201 and desk.upload() == 201)
    report(f"a disk with room again: {time.monotonic() - began:.2f} s", desk.answers[-2:])
    assert desk.acknowledged <= desk.read()
