"""Pages: limit and offset by the rules of the wire, the envelope, its links, and opaque cursors."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from typing import Any, Final, Generic, TypeVar, cast
from urllib.parse import quote, quote_plus

import msgspec
from msgspec import Struct

from rejoinder.errors import Invalid
from rejoinder.web import query
from rejoinder.web.request import ApiRequest

T = TypeVar("T")

DEFAULT_LIMIT: Final = 100
MAX_LIMIT: Final = 1_000
_MAX_OFFSET: Final = 2**63 - 1


class Page(Struct, Generic[T], frozen=True):
    """One page of a list; `next` and `previous` are absolute URLs."""

    count: int
    next: str | None
    previous: str | None
    results: list[T]


class Slice(Struct, frozen=True):
    """Which part of a list is asked for."""

    limit: int = DEFAULT_LIMIT
    offset: int = 0


class Links(Struct, frozen=True):
    next: str | None
    previous: str | None


def slice_of(
    request: ApiRequest, *, default: int = DEFAULT_LIMIT, maximum: int = MAX_LIMIT
) -> Slice:
    """Limit and offset of the request: nonsense counts as not given, too much as the maximum."""
    given = request.query
    limit = _number(given.get("limit")) or default
    return Slice(min(limit, maximum), _number(given.get("offset")))


def page_links(request: ApiRequest, part: Slice, *, has_next: bool) -> Links:
    """The neighbours' URLs. They keep the other parameters, in order."""
    return Links(
        next=_url(request, part.limit, part.offset + part.limit) if has_next else None,
        previous=_url(request, part.limit, part.offset - part.limit) if part.offset else None,
    )


def cursor_link(request: ApiRequest, cursor: str | None) -> str | None:
    """The URL of the page that begins after `cursor`."""
    return None if cursor is None else _replaced(request, {"cursor": cursor, "offset": None})


def encode_cursor(position: Sequence[object]) -> str:
    """The place after the last row seen, as opaque URL-safe text."""
    return urlsafe_b64encode(msgspec.msgpack.encode(position)).rstrip(b"=").decode()


def decode_cursor(text: str, kind: type[T]) -> T:
    """The position in `text`; `kind` says its shape, like `tuple[datetime, int]`.

    Raises:
        Invalid: not a cursor of ours.
    """
    try:
        raw = urlsafe_b64decode(text + "=" * (-len(text) % 4))
        return msgspec.msgpack.decode(raw, type=kind)
    except (ValueError, RecursionError):
        raise Invalid("This cursor is not valid.", attr="cursor") from None


def _number(text: str | None) -> int:
    """A positive number, cut to what PostgreSQL takes; 0 for anything else."""
    try:
        return min(max(int(text or 0), 0), _MAX_OFFSET)
    except ValueError:
        return 0


def _url(request: ApiRequest, limit: int, offset: int) -> str:
    shown = str(min(offset, _MAX_OFFSET)) if offset > 0 else None
    return _replaced(request, {"limit": str(limit), "offset": shown})


def _replaced(request: ApiRequest, changes: dict[str, str | None]) -> str:
    """The request's URL with `changes` instead of the parameters so named; None removes one."""
    given = query.parse(request.scope["query_string"])
    kept = [(name, value) for name, value in given if name not in changes]
    text = "&".join(
        f"{quote_plus(name)}={quote_plus(value)}"
        for name, value in (*kept, *changes.items())
        if value is not None
    )
    return f"{request.base_url_text}{_path(request)}{'?' if text else ''}{text}"


def _path(request: ApiRequest) -> str:
    """The path as the client wrote it; Litestar's own has lost the trailing slash."""
    scope = cast("dict[str, Any]", request.scope)
    raw: bytes = scope.get("raw_path", b"")
    return raw.decode("latin-1") or quote(scope["path"])
