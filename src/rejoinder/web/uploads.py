"""One file out of a request while it arrives: it is never whole in memory."""

from collections.abc import AsyncGenerator, AsyncIterator
from typing import Final, NamedTuple, cast

from litestar.types import Receive
from multipart import (  # pyright: ignore[reportMissingTypeStubs]  annotated, but not marked so
    MultipartError,
    MultipartSegment,
    PushMultipartParser,
    parse_options_header,  # pyright: ignore[reportUnknownVariableType]  this one is not annotated
)

from rejoinder.errors import Invalid, Malformed
from rejoinder.web.request import MULTIPART, ClientGone

_MOST_PARTS: Final = 16


class Upload(NamedTuple):
    """A file as its sender calls it, and what arrives of it."""

    name: str
    chunks: AsyncIterator[bytes]


async def upload_of(receive: Receive, content_type: str, name: str) -> Upload:
    """The one file of a form, or else the body itself, which is then called `name`.

    What is wrong with the rest of a form shows while its file is read.

    Raises:
        Invalid: there is no file, or it has no name.
        Malformed: the form cannot be read.
    """
    kind, options = cast("tuple[str, dict[str, str]]", parse_options_header(content_type))
    if kind == MULTIPART:
        return await _file_of_form(receive, options.get("boundary", ""))
    if not name:
        raise Invalid("The query names the file.", attr="name", code="required")
    return Upload(name, _arriving(receive))


async def _file_of_form(receive: Receive, boundary: str) -> Upload:
    parts = _parts(receive, boundary)
    async for part in parts:
        if isinstance(part, MultipartSegment) and part.filename is not None:
            return Upload(part.filename, _one_file(parts))
    raise Invalid("No file was submitted.", attr="file", code="required")


async def _one_file(
    parts: AsyncIterator[MultipartSegment | bytes | bytearray | None],
) -> AsyncGenerator[bytes]:
    """What is left of the part that has begun; the form must not bring another file."""
    async for part in parts:
        if part is None:
            break
        if not isinstance(part, MultipartSegment):
            yield bytes(part)
    async for part in parts:
        if isinstance(part, MultipartSegment) and part.filename is not None:
            raise Invalid("Send one file at a time.", attr="file")


async def _parts(
    receive: Receive, boundary: str
) -> AsyncGenerator[MultipartSegment | bytes | bytearray | None]:
    """Each part's head, then its content in pieces, then None."""
    try:
        with PushMultipartParser(boundary, max_segment_count=_MOST_PARTS) as parser:
            async for chunk in _arriving(receive):
                for part in parser.parse(chunk):
                    yield part
    except MultipartError as error:
        raise Malformed(f"Multipart form parse error - {error}") from error


async def _arriving(receive: Receive) -> AsyncGenerator[bytes]:
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise ClientGone
        if body := message.get("body", b""):
            yield body
        if not message.get("more_body", False):
            return
