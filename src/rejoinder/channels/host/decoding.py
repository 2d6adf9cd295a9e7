"""Reading captured events in all the forms in which clients send them.

JSON, or JSON in base64, or either of them in the field `data` of a form or query; and each of these
may be compressed, which only its first bytes tell. One event, a list, or an object with `batch`.
"""

import base64
import binascii
import re
import zlib
from collections.abc import Mapping
from typing import Any, Final, cast

import msgspec

from rejoinder.channels.host.types import Batch, Captured
from rejoinder.errors import Malformed, PayloadTooLarge
from rejoinder.web import query

MOST_BYTES: Final = 4 * 1024 * 1024
MOST_EVENTS: Final = 1_000
_GZIP: Final = b"\x1f\x8b"
_JSON: Final = (b"{", b"[")
_DATA: Final = re.compile(rb"(?:^|&)data=")
_TOKENS: Final = ("api_key", "token", "$token")


def read_batch(raw: bytes, given: Mapping[str, str]) -> Batch:
    """The events of a request body, or of the query where the body is empty.

    Raises:
        Malformed: it is none of the known forms.
        PayloadTooLarge: it holds more than `MOST_BYTES` when unpacked.
    """
    has_body = raw.strip() not in {b"", b"{}"}
    value = decode(raw if has_body else given.get("data", "").encode())
    items = _items(value)
    events = [event for item in items[:MOST_EVENTS] if (event := _captured(item))]
    tokens = [_token(value), *map(_token, items), given.get("token", ""), given.get("api_key", "")]
    return Batch(next(filter(None, tokens), ""), events)


def decode(raw: bytes) -> Any:
    """The value that the bytes stand for."""
    text = _unpacked(raw)
    if _DATA.search(text) and text[:1] not in _JSON:
        text = dict(query.parse(text))["data"].encode()
    # In a form that was not encoded properly, `+` has become a space.
    if text[:1] not in _JSON:
        text = _unpacked(_from_base64(text.replace(b" ", b"+")))
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Malformed("The body is neither an event nor a list of events.") from None


def _unpacked(raw: bytes) -> bytes:
    if not raw.startswith(_GZIP):
        return raw.strip()
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        text = unpacker.decompress(raw, MOST_BYTES)
    except zlib.error:
        raise Malformed("The body is not valid gzip.") from None
    if unpacker.unconsumed_tail:
        raise PayloadTooLarge(MOST_BYTES)
    return text.strip()


def _from_base64(text: bytes) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Malformed("The body is neither JSON nor base64.") from None


def _items(value: object) -> list[object]:
    """The single events, wherever they stand."""
    batch = _object(value).get("batch", value)
    return cast("list[object]", batch) if isinstance(batch, list) else [value]


def _captured(item: object) -> Captured | None:
    if not isinstance(item, dict):
        return None
    event = cast("dict[str, Any]", item)
    properties = _object(event.get("properties")) | {
        name: event[name] for name in ("$set", "$set_once") if name in event
    }
    distinct_id = _first(event.get("distinct_id"), event.get("$distinct_id"), properties)
    return Captured(
        name=str(event.get("event", "")), distinct_id=distinct_id, properties=properties
    )


def _first(own: object, other: object, properties: dict[str, Any]) -> str:
    """The distinct id, wherever it stands; numbers are ids, too."""
    for found in (own, other, properties.get("distinct_id")):
        if isinstance(found, str | int) and not isinstance(found, bool):
            return str(found)
    return ""


def _object(value: object) -> dict[str, Any]:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def _token(item: object) -> str:
    fields = _object(item)
    for found in (*map(fields.get, _TOKENS), _object(fields.get("properties")).get("token")):
        if isinstance(found, str):
            return found
    return ""
