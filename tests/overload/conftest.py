"""A whole server with two projects on it, asked by more than it can serve."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from msgspec import Struct

from tests.browser.server import Server, a_server
from tests.overload.traffic import request
from tests.processes import family

LONG = os.environ.get("REJOINDER_TEST_LONG") == "1"
TICKETS = 40
BODY_S = 5.0


class Tenant(Struct, frozen=True):
    """A project with tickets in it, and a key that opens it."""

    project: int
    key: str
    tickets: list[str]

    @property
    def path(self) -> str:
        return f"/api/projects/{self.project}/conversations/tickets/"

    def ask(self, path: str = "", method: str = "GET", body: object = None) -> bytes:
        return request(method, self.path + path, body, Authorization=f"Bearer {self.key}")

    def work(self) -> list[bytes]:
        """What a team does all day: looks at lists, opens tickets, and gets new ones."""
        looking = [self.ask(f"?limit={limit}&search=hello") for limit in (10, 20, 30)]
        opening = [self.ask(f"{ticket}/") for ticket in self.tickets[:5]]
        return [*looking, *opening, self.ask("", "POST", {"message": "hello", "title": "again"})]


class House(Struct, frozen=True):
    """The server, and who lives on it."""

    server: Server
    one: Tenant
    other: Tenant

    @property
    def port(self) -> int:
        return int(self.server.url.rpartition(":")[2])

    def figure(self, name: str, **labels: str) -> float:
        """A number of /metrics."""
        text = httpx.get(f"{self.server.url}/metrics", timeout=30).text
        given = ",".join(f'{key}="{value}"' for key, value in labels.items())
        wanted = re.escape(f"{name}{{{given}}}" if given else name)
        found = re.search(rf"^{wanted} (\S+)$", text, re.MULTILINE)
        return float(found[1]) if found else 0.0

    def memory(self) -> int:
        """What the processes that answer hold, in bytes; PostgreSQL's are left out."""
        found = [pid for pid in family(os.getpid()) if _is_ours(pid, self.server)]
        return sum(_resident(pid) for pid in found)


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    given = {"rate_limits": "false", "request_timeout_s": str(BODY_S), "stream_patience_s": "3"}
    with a_server(tmp_path_factory.mktemp("house"), **given) as server:
        (project,) = server.admin("list-projects")["projects"]
        organization = project["organization_id"]
        other = server.admin("create-project", "Other", "--organization", organization)
        yield House(server, _tenant(server, project["id"]), _tenant(server, other["id"]))


def _tenant(server: Server, project: int) -> Tenant:
    tenant = Tenant(project, server.key, [])
    headers = {"Authorization": f"Bearer {server.key}"}
    with httpx.Client(base_url=server.url, headers=headers, timeout=30) as client:
        for number in range(TICKETS):
            body: dict[str, Any] = {"message": "hello " * 50, "title": f"Ticket {number}"}
            tenant.tickets.append(client.post(tenant.path, json=body).json()["id"])
    return tenant


def _is_ours(pid: int, server: Server) -> bool:
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except FileNotFoundError:
        return False
    return b"serve" in command and str(server.data_dir).encode() in command


def _resident(pid: int) -> int:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")
