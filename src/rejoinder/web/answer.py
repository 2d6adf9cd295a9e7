"""A response with its body encoded once, here: Litestar's own encoder looks at every type anew."""

from collections.abc import Mapping
from typing import Any, TypeVar, cast

import msgspec
from litestar import Response
from litestar.types import Receive, Scope, Send

T = TypeVar("T")

_encode = msgspec.json.Encoder().encode


class _Encoded(Response[bytes]):
    """Sends what it holds: without cookies, serializers and defaults from elsewhere."""

    def __init__(self, content: bytes, status: int, headers: Mapping[str, str] | None) -> None:
        self.content = content
        self.status_code = status
        self.headers = dict(headers) if headers else {}

    def to_asgi_response(self, *_: object, **__: object) -> Any:
        return self._send

    async def _send(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        headers = [(name.lower().encode(), text.encode()) for name, text in self.headers.items()]
        if self.content:
            headers.append((b"content-type", b"application/json"))
            headers.append((b"content-length", b"%d" % len(self.content)))
        status = self.status_code or 200
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": self.content, "more_body": False})


def answer(value: T, status: int = 200, headers: Mapping[str, str] | None = None) -> Response[T]:
    """The response for `value`, declared as what it holds."""
    response: Any = raw_answer(b"" if value is None else _encode(value), status, headers)
    return cast("Response[T]", response)


def raw_answer(
    body: bytes, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response[bytes]:
    """The response for JSON that is encoded already."""
    return _Encoded(body, status, headers)
