"""Which addresses and ports may be spoken to, by explicit ranges.

`ipaddress.is_global` is not asked: it calls `64:ff9b::7f00:1`, `2002:7f00:1::` and `224.0.0.1`
global.
"""

from collections.abc import Iterable
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from typing import Final

from msgspec import Struct

from rejoinder.settings import PREFIX, SettingsError

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_LARGEST_PORT: Final = 65_535

_CLOSED_V4: Final = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8",  # this network
            "10.0.0.0/8",  # private
            "100.64.0.0/10",  # shared by carriers; also Alibaba's metadata
            "127.0.0.0/8",  # loopback
            "168.63.129.16/32",  # Azure's metadata, though the address is public
            "169.254.0.0/16",  # link-local; also the metadata of most clouds
            "172.16.0.0/12",  # private
            "192.0.0.0/24",  # protocol assignments; also Oracle's metadata
            "192.0.2.0/24",  # documentation
            "192.31.196.0/24",  # AS112
            "192.52.193.0/24",  # multicast tunnels
            "192.88.99.0/24",  # 6to4 relays
            "192.168.0.0/16",  # private
            "192.175.48.0/24",  # AS112
            "198.18.0.0/15",  # benchmarks
            "198.51.100.0/24",  # documentation
            "203.0.113.0/24",  # documentation
            "224.0.0.0/4",  # multicast
            "240.0.0.0/4",  # reserved, and broadcast
        ),
    )
)

# Of IPv6 only this is the Internet. Outside of it lie loopback, every form of embedded IPv4
# (mapped, compatible, NAT64), unique local, link-local, site-local and multicast addresses.
_OPEN_V6: Final = IPv6Network("2000::/3")
_CLOSED_V6: Final = tuple(
    map(
        IPv6Network,
        (
            "2001::/23",  # protocol assignments: Teredo, ORCHID, benchmarks
            "2001:db8::/32",  # documentation
            "2002::/16",  # 6to4
            "2620:4f:8000::/48",  # AS112
            "3fff::/20",  # documentation
        ),
    )
)


def is_public(address: Address) -> bool:
    """Whether it is a host somewhere on the Internet, and nothing that stands for another one."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _CLOSED_V4)
    if address.scope_id is not None:
        return False
    return address in _OPEN_V6 and not any(address in network for network in _CLOSED_V6)


class Policy(Struct, frozen=True):
    """What the operator permits: ports, and networks that are not public."""

    ports: tuple[range, ...]
    networks: tuple[Network, ...] = ()

    def allows_port(self, port: int) -> bool:
        return any(port in ports for ports in self.ports)

    def allows(self, text: str) -> bool:
        """Whether the address, as the resolver writes it, may be connected to."""
        address = ip_address(text)
        return is_public(address) or any(address in network for network in self.networks)


EVERYWHERE: Final = Policy(
    (range(1, _LARGEST_PORT + 1),), (IPv4Network("0.0.0.0/0"), IPv6Network("::/0"))
)


def policy(ports: str, networks: str) -> Policy:
    """The policy of two comma lists such as `80,8000-8999` and `10.0.0.0/8,192.168.1.5`.

    Raises:
        SettingsError: a part of the one is no port, or of the other no network.
    """
    try:
        return Policy(tuple(map(_ports, _parts(ports))), tuple(map(ip_network, _parts(networks))))
    except ValueError as error:
        raise SettingsError(f"{PREFIX}EGRESS_PORTS or _NETWORKS: {error}") from None


def _parts(text: str) -> Iterable[str]:
    return filter(None, map(str.strip, text.split(",")))


def _ports(text: str) -> range:
    first, dash, last = text.partition("-")
    ports = range(int(first), int(last if dash else first) + 1)
    if not ports or ports[0] < 1 or ports[-1] > _LARGEST_PORT:
        raise ValueError(f"{text!r} is not a port or a range of ports")
    return ports
