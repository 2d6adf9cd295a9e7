"""URLs that we are asked to call, taken apart once and strictly."""

import re
from typing import Final

from msgspec import Struct

from rejoinder.web.egress.errors import Refused

_LONGEST: Final = 8_000
_PORTS: Final = {"http": 80, "https": 443}
_LARGEST_PORT: Final = 65_535

# No user name, no fragment, no backslash, nothing outside ASCII: wherever two parsers could
# disagree about which host is meant, there is no host.
_URL: Final = re.compile(
    r"(?P<scheme>https?)://"
    r"(?P<host>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.?)"
    r"(?::(?P<port>[0-9]{1,5}))?"
    r"(?P<path>/[\w.~:/@!$&'()*+,;=%-]*)?"
    r"(?P<query>\?[\w.~:/?@!$&'()*+,;=%\[\]-]*)?",
    re.ASCII,
)


class Target(Struct, frozen=True):
    """Where a request goes; `host` is what is resolved, and what a certificate must name."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def host_header(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


def parse(url: str) -> Target:
    """The target of a URL.

    Raises:
        Refused: it is none that we call.
    """
    if len(url) > _LONGEST:
        raise Refused(f"The URL is longer than {_LONGEST} characters.")
    if (found := _URL.fullmatch(url)) is None:
        raise Refused(
            "Give an http or https URL in ASCII, without user name, password and fragment."
        )
    scheme = found["scheme"]
    port = int(found["port"] or _PORTS[scheme])
    if not 0 < port <= _LARGEST_PORT:
        raise Refused("There is no such port.")
    path = (found["path"] or "/") + (found["query"] or "")
    return Target(scheme, found["host"].strip("[]").lower(), port, path)


def host_of(url: str) -> str:
    """The host, for the log; nothing if there is none that we call."""
    found = _URL.fullmatch(url)
    return found["host"] if found else ""
