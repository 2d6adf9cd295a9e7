"""What a request body may hold, whoever reads it later: JSON and forms become one clean dict.

Refused, naming the place: U+0000, integers beyond bigint, nesting over 32, over 1,000 keys.
(Lone surrogates, non-finite numbers and broken UTF-8 the JSON decoder refuses itself.)
"""

from typing import Any, Final, cast

import msgspec

from rejoinder.errors import Invalid, Malformed
from rejoinder.web import query

MAX_DEPTH: Final = 32
MAX_KEYS: Final = 1_000
_INT64: Final = range(-(2**63), 2**63)
_DIGITS: Final = bytes.maketrans(b"123456789", b"0" * 9)
_LONG_NUMBER: Final = b"0" * 19

Body = dict[str, Any]


def from_json(raw: bytes) -> Body:
    """The object in `raw`.

    Raises:
        Malformed: not JSON.
        Invalid: not an object, or with a value that cannot be kept.
    """
    try:
        value = msgspec.json.decode(raw)
    except RecursionError:
        raise Invalid(f"Nested more than {MAX_DEPTH} levels deep.") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Malformed(f"JSON parse error - {error}") from None
    if not isinstance(value, dict):
        kind = type(value).__name__
        raise Invalid(f"Invalid data. Expected a dictionary, but got {kind}.")
    body = cast(Body, value)
    if not _is_plain(raw, body):
        check(body)
    return body


def from_form(raw: bytes) -> Body:
    """The fields of a URL-encoded form; of a repeated one the last, as Django has it."""
    return dict(query.parse(raw))


def _is_plain(raw: bytes, body: Body) -> bool:
    """Whether a cheap look shows that the walk below would find nothing; true for nearly all."""
    if b"\\u0000" in raw or _LONG_NUMBER in raw.translate(_DIGITS):
        return False
    is_small = raw.count(b"{") + raw.count(b"[") <= MAX_DEPTH and raw.count(b":") <= MAX_KEYS
    return is_small or _fits(body, MAX_DEPTH)


def _fits(value: Any, levels: int) -> bool:
    """Whether a dict or list is shallow and small enough."""
    if isinstance(value, dict):
        if len(cast("Body", value)) > MAX_KEYS:
            return False
        children = cast("Body", value).values()
    else:
        children = cast("list[Any]", value)
    for child in children:
        if (type(child) is dict or type(child) is list) and not (
            levels > 1 and _fits(child, levels - 1)
        ):
            return False
    return True


def check(value: Any, attr: str = "", depth: int = 1) -> None:
    """Walks through decoded JSON.

    Raises:
        Invalid: at `attr`, names and positions joined by `__`.
    """
    if isinstance(value, str):
        _check_text(value, attr)
    elif isinstance(value, int):
        if value not in _INT64:
            raise Invalid("A 64-bit integer is the largest accepted.", attr=attr or None)
    elif isinstance(value, dict | list):
        _check_children(cast("Body | list[Any]", value), attr, depth)


def _check_children(value: Body | list[Any], attr: str, depth: int) -> None:
    if depth > MAX_DEPTH:
        # The path is as deep as the fault; its beginning is what the caller can use.
        raise Invalid(f"Nested more than {MAX_DEPTH} levels deep.", attr=attr.partition("__")[0])
    if isinstance(value, dict):
        if len(value) > MAX_KEYS:
            raise Invalid(f"No more than {MAX_KEYS} keys are accepted.", attr=attr or None)
        for key in value:
            _check_text(key, attr)
        children = value.items()
    else:
        children = enumerate(value)
    for key, child in children:
        check(child, f"{attr}__{key}" if attr else str(key), depth + 1)


def _check_text(text: str, attr: str) -> None:
    if "\0" in text:
        raise Invalid("Null characters are not allowed.", attr=attr or None)
