"""Query strings, read strictly: what PostgreSQL could not store is refused here, by name."""

from functools import lru_cache
from urllib.parse import unquote_to_bytes

from rejoinder.errors import Invalid

MAX_PARAMETERS = 1_000


def is_plain(raw: bytes) -> bool:
    """Whether `raw` needs no closer look: most queries, and all empty ones."""
    return b"%" not in raw and raw.isascii() and b"\0" not in raw


@lru_cache(1024)
def parse(raw: bytes) -> tuple[tuple[str, str], ...]:
    """The pairs of a query string or URL-encoded form, in order, blank values kept.

    Raises:
        Invalid: a name or value is not UTF-8 or holds U+0000, or there are too many.
    """
    if raw.count(b"&") >= MAX_PARAMETERS:
        raise Invalid(f"No more than {MAX_PARAMETERS} parameters are accepted.")
    pairs: list[tuple[str, str]] = []
    for part in raw.split(b"&"):
        if part:
            name, _, value = part.partition(b"=")
            key = _text(name, where=name)
            pairs.append((key, _text(value, where=name)))
    return tuple(pairs)


def _text(raw: bytes, *, where: bytes) -> str:
    attr = where.decode("ascii", "replace")[:100]
    try:
        text = unquote_to_bytes(raw.replace(b"+", b" ")).decode()
    except UnicodeDecodeError:
        raise Invalid("The value is not valid UTF-8.", attr=attr) from None
    if "\0" in text:
        raise Invalid("Null characters are not allowed.", attr=attr)
    return text
