"""The addresses of attachments: signed, and good for a while only."""

from collections.abc import Callable
from functools import cached_property, partial
from hashlib import sha256
from time import time
from typing import Final, cast
from uuid import UUID

from itsdangerous import BadData, URLSafeSerializer
from msgspec import Struct

from rejoinder.auth.guards import TeamRequest
from rejoinder.auth.secret_key import secret_key
from rejoinder.errors import Forbidden
from rejoinder.messages.attachments.types import Link
from rejoinder.settings import Settings

PATH: Final = "/api/conversations/attachments"

# What the signature is for: that of another purpose opens nothing here.
_PURPOSE: Final = "rejoinder.attachment"


class Target(Struct, frozen=True, array_like=True):
    """What a link opens, and until when."""

    project_id: int
    attachment_id: UUID
    expires_at: int


class Links:
    """Makes links and opens them."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = time) -> None:
        self._settings = settings
        self._base = settings.files_public_url.rstrip("/")
        self._step = settings.attachment_url_s // 2
        self._clock = clock

    @cached_property
    def _signer(self) -> URLSafeSerializer:
        key = secret_key(self._settings)
        return URLSafeSerializer(key, _PURPOSE, signer_kwargs={"digest_method": sha256})

    def url(self, base: str, project_id: int, attachment_id: UUID) -> str:
        """The attachment's address. It stays the same for a while, so that caches can be used."""
        expires_at = (int(self._clock()) // self._step + 2) * self._step
        token = self._signer.dumps([project_id, attachment_id.hex, expires_at])
        return f"{self._base or base}{PATH}/{token}"

    def opened(self, token: str) -> Target:
        """What the token opens.

        Raises:
            Forbidden: it is none of ours, was altered, or has run out; these look alike.
        """
        try:
            project_id, attachment_id, expires_at = cast(
                "tuple[int, str, int]", self._signer.loads(token)
            )
        except (BadData, ValueError):
            raise _refused() from None
        if expires_at <= self._clock():
            raise _refused()
        return Target(project_id, UUID(attachment_id), expires_at)

    def seconds_left(self, target: Target) -> int:
        return int(target.expires_at - self._clock())


def link_of(request: TeamRequest) -> Link:
    """The links that a teammate's answer holds."""
    links = cast("Links", request.app.state["links"])
    return partial(links.url, request.base_url_text, request.caller.project_id)


def _refused() -> Forbidden:
    return Forbidden("This link is not valid, or no longer.")
