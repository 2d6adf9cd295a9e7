"""What a browser brings: the cookie of its session, and the proof that a page of ours asks.

A browser sends a cookie along with whatever any page makes it send. So what changes something needs
two things that only our own pages have: the origin, which the browser states, and a token.
"""

import hmac
from collections.abc import Iterator
from functools import cached_property
from hashlib import sha256
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from rejoinder.auth.secret_key import secret_key
from rejoinder.auth.types import Lifetime
from rejoinder.errors import Forbidden
from rejoinder.settings import Settings
from rejoinder.web.request import ApiRequest

COOKIE: Final = "rejoinder_session"
CSRF_HEADER: Final = "X-CSRF-Token"
SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})

# What the signature is for: that of another purpose opens nothing here.
_PURPOSE: Final = b"rejoinder.csrf:"


class Sessions:
    """Reads and writes the cookie, and checks where a request comes from."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.life = Lifetime.of(settings)
        self._public_origin = _origin(settings.public_url)

    @cached_property
    def _key(self) -> bytes:
        return secret_key(self._settings).encode()

    def token_in(self, request: ApiRequest) -> str:
        """The session's token; empty when the request brings none."""
        wanted = self._cookie_name(request)
        return next((value for name, value in _cookies(request) if name == wanted), "")

    def cookie(self, request: ApiRequest, token: str) -> dict[str, str]:
        """The header that keeps the session in the browser for as long as it can last."""
        return self._header(request, token, int(self.life.longest.total_seconds()))

    def no_cookie(self, request: ApiRequest) -> dict[str, str]:
        """The header that takes the session out of the browser."""
        return self._header(request, "", 0)

    def csrf_token(self, session_id: UUID) -> str:
        return hmac.new(self._key, _PURPOSE + session_id.bytes, sha256).hexdigest()

    def check(self, request: ApiRequest, session_id: UUID) -> None:
        """Lets a change through that a page of ours asks for.

        Raises:
            Forbidden: it does not come from one, or lacks the session's token (`csrf_failed`).
        """
        given = request.header(CSRF_HEADER.lower().encode())
        expected = self.csrf_token(session_id).encode()
        is_ours = self._place(request) is True
        if not (hmac.compare_digest(given, expected) and is_ours):
            raise _refused()

    def check_origin(self, request: ApiRequest) -> None:
        """Lets a sign-in through unless a page of somebody else's asks for it.

        Raises:
            Forbidden: one does (`csrf_failed`).
        """
        if self._place(request) is False:
            raise _refused()

    def _place(self, request: ApiRequest) -> bool | None:
        """Whether a page of ours asks; None when nothing says that a page asks at all."""
        if site := request.header(b"sec-fetch-site"):
            return site == b"same-origin"
        if origin := request.header(b"origin").decode("latin-1"):
            # Put together, not taken apart: an origin that is none is nobody's, and no error.
            host = request.header(b"host").decode("latin-1")
            return origin in {self._public_origin, f"http://{host}", f"https://{host}"}
        return None

    def _is_secure(self, request: ApiRequest) -> bool:
        """Whether browsers reach us by TLS: always, or this one through a trusted proxy."""
        return self._public_origin.startswith("https://") or request.scope["scheme"] == "https"

    def _cookie_name(self, request: ApiRequest) -> str:
        return f"__Host-{COOKIE}" if self._is_secure(request) else COOKIE

    def _header(self, request: ApiRequest, token: str, seconds: int) -> dict[str, str]:
        name, secure = self._cookie_name(request), "; Secure" if self._is_secure(request) else ""
        value = f"{name}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax"
        return {"Set-Cookie": value + secure}


def _cookies(request: ApiRequest) -> Iterator[tuple[str, str]]:
    for name, value in request.scope["headers"]:
        if name == b"cookie":
            for part in value.decode("latin-1").split(";"):
                key, _, text = part.strip().partition("=")
                yield key, text


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def _refused() -> Forbidden:
    return Forbidden("This request does not come from a page of this server.", code="csrf_failed")
