"""An event as posthog-js and its siblings send it, reduced to what we look at."""

from typing import Any

from msgspec import Struct


class Captured(Struct, frozen=True, kw_only=True):
    name: str
    distinct_id: str
    properties: dict[str, Any] = {}


class Batch(Struct, frozen=True):
    """What one request carries; `token` is empty when it names no project."""

    token: str
    events: list[Captured]
