"""One request of a widget, read straight from ASGI, and its answer."""

from hashlib import blake2b
from typing import Any, Final, NamedTuple

from litestar.types import Receive, Send

from rejoinder.channels.widget.fields import invalid
from rejoinder.errors import Invalid
from rejoinder.web import body as bodies
from rejoinder.web import query
from rejoinder.web.request import FORM, ClientGone, base_url_of

_HEADERS: Final = {
    b"x-conversations-token": "token",
    b"origin": "origin",
    b"referer": "referer",
    b"user-agent": "user_agent",
    b"if-none-match": "if_none_match",
    b"last-event-id": "last_event_id",
    b"content-type": "content_type",
}
_JSON: Final = (b"content-type", b"application/json")


class Answer(NamedTuple):
    """A status and a JSON body, or none."""

    status: int
    body: bytes = b""
    etag: bytes = b""

    async def send(self, send: Send) -> None:
        headers = [_JSON, (b"content-length", b"%d" % len(self.body))] if self.body else []
        if self.etag:
            headers.append((b"etag", self.etag))
        start: Any = {"type": "http.response.start", "status": self.status, "headers": headers}
        await send(start)
        await send({"type": "http.response.body", "body": self.body, "more_body": False})


class Call:
    """What the widget's calls read of a request; each header is the empty text when absent."""

    def __init__(self, scope: Any, receive: Receive) -> None:
        self.receive = receive
        self.token = ""
        self.origin = ""
        self.referer = ""
        self.user_agent = ""
        self.if_none_match = ""
        self.last_event_id = ""
        self.content_type = ""
        self._scope = scope
        self._query: bytes = scope["query_string"]
        self.address: str = (scope["client"] or [""])[0]
        for name, value in scope["headers"]:
            if field := _HEADERS.get(name):
                setattr(self, field, value.decode("latin-1"))

    @property
    def base_url(self) -> str:
        return base_url_of(self._scope)

    @property
    def query(self) -> dict[str, str]:
        return dict(query.parse(self._query))

    def has(self, etag: bytes) -> bool:
        """Whether the client already has the answer with this entity tag."""
        return bool(self.if_none_match) and etag.decode() in self.if_none_match

    async def body(self) -> dict[str, Any]:
        """The body as a dict.

        Raises:
            Malformed, Refused: it is not JSON, or holds what cannot be kept.
        """
        raw = await self._read()
        try:
            if self.content_type.startswith(FORM):
                return bodies.from_form(raw)
            return bodies.from_json(raw or b"{}")
        except Invalid as error:
            raise invalid({error.attr or "non_field_errors": [error.detail]}) from None

    async def _read(self) -> bytes:
        chunks: list[bytes] = []
        while True:
            message = await self.receive()
            if message["type"] != "http.request":
                raise ClientGone
            chunks.append(message.get("body", b""))
            if not message.get("more_body", False):
                return b"".join(chunks)


def etag_of(body: bytes) -> bytes:
    return b'"%s"' % blake2b(body, digest_size=12).hexdigest().encode()
