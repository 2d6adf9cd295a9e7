"""Bodies that are too much of something: refused in a moment, and not kept in memory."""

import socket
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress

import pytest
from msgspec import Struct

from tests.overload.conftest import House

MIB = 1_048_576
MOST_MIB = 32
# Refused within a second on a machine that has one to spare; this tells it from reading it all.
MOMENT_S = 5.0

PART = b'--b\r\nContent-Disposition: form-data; name="f%d"\r\n\r\na\r\n'


class Flood(Struct, frozen=True):
    """A body, how it is announced, and the statuses with which it may be refused."""

    headers: str
    pieces: Callable[[], Iterable[bytes]]
    statuses: tuple[int, ...]


def chunked(total: int) -> Iterator[bytes]:
    piece = b"10000\r\n" + b" " * 65_536 + b"\r\n"
    for _ in range(total // 65_536):
        yield piece


def json_of(size: int) -> Iterator[bytes]:
    yield b'{"message": "' + b"a" * size + b'"}'


FORM = "&".join(f"field{number}=a" for number in range(10_000)).encode()
PARTS = b"".join(PART % number for number in range(10_000)) + b"--b--\r\n"

FLOODS = {
    "a gigabyte in chunks": Flood(
        "Content-Type: application/json\r\nTransfer-Encoding: chunked",
        lambda: chunked(1_024 * MIB),
        (413,),
    ),
    "ten megabytes of JSON": Flood(
        f"Content-Type: application/json\r\nContent-Length: {10 * MIB + 15}",
        lambda: json_of(10 * MIB),
        (413,),
    ),
    "compressed": Flood(
        "Content-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: 1000",
        lambda: [b"\x1f\x8b" + b"\0" * 998],
        (415,),
    ),
    "ten thousand fields": Flood(
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(FORM)}",
        lambda: [FORM],
        (400, 413),
    ),
    "ten thousand parts": Flood(
        f"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {len(PARTS)}",
        lambda: [PARTS],
        (400, 413),
    ),
}


def status_of(house: House, flood: Flood) -> tuple[int, int]:
    """The status, and how many bytes were taken before it came."""
    head = f"POST {house.one.path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {house.one.key}"
    sent = 0
    with closing(socket.create_connection(("127.0.0.1", house.port), timeout=30)) as client:
        client.sendall(f"{head}\r\n{flood.headers}\r\n\r\n".encode())
        with suppress(ConnectionError):
            for piece in flood.pieces():
                client.sendall(piece)
                sent += len(piece)
        with suppress(ConnectionError):
            return int(client.recv(65_536)[9:12] or 0), sent
    return 0, sent


@pytest.mark.parametrize("name", FLOODS)
def test_too_much_of_a_body_is_refused_in_a_moment(house: House, name: str) -> None:
    flood = FLOODS[name]
    before, began = house.memory(), time.monotonic()

    status, sent = status_of(house, flood)

    took, grown = time.monotonic() - began, (house.memory() - before) / MIB
    print(f"{name}: {status} after {took:.2f} s and {sent / MIB:.1f} MB, {grown:+.1f} MB of memory")
    # Cut in the middle of sending, a client may see the connection's end before the answer.
    assert status in (*flood.statuses, 0)
    assert took < MOMENT_S
    assert grown < MOST_MIB
    assert sent < 64 * MIB
