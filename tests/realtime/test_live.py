"""A stream of a real server that is killed in the middle, and so is its database."""

import json
import os
import signal
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.browser.server import Server, a_server
from tests.processes import eventually, family, kill_postgres, parent, postmaster, program


class Reader:
    """Follows the log in a thread of its own, and comes back to its place after every break."""

    def __init__(self, server: Server) -> None:
        self.seen: list[dict[str, Any]] = []
        self._server = server
        self._last = "0-0"
        self._enough = threading.Event()
        self._thread = threading.Thread(target=self._follow, daemon=True)

    @contextmanager
    def following(self) -> Generator[None]:
        self._thread.start()
        try:
            yield
        finally:
            self._enough.set()
            self._thread.join(20)

    def numbers(self) -> list[int]:
        """The tickets it has heard of, each event once."""
        unique = {event["id"]: event for event in self.seen}
        return [event["data"]["ticket_number"] for event in unique.values()]

    def _follow(self) -> None:
        while not self._enough.is_set():
            try:
                self._read()
            except httpx.TransportError:
                self._enough.wait(0.1)

    def _read(self) -> None:
        url = f"{self._server.url}/api/projects/1/events/stream?types=ticket.created"
        headers = {"Authorization": f"Bearer {self._server.key}", "Last-Event-ID": self._last}
        with httpx.stream("GET", url, headers=headers, timeout=5) as response:
            for line in response.iter_lines():
                if line.startswith("data: "):
                    event = json.loads(line.removeprefix("data: "))
                    self.seen.append(event)
                    self._last = event["cursor"]
                if self._enough.is_set():
                    return


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Generator[Server]:
    with a_server(tmp_path_factory.mktemp("live"), rate_limits="false") as server:
        yield server


def create(server: Server, number: int) -> bool:
    """Whether the ticket was acknowledged; with its key it is created once, however often asked."""
    url = f"{server.url}/api/projects/1/conversations/tickets/"
    headers = {"Authorization": f"Bearer {server.key}", "Idempotency-Key": f"ticket {number}"}
    try:
        return httpx.post(url, headers=headers, json={}, timeout=8).status_code == 201
    except httpx.TransportError:
        return False


def kill_worker(data_dir: Path) -> None:
    """The process that answers requests."""
    postgres = postmaster(data_dir)
    for pid in family(parent(postgres)) - family(postgres) - {parent(postgres)}:
        if program(pid).startswith("python"):
            os.kill(pid, signal.SIGKILL)


def test_a_stream_resumes_across_kills_of_server_and_database(server: Server) -> None:
    reader = Reader(server)
    kills = {5: kill_worker, 10: kill_postgres, 15: kill_worker, 20: kill_postgres}

    with reader.following():
        for number in range(1, 26):
            if kill := kills.get(number):
                kill(server.data_dir)
            assert eventually(lambda number=number: create(server, number), 30)

        assert eventually(lambda: len(reader.numbers()) >= 25, 30), reader.numbers()

    assert reader.numbers() == list(range(1, 26))
