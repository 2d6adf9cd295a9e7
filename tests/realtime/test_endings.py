"""What ends a stream of a real server: a client that stops reading, and a shutdown."""

import re
import socket
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from tests.browser.server import Server, a_server
from tests.processes import eventually
from tests.realtime.clients import a_client, a_widget, by_key

STREAM = "/api/projects/1/events/stream?types=ticket.traits_changed"
# Together more than the kernel keeps for two sockets.
CHANGES = 60
TRAIT = "x" * 150_000
# A text is short enough for a message; all together are more than the kernel keeps, too.
REPLIES = 450
TEXT = "\N{SNOWMAN}" * 4_900


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Generator[Server]:
    """Has room for two streams, and little patience."""
    settings = {"rate_limits": "false", "max_streams": "2", "stream_patience_s": "0.5"}
    with a_server(tmp_path_factory.mktemp("stalled"), **settings) as server:
        yield server


def rest_of(client: socket.socket) -> bytes:
    """What it can still read until the connection ends."""
    client.settimeout(20)
    said = b""
    while part := client.recv(1_000_000):
        said += part
    return said


def test_a_client_that_stops_reading_is_cut_and_others_do_not_notice(server: Server) -> None:
    headers = by_key(server)
    with (
        closing(a_client(server, STREAM, headers, b"\n: ")) as stuck,
        httpx.Client(base_url=server.url, headers=headers, timeout=30) as client,
        httpx.Client(base_url=server.url, headers=headers, timeout=30) as writer,
        client.stream("GET", STREAM) as stream,
    ):
        lines = stream.iter_lines()
        assert next(lines).startswith(":")
        assert httpx.get(server.url + STREAM, headers=headers).status_code == 503
        tickets = "/api/projects/1/conversations/tickets/"
        assert writer.post(tickets, json={}).status_code == 201
        for number in range(CHANGES):
            change = {"anonymous_traits": {"name": f"{number} {TRAIT}"}}
            assert writer.patch(f"{tickets}1/", json=change).status_code == 200
            while not next(lines).startswith("data:"):
                pass

        assert eventually(lambda: has_room(writer, STREAM))
        assert not rest_of(stuck).endswith(b"0\r\n\r\n")


def has_room(client: httpx.Client, stream: str) -> bool:
    """Whether there is a place for one more."""
    with client.stream("GET", stream) as another:
        return another.status_code == 200


def test_a_widget_that_stops_reading_is_cut_and_others_do_not_notice(server: Server) -> None:
    ticket, path, headers = a_widget(server)
    with (
        closing(a_client(server, path, headers, b"event: ticket")) as stuck,
        httpx.Client(base_url=server.url, headers=headers, timeout=30) as client,
        httpx.Client(base_url=server.url, headers=by_key(server), timeout=30) as writer,
        client.stream("GET", path) as stream,
    ):
        events = (line for line in stream.iter_lines() if line.startswith("event:"))
        assert next(events) == "event: ticket"
        assert httpx.get(server.url + path, headers=headers).status_code == 503
        for number in range(REPLIES):
            reply = {"message": f"{number} {TEXT}"}
            url = f"/api/projects/1/conversations/tickets/{ticket}/reply/"
            assert writer.post(url, json=reply).status_code == 201
            while next(events) != "event: message":
                pass

        with httpx.Client(base_url=server.url, headers=headers) as third:
            assert eventually(lambda: has_room(third, path))
        assert not rest_of(stuck).endswith(b"0\r\n\r\n")


def test_a_server_that_stops_ends_its_streams_and_says_when_to_come_back(tmp_path: Path) -> None:
    with a_server(tmp_path) as server:
        client = a_client(server, STREAM, by_key(server), b"\n: ")

    with closing(client):
        said = rest_of(client)

    assert said.endswith(b"0\r\n\r\n")
    hint = re.search(rb"retry: (\d+)\n\n", said)
    assert hint
    assert 500 <= int(hint[1]) <= 5_000
