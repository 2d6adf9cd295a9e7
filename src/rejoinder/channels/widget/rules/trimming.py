"""What is kept of the traits and the context that a page sends along: some of it, never all."""

from collections.abc import Mapping
from typing import Any, Final

_TRAITS: Final = 50
_TRAIT_KEY: Final = 200
_TRAIT_TEXT: Final = 500
_CONTEXT: Final = 20
_CONTEXT_KEY: Final = 100
_CONTEXT_TEXT: Final = 2_000


def traits(given: Mapping[str, Any]) -> dict[str, str | None]:
    """The first fifty usable entries, their values as text."""
    usable = {
        key: None if value is None else str(value)[:_TRAIT_TEXT]
        for key, value in given.items()
        if len(key) <= _TRAIT_KEY and _is_scalar(value)
    }
    return dict(list(usable.items())[:_TRAITS])


def context(given: Mapping[str, Any]) -> dict[str, Any]:
    """The first twenty usable entries, their texts cut."""
    usable = {
        key: value[:_CONTEXT_TEXT] if isinstance(value, str) else value
        for key, value in given.items()
        if len(key) <= _CONTEXT_KEY and _is_scalar(value)
    }
    return dict(list(usable.items())[:_CONTEXT])


def _is_scalar(value: object) -> bool:
    return value is None or isinstance(value, str | int | float | bool)
