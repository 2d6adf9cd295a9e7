"""The request that every route gets. Its `json()`, which Litestar uses for `data`, is strict.

By content type: JSON, URL-encoded and multipart forms (fields only) become one dict; anything else
is 415. No body is an empty dict. Guards may await `json()` too: it is parsed once per request.
"""

from typing import Any, cast

from litestar import Request
from litestar.datastructures import State, UploadFile
from litestar.exceptions import ClientException
from litestar.types import Empty, Scope

from rejoinder.errors import Invalid, Malformed, UnsupportedMedia
from rejoinder.web.body import Body, check, from_form, from_json
from rejoinder.web.query import parse

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"


class ClientGone(BaseException):
    """The client hung up before its body had arrived. No Exception: nobody is to answer it."""


class ApiRequest(Request[Any, Any, State]):
    """A request whose body and query hold only what can be stored."""

    async def body(self) -> bytes:
        """The raw body; `{}` when there is none, so that every route may take `data`."""
        state = self._connection_state
        if state.body is Empty:
            state.body = await self._read() or b"{}"
        # Litestar's own readers (`stream`, `form`) look here.
        self._body = state.body
        return state.body

    async def json(self) -> Body:
        """The body as a dict.

        Raises:
            Malformed, UnsupportedMedia, Invalid: it is not one we accept.
        """
        state = self._connection_state
        if state.json is Empty:
            state.json = await self._decode(await self.body())
        return cast(Body, state.json)

    @property
    def query(self) -> dict[str, str]:
        """The query parameters; of a repeated one the last, as Django has it."""
        return dict(parse(self.scope["query_string"]))

    @property
    def base_url_text(self) -> str:
        """The address the client used, or the one the operator configured; no trailing slash."""
        return base_url_of(self.scope)

    def header(self, wanted: bytes) -> bytes:
        """The first header of this lower-case name, or nothing; `headers` would copy them all."""
        return _header(self.scope, wanted)

    def step_aside(self) -> None:
        """What is left to do is waiting: it is not to stand in the way of others."""
        if leave := cast("dict[str, Any]", self.scope).get("step_aside"):
            leave()

    async def _read(self) -> bytes:
        chunks: list[bytes] = []
        while True:
            message = await self.receive()
            if message["type"] != "http.request":
                raise ClientGone
            chunks.append(message.get("body", b""))
            if not message.get("more_body", False):
                return b"".join(chunks) if len(chunks) > 1 else chunks[0]

    async def _decode(self, raw: bytes) -> Body:
        header = self.header(b"content-type")
        if header == b"application/json":
            return from_json(raw)
        kind = header.partition(b";")[0].strip().lower().decode("latin-1")
        if kind == "application/json" or kind.endswith("+json") or _may_be_json(kind, raw):
            return from_json(raw)
        if kind == FORM:
            return {} if raw == b"{}" else from_form(raw)
        if kind == MULTIPART:
            return {} if raw == b"{}" else await self._multipart()
        raise UnsupportedMedia(f'Unsupported media type "{kind}" in request.')

    async def _multipart(self) -> Body:
        try:
            form = await self.form()
        except (ClientException, UnicodeDecodeError, LookupError) as error:
            raise Malformed("Multipart form parse error - the body does not fit.") from error
        fields: Body = {}
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                raise Invalid("Files are not accepted here.", attr=name)
            fields[name] = value
        check(fields)
        return fields


def _may_be_json(kind: str, raw: bytes) -> bool:
    """Without a content type, a body that looks like JSON is taken for it."""
    return not kind and raw.lstrip()[:1] in {b"{", b"["}


def base_url_of(scope: Scope) -> str:
    """As `ApiRequest.base_url_text`."""
    public: str = cast("dict[str, Any]", scope).get("public_url", "")
    return public or f"{scope['scheme']}://{_host(scope)}"


def _host(scope: Scope) -> str:
    if host := _header(scope, b"host"):
        return host.decode("latin-1")
    name, port = scope["server"] or ("localhost", None)
    return f"{name}:{port}" if port else name


def _header(scope: Scope, wanted: bytes) -> bytes:
    for name, value in scope["headers"]:
        if name == wanted:
            return value
    return b""
