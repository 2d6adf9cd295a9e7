"""Customers who write while what answers them is killed: nothing is lost, doubled or skipped."""

import os
import signal
import threading
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.browser.server import Server, a_server
from tests.processes import eventually, family, parent, postmaster, program

WRITERS, EACH = 8, 6


@pytest.fixture
def server(tmp_path: Path) -> Generator[Server]:
    with a_server(tmp_path, rate_limits="false") as server:
        yield server


class Browser:
    """A widget session that insists: a message is sent until it is taken, under one id."""

    def __init__(self, server: Server) -> None:
        token = server.admin("show-project", "1")["widget_public_token"]
        self.base = f"{server.url}/api/conversations/v1/widget"
        self.headers = {"X-Conversations-Token": token}
        self.session = str(uuid4())
        self.ticket: str | None = None

    def send(self, text: str) -> None:
        body: dict[str, Any] = {
            "widget_session_id": self.session,
            "distinct_id": "cleo",
            "message": text,
            "ticket_id": self.ticket,
            "client_id": text,
        }
        assert eventually(lambda: self._is_taken(body), 40)

    def _is_taken(self, body: dict[str, Any]) -> bool:
        answer = self.ask("POST", "message", json=body)
        if answer is None or answer.status_code != 200:
            return False
        self.ticket = answer.json()["ticket_id"]
        return True

    def ask(self, method: str, path: str, **options: Any) -> httpx.Response | None:
        try:
            return httpx.request(
                method, f"{self.base}/{path}", headers=self.headers, timeout=8, **options
            )
        except httpx.TransportError:
            return None

    def poll(self, seen: list[str], enough: threading.Event) -> None:
        """Reads on behind the last message, as widgets do."""
        after = "2000-01-01T00:00:00+00:00"
        while not enough.is_set():
            parameters = {"widget_session_id": self.session, "after": after, "limit": 5}
            answer = self.ask("GET", f"messages/{self.ticket}", params=parameters)
            if answer is not None and answer.status_code == 200:
                for message in answer.json()["messages"]:
                    seen.append(message["content"])
                    after = message["created_at"]
            enough.wait(0.02)


def kill(data_dir: Path, number: int) -> None:
    """The worker, or PostgreSQL, in turn."""
    postgres = postmaster(data_dir)
    if number % 2:
        os.kill(postgres, signal.SIGKILL)
        return
    for pid in family(parent(postgres)) - family(postgres) - {parent(postgres)}:
        if program(pid).startswith("python"):
            os.kill(pid, signal.SIGKILL)


def test_messages_survive_kills_and_a_poller_sees_each_once(server: Server) -> None:
    browser = Browser(server)
    browser.send("first")
    seen: list[str] = []
    enough = threading.Event()
    polling = threading.Thread(target=browser.poll, args=(seen, enough), daemon=True)
    polling.start()

    def write(writer: int) -> None:
        for number in range(EACH):
            if writer < 4 and number == 1 + writer:
                kill(server.data_dir, writer)
            browser.send(f"writer {writer}, message {number}")

    with ThreadPoolExecutor(WRITERS) as threads:
        list(threads.map(write, range(WRITERS)))
    total = WRITERS * EACH + 1
    everything_came = eventually(lambda: len(seen) >= total, 30)
    enough.set()
    polling.join(20)

    assert everything_came, seen
    assert len(seen) == len(set(seen)) == total
    headers = {"Authorization": f"Bearer {server.key}"}
    tickets = f"{server.url}/api/projects/1/conversations/tickets/"
    unread = httpx.get(f"{tickets}unread_count/", headers=headers).json()["count"]
    thread = httpx.get(f"{tickets}1/messages/?limit=200", headers=headers).json()
    ticket = httpx.get(f"{tickets}?limit=1", headers=headers).json()["results"][0]
    assert (unread, thread["count"], ticket["message_count"]) == (total, total, total)
    assert ticket["last_message_at"] == thread["results"][-1]["created_at"]
