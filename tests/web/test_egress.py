"""The one door for outgoing HTTP: what it opens for, and what it never connects to."""

import ast
import asyncio
import socket
import ssl
from collections.abc import AsyncGenerator, Sequence
from ipaddress import ip_address

import pytest
import trustme

from rejoinder.settings import Settings, SettingsError
from rejoinder.web.egress.addresses import Policy, is_public, policy
from rejoinder.web.egress.client import Egress
from rejoinder.web.egress.errors import EgressError, Refused, Unreachable
from rejoinder.web.egress.target import parse
from tests.architecture.tree import PACKAGE, modules
from tests.receiver import Received, Receiver, a_receiver, reply
from tests.web.egress import OPEN, a_call, sent

ANY_PORT = (range(1, 65_536),)
# Every way that is known to write an address which looks like another one.
PRIVATE = [
    "127.0.0.1",
    "127.1.2.3",
    "0.0.0.0",
    "10.0.0.1",
    "100.64.0.1",
    "100.100.100.200",
    "168.63.129.16",
    "169.254.169.254",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.0.192",
    "192.168.1.1",
    "192.88.99.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::7f00:1",
    "100::1",
    "2001::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "2001:db8::1",
    "2002:7f00:1::",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%1",
    "fec0::1",
    "ff02::1",
]
HOSTS = [
    "127.0.0.1",
    "127.1",
    "0",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "0177.0.0.1",
    "0.0.0.0",
    "localhost",
    "localhost.",
    "LOCALHOST",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "①②⑦.0.0.1",
    "127。0。0。1",
    "example.com@127.0.0.1",
    "127.0.0.1%00.example.com",
    "127.0.0.1\\@example.com",
    "127.0.0.1#@example.com",
    "[fe80::1%25lo]",
    " 127.0.0.1",
    "127.0.0.1\t",
    "127.0.0.1\r\nX: y",
    socket.gethostname(),
]


@pytest.fixture
async def canary() -> AsyncGenerator[Receiver]:
    """Listens everywhere on this machine; nothing may ever arrive."""
    receiver = Receiver()
    async with receiver.listening("0.0.0.0"):
        yield receiver


@pytest.fixture
async def receiver() -> AsyncGenerator[Receiver]:
    async with a_receiver() as receiver:
        yield receiver


@pytest.mark.parametrize("address", PRIVATE)
def test_no_address_inside_a_network_is_public(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.215.14", "2606:4700::1111", "2a00:1450::1"])
def test_addresses_on_the_internet_are_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize("host", HOSTS)
async def test_no_spelling_of_this_machine_is_connected_to(host: str, canary: Receiver) -> None:
    egress = Egress(Policy(ANY_PORT))

    for url in (f"http://{host}:{canary.port}/", f"http://{host}:{canary.port}"):
        with pytest.raises(EgressError):
            await egress.check(a_call(url))
        with pytest.raises(EgressError):
            await sent(egress, url)

    assert canary.connections == 0


@pytest.mark.parametrize("scheme", ["file", "gopher", "ftp", "ws", "HTTP", "", "dict"])
async def test_only_http_is_spoken(scheme: str, canary: Receiver) -> None:
    with pytest.raises(Refused):
        await sent(Egress(OPEN), f"{scheme}://127.0.0.1:{canary.port}/")

    assert canary.connections == 0


@pytest.mark.parametrize("port", [22, 25, 5432, 6379])
async def test_ports_of_other_protocols_are_refused_even_where_the_network_is_allowed(
    port: int,
) -> None:
    egress = Egress(policy(Settings().egress_ports, "127.0.0.0/8"))

    with pytest.raises(Refused, match=f"Port {port}"):
        await egress.check(a_call(f"http://127.0.0.1:{port}/"))


@pytest.mark.parametrize("private", ["127.0.0.1", "::1", "10.0.0.1"])
async def test_one_private_address_among_public_ones_is_enough_to_refuse(
    private: str, canary: Receiver
) -> None:
    async def resolve(_host: str, _port: int) -> Sequence[str]:
        return ["93.184.215.14", private]

    with pytest.raises(Refused):
        await sent(Egress(Policy(ANY_PORT), resolve=resolve), f"http://a.test:{canary.port}/")

    assert canary.connections == 0


async def test_a_name_is_resolved_once_and_the_checked_address_is_connected_to(
    receiver: Receiver,
) -> None:
    answers = [["127.0.0.1"], ["127.0.0.2"]]

    async def resolve(_host: str, _port: int) -> Sequence[str]:
        return answers.pop(0)

    elsewhere = Receiver()
    elsewhere.port = receiver.port
    async with elsewhere.listening("127.0.0.2"):
        url = f"http://flips.test:{receiver.port}/x?y=1"
        found = await sent(Egress(OPEN, resolve=resolve), url)

    assert found.status == 200
    assert receiver.received[0].headers["host"] == f"flips.test:{receiver.port}"
    assert receiver.received[0].target == "/x?y=1"
    assert (len(answers), elsewhere.connections) == (1, 0)


async def test_the_next_address_is_tried_when_one_takes_no_connection(receiver: Receiver) -> None:
    async def resolve(_host: str, _port: int) -> Sequence[str]:
        return ["127.0.0.3", "127.0.0.1"]

    found = await sent(Egress(OPEN, resolve=resolve), f"http://two.test:{receiver.port}/")

    assert found.status == 200


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_redirects_are_not_followed(
    status: int, receiver: Receiver, canary: Receiver
) -> None:
    async def behave(_: Received) -> bytes:
        return reply(status, b"", f"Location: http://127.0.0.1:{canary.port}/")

    receiver.behaviour = behave
    found = await sent(Egress(OPEN), receiver.url)

    assert found.status == status
    assert (len(receiver.received), canary.connections) == (1, 0)


@pytest.mark.parametrize("answer", [b"", b"SSH-2.0-x\r\n\r\n", b"HTTP/1.1 200 OK\r\n: x\r\n\r\n"])
async def test_what_is_no_http_is_no_answer(answer: bytes, receiver: Receiver) -> None:
    async def behave(_: Received) -> bytes:
        if not answer:
            raise ConnectionResetError
        return answer

    receiver.behaviour = behave

    with pytest.raises(Unreachable):
        await sent(Egress(OPEN, timeout=1), receiver.url)


async def test_a_certificate_must_name_the_host_and_be_trusted() -> None:
    authority = trustme.CA()
    theirs = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("hooks.test").configure_cert(theirs)  # pyright: ignore[reportUnknownMemberType]  half typed
    trust = ssl.create_default_context()
    authority.configure_trust(trust)  # pyright: ignore[reportUnknownMemberType]  half typed

    async def resolve(_host: str, _port: int) -> Sequence[str]:
        return ["127.0.0.1"]

    async with Receiver().listening(tls=theirs) as receiver:
        right, wrong = (f"https://{name}.test:{receiver.port}/" for name in ("hooks", "other"))
        found = await sent(Egress(OPEN, resolve=resolve, trust=trust), right)
        with pytest.raises(Unreachable):
            await sent(Egress(OPEN, resolve=resolve, trust=trust), wrong)
        with pytest.raises(Unreachable):
            await sent(Egress(OPEN, resolve=resolve), right)

    assert (found.status, len(receiver.received)) == (200, 1)


async def test_an_open_connection_is_used_again(receiver: Receiver) -> None:
    async with Egress(OPEN).opened() as egress:
        for _ in range(3):
            await egress.send(a_call(receiver.url))

    assert (len(receiver.received), receiver.connections) == (3, 1)


async def test_slow_names_do_not_delay_quick_ones(receiver: Receiver) -> None:
    async def resolve(host: str, _port: int) -> Sequence[str]:
        if host == "slow.test":
            await asyncio.Event().wait()
        return ["127.0.0.1"]

    async with Egress(OPEN, resolve=resolve, timeout=5).opened() as egress:
        slow = asyncio.create_task(egress.send(a_call(f"http://slow.test:{receiver.port}/")))
        found = await egress.send(a_call(f"http://quick.test:{receiver.port}/"))
        slow.cancel()

    assert found.status == 200


def test_an_address_in_brackets_is_named_in_brackets() -> None:
    assert parse("https://[2606:4700::1111]/x").host_header == "[2606:4700::1111]"
    assert parse("http://a.test:8080").host_header == "a.test:8080"


@pytest.mark.parametrize(
    ("ports", "networks"), [("0", ""), ("80-", ""), ("x", ""), ("80", "10.0.0.1/8")]
)
def test_a_policy_that_cannot_be_read_stops_the_start(ports: str, networks: str) -> None:
    with pytest.raises(SettingsError, match="EGRESS"):
        policy(ports, networks)


def test_nothing_else_opens_an_http_connection() -> None:
    clients = {
        "httpcore",
        "httpx",
        "aiohttp",
        "requests",
        "urllib3",
        "urllib.request",
        "http.client",
    }
    importing = {
        str(module.path.relative_to(PACKAGE))
        for module in modules()
        for node in ast.walk(module.syntax)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
        if name in clients or name.partition(".")[0] in clients
    }

    assert importing == {"web/egress/client.py"}
