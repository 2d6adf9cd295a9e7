"""Clients that take their time: they are cut, and nobody else waits for them."""

import socket
import time
from contextlib import ExitStack, closing

from tests.overload.conftest import BODY_S, LONG, House
from tests.overload.traffic import Plan, Report, Stream, run

CLIENTS = 1_000 if LONG else 200
# How long the server waits for a header, and what a busy machine may add.
HEADER_S, SLACK_S = 10.0, 10.0


def opened(house: House, said: bytes, stack: ExitStack, window: int = 0) -> list[socket.socket]:
    clients: list[socket.socket] = []
    for _ in range(CLIENTS):
        client = stack.enter_context(closing(socket.socket()))
        if window:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
        client.connect(("127.0.0.1", house.port))
        client.sendall(said)
        clients.append(client)
    return clients


def served_meanwhile(house: House) -> Report:
    (report,) = run(Plan(house.port, 2.0, [Stream(house.other.work(), 40, 32)]))
    print(f"beside {CLIENTS} slow clients: {report}")
    return report


def seconds_until_cut(clients: list[socket.socket], began: float, patience: float) -> float:
    """When the last of them was cut."""
    for client in clients:
        client.settimeout(max(0.1, began + patience - time.monotonic()))
        while client.recv(65_536):
            pass
    return time.monotonic() - began


def test_who_says_nothing_or_half_a_header_is_cut(house: House) -> None:
    with ExitStack() as stack:
        began = time.monotonic()
        clients = opened(house, b"", stack)
        clients += opened(house, b"GET /livez HTTP/1.1\r\nHost: x\r\nX-A: ", stack)
        others = served_meanwhile(house)
        took = seconds_until_cut(clients, began, HEADER_S + SLACK_S)

    print(f"cut after {took:.1f} s")
    assert (others.refused, others.broken, others.other) == (0, 0, 0)


def test_a_slow_body_is_cut_and_holds_nobody_up(house: House) -> None:
    head = house.one.ask("", "POST", {"message": "x" * 1_000})
    with ExitStack() as stack:
        began = time.monotonic()
        clients = opened(house, head[:-900], stack)
        others = served_meanwhile(house)
        at_work = house.figure("rejoinder_http_in_flight")
        took = seconds_until_cut(clients, began, BODY_S + SLACK_S)

    print(f"cut after {took:.1f} s, {at_work:.0f} at work meanwhile")
    assert (others.refused, others.broken, others.other) == (0, 0, 0)
    assert at_work < CLIENTS / 4


def test_who_does_not_read_costs_little_and_delays_nobody(house: House) -> None:
    script = b"GET /static/array.full.no-external.js HTTP/1.1\r\nHost: x\r\n\r\n"
    before = house.memory()
    with ExitStack() as stack:
        opened(house, script, stack, window=4_096)
        others = served_meanwhile(house)
        grown = house.memory() - before

    print(f"{grown / CLIENTS / 1024:.0f} kB each")
    assert (others.refused, others.broken, others.other) == (0, 0, 0)
    assert grown < CLIENTS * 1_048_576


def test_idle_connections_cost_next_to_nothing(house: House) -> None:
    before = house.memory()
    with ExitStack() as stack:
        opened(house, b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n", stack)
        others = served_meanwhile(house)
        grown = house.memory() - before

    print(f"{grown / CLIENTS / 1024:.0f} kB each")
    assert (others.refused, others.broken, others.other) == (0, 0, 0)
    assert grown < CLIENTS * 262_144
