"""Whom a request comes from when it comes through proxies of ours.

What a proxy says about its client is believed from configured addresses only, and only as far back
as such addresses reach: whatever stands further left, the client could have written.
"""

from collections.abc import Iterable, Iterator, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any, Final

from msgspec import Struct

from rejoinder.settings import PREFIX, Settings, SettingsError

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_SCHEMES: Final = frozenset({"http", "https"})


class Hop(Struct, frozen=True):
    """What a proxy says about who asked it, and how; empty where it says nothing."""

    address: str
    scheme: str = ""


class Proxies:
    """The proxies that are believed."""

    def __init__(self, settings: Settings) -> None:
        """Raises SettingsError when the setting lists something that is no network."""
        self._networks = _networks(settings.trusted_proxies)
        self._read = _forwarded if settings.forwarded_header == "forwarded" else _x_forwarded

    def __bool__(self) -> bool:
        return bool(self._networks)

    def trace(self, scope: Any) -> None:
        """Puts the client's address and scheme into the scope, in place of a trusted proxy's."""
        client = scope["client"]
        if client is None or not self._trusts(_address(client[0])):
            return
        for hop in reversed(self._read(scope["headers"])):
            if hop.scheme in _SCHEMES:
                scope["scheme"] = hop.scheme
            address = _address(hop.address)
            if address is None:
                return
            scope["client"] = (str(address), 0)
            if not self._trusts(address):
                return

    def _trusts(self, address: Address | None) -> bool:
        return address is not None and any(address in network for network in self._networks)


def _networks(text: str) -> tuple[Network, ...]:
    parts = filter(None, map(str.strip, text.split(",")))
    try:
        return tuple(ip_network(part, strict=False) for part in parts)
    except ValueError as error:
        raise SettingsError(f"{PREFIX}TRUSTED_PROXIES: {error}.") from None


def _address(text: str) -> Address | None:
    """The address without port and brackets; IPv4 in the clothes of IPv6 is IPv4."""
    bare = text.strip().strip('"')
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        address = ip_address(bare)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _x_forwarded(headers: Iterable[tuple[bytes, bytes]]) -> Sequence[Hop]:
    """Each proxy adds an address; of the schemes the nearest proxy's own counts."""
    found = list(headers)
    addresses = list(_items(found, b"x-forwarded-for"))
    schemes = list(_items(found, b"x-forwarded-proto"))
    hops = [Hop(address) for address in addresses]
    scheme = schemes[-1].lower() if schemes else ""
    return [*hops[:-1], Hop(addresses[-1] if addresses else "", scheme)]


def _forwarded(headers: Iterable[tuple[bytes, bytes]]) -> Sequence[Hop]:
    """RFC 7239: each proxy adds an element, its parts apart by semicolons."""
    return [_element(text) for text in _items(headers, b"forwarded")]


def _element(text: str) -> Hop:
    pairs = (part.partition("=") for part in text.split(";"))
    said = {name.strip().lower(): value.strip().strip('"') for name, _, value in pairs}
    return Hop(said.get("for", ""), said.get("proto", "").lower())


def _items(headers: Iterable[tuple[bytes, bytes]], wanted: bytes) -> Iterator[str]:
    """The parts of a header that is a list, however many lines it has."""
    for name, value in headers:
        if name == wanted:
            yield from (part.strip() for part in value.decode("latin-1").split(","))
