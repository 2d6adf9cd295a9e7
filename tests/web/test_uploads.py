"""An upload's way through the edge and the form parser, in pieces of any size."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.errors import Invalid, Malformed
from rejoinder.web.request import ClientGone
from rejoinder.web.uploads import upload_of

FORM = "multipart/form-data; boundary=frontier"


def part(name: str, content: bytes, filename: str | None = None) -> bytes:
    file = "" if filename is None else f'; filename="{filename}"'
    head = f'--frontier\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'
    return head.encode() + content + b"\r\n"


def receiving(chunks: Sequence[bytes], *, ends: bool = True) -> Any:
    messages: list[dict[str, Any]] = [
        {"type": "http.request", "body": chunk, "more_body": True} for chunk in chunks
    ]
    messages.append(
        {"type": "http.request", "body": b"", "more_body": False}
        if ends
        else {"type": "http.disconnect"}
    )

    async def receive() -> dict[str, Any]:
        return messages.pop(0)

    return receive


async def taken(chunks: Sequence[bytes], content_type: str = FORM) -> tuple[str, bytes]:
    upload = await upload_of(receiving(chunks), content_type, "")
    return upload.name, b"".join([chunk async for chunk in upload.chunks])


@given(content=st.binary(max_size=300), size=st.integers(1, 90))
async def test_a_file_is_the_same_however_its_form_is_cut(content: bytes, size: int) -> None:
    body = part("note", b"before") + part("file", content, "a.bin") + part("note", b"after")
    body += b"--frontier--\r\n"
    chunks = [body[start : start + size] for start in range(0, len(body), size)]

    assert await taken(chunks) == ("a.bin", content)


async def test_fields_without_a_file_are_no_upload() -> None:
    with pytest.raises(Invalid):
        await taken([part("file", b"text") + b"--frontier--\r\n"])


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/form-data", part("file", b"x", "a")),
        (FORM, part("file", b"x", "a")),
        (FORM, b"--frontier\r\n" + b"X: " + b"y" * 10_000),
        (FORM, part("field", b"x") * 20 + part("file", b"x", "a") + b"--frontier--\r\n"),
        (FORM, b'--frontier\r\nContent-Disposition: form-data; name="\xff"\r\n\r\n'),
    ],
    ids=["boundless", "endless", "long head", "many parts", "no text"],
)
async def test_a_form_that_is_none_is_malformed(content_type: str, body: bytes) -> None:
    with pytest.raises(Malformed):
        await taken([body], content_type)


async def test_a_client_that_goes_away_ends_the_upload() -> None:
    upload = await upload_of(receiving([b"half"], ends=False), "", "a.txt")

    with pytest.raises(ClientGone):
        async for _ in upload.chunks:
            pass
