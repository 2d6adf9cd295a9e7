"""From which pages a widget may speak, and to which a restore link may lead."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

RESTORE_PARAMETER: Final = "ph_conv_restore"

_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
_NOT_IN_A_URL: Final = re.compile(r"[\x00-\x20\x7f\\]")
# Apps have no origin; the public token is all they could show.
_OUR_APPS: Final = re.compile(r"posthog-(ios|android|react-native|flutter)/")


class Place(NamedTuple):
    """Where a page comes from; an entry of the allow-list may leave scheme or port open."""

    scheme: str | None
    host: str
    port: int | None


def place_of(url: str) -> Place | None:
    """The origin of a page; None when the text is not the address of one."""
    if _NOT_IN_A_URL.search(url):
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname or "@" in parts.netloc:
        return None
    return Place(parts.scheme, _host(parts.hostname), port or _DEFAULT_PORTS[parts.scheme])


def is_allowed(place: Place | None, domains: Sequence[str]) -> bool:
    """Whether an entry names the place: a host, `*.host`, or a URL with scheme and maybe port."""
    return place is not None and any(_matches(place, domain) for domain in domains)


def may_speak(
    origin: str | None, referer: str | None, user_agent: str, domains: Sequence[str]
) -> bool:
    """Whether a page may open or continue tickets; without a list every page may."""
    if not domains or _OUR_APPS.match(user_agent):
        return True
    return is_allowed(place_of(origin or referer or ""), domains)


def restore_link(url: str, token: str) -> str:
    """The page's address with the token in its query, and without a fragment."""
    parts = urlsplit(url)
    query = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if name != RESTORE_PARAMETER
    ]
    query.append((RESTORE_PARAMETER, token))
    return parts._replace(query=urlencode(query), fragment="").geturl()


def _matches(place: Place, domain: str) -> bool:
    entry = _entry(domain)
    if entry is None or entry.scheme not in {None, place.scheme}:
        return False
    if entry.port not in {None, place.port}:
        return False
    if entry.host.startswith("*."):
        apex = entry.host[2:]
        return place.host == apex or place.host.endswith("." + apex)
    return place.host == entry.host


def _entry(domain: str) -> Place | None:
    text = domain.strip()
    scheme, separator, _ = text.partition("://")
    try:
        parts = urlsplit(text if separator else "//" + text)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if not host or "@" in parts.netloc:
        return None
    return Place(scheme.lower() if separator else None, _host(host), port)


def _host(host: str) -> str:
    host = host.rstrip(".").lower()
    try:
        return host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        return host
