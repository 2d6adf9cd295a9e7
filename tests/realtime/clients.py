"""Clients of a real server's streams, read no further than they want."""

import socket
from uuid import uuid4

import httpx

from tests.browser.server import Server
from tests.channels.widget.browser import WIDGET


def by_key(server: Server) -> dict[str, str]:
    return {"Authorization": f"Bearer {server.key}"}


def a_client(server: Server, path: str, headers: dict[str, str], greeting: bytes) -> socket.socket:
    """Has taken the answer's beginning, and then nothing more."""
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    client.connect(("127.0.0.1", httpx.URL(server.url).port))
    lines = [f"GET {path} HTTP/1.1", "Host: here", *map(": ".join, headers.items()), "", ""]
    client.sendall("\r\n".join(lines).encode())
    said = b""
    while greeting not in said:
        part = client.recv(1_000)
        assert part, said
        said += part
    return client


def a_widget(server: Server) -> tuple[str, str, dict[str, str]]:
    """A customer's new ticket: its id, where it is streamed, and with which headers."""
    enabled = {"conversations_enabled": True, "conversations_settings": {"widget_enabled": True}}
    url = f"{server.url}/api/projects/1/"
    project = httpx.patch(url, headers=by_key(server), json=enabled).raise_for_status().json()
    token = {"X-Conversations-Token": project["conversations_settings"]["widget_public_token"]}
    session = str(uuid4())
    said = httpx.post(
        f"{server.url}{WIDGET}message",
        headers=token,
        json={"widget_session_id": session, "distinct_id": "cleo", "message": "Hello"},
    )
    ticket = said.raise_for_status().json()["ticket_id"]
    return ticket, f"{WIDGET}stream?widget_session_id={session}&ticket_id={ticket}", token
