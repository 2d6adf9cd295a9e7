"""What a request body may hold, and how it is refused."""

from typing import Any

import httpx
import pytest

from tests.web.app import envelope

JSON = {"content-type": "application/json"}
FIELD = b'--b\r\nContent-Disposition: form-data; name="name"'


def invalid(detail: str, attr: str | None = None) -> dict[str, str | None]:
    return envelope("validation_error", "invalid_input", detail, attr)


async def test_a_json_body_arrives_as_it_was_sent(web: httpx.AsyncClient) -> None:
    body = {"name": "Zoë", "extra": {"list": [1, 2.5, None, True], "deep": {"er": "\u2028"}}}

    answer = await web.post("/things", json=body)

    assert answer.json() == body


async def test_no_body_is_an_empty_object(web: httpx.AsyncClient) -> None:
    answer = await web.post("/things")

    assert (answer.status_code, answer.json()) == (200, {})


@pytest.mark.parametrize(
    "kind", ["application/json; charset=utf-8", "application/merge-patch+json"]
)
async def test_json_goes_by_several_names(web: httpx.AsyncClient, kind: str) -> None:
    answer = await web.post("/things", content=b'{"name": "a"}', headers={"content-type": kind})

    assert answer.json() == {"name": "a"}


async def test_json_without_a_content_type_is_taken_for_json(web: httpx.AsyncClient) -> None:
    answer = await web.post("/things", content=b' {"name": "a"}')

    assert answer.json() == {"name": "a"}


async def test_of_a_repeated_key_the_last_one_counts(web: httpx.AsyncClient) -> None:
    answer = await web.post("/things", content=b'{"name": "a", "name": "b"}', headers=JSON)

    assert answer.json() == {"name": "b"}


async def test_a_form_is_read_like_json(web: httpx.AsyncClient) -> None:
    answer = await web.post("/things", data={"name": "a b", "count": "7", "ready": "true"})

    assert answer.json() == {"name": "a b", "count": "7", "ready": "true"}


async def test_a_multipart_form_is_read_like_json(web: httpx.AsyncClient) -> None:
    answer = await web.post("/things", files={"name": (None, "a b"), "count": (None, "7")})

    assert answer.json() == {"name": "a b", "count": "7"}


async def test_a_form_cannot_carry_files(web: httpx.AsyncClient) -> None:
    answer = await web.post("/things", files={"name": ("a.txt", b"text")})

    assert answer.json() == invalid("Files are not accepted here.", "name")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"<a/>", "text/xml"),
        (b'{"name": "a"}', "text/plain"),
        (b"\x80", "application/msgpack"),
        (b"name=a", ""),
    ],
)
async def test_other_kinds_of_body_are_refused(
    web: httpx.AsyncClient, content: bytes, kind: str
) -> None:
    answer = await web.post("/things", content=content, headers={"content-type": kind})

    expected = f'Unsupported media type "{kind}" in request.'
    assert answer.status_code == 415
    assert answer.json() == envelope("invalid_request", "unsupported_media_type", expected)


async def test_a_compressed_body_is_refused(web: httpx.AsyncClient) -> None:
    answer = await web.post("/things", content=b"x", headers=JSON | {"content-encoding": "gzip"})

    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")


@pytest.mark.parametrize(
    "content",
    [
        b"{",
        b'{"name": "a"} x',
        b"NaN",
        b'{"extra": NaN}',
        b'{"extra": -Infinity}',
        b'{"extra": {"x": 1e400}}',
        b'{"name": "\xff"}',
        b'{"name": "\\ud800"}',
        b'{"name": "a\nb"}',
        b"\xef\xbb\xbf{}",
        b'{"count": ' + b"9" * 5_000 + b"}",
        '{"name": "a"}'.encode("utf-16"),
        b"ticket_number=integer",
    ],
)
async def test_what_is_not_json_is_a_parse_error(web: httpx.AsyncClient, content: bytes) -> None:
    answer = await web.post("/things", content=content, headers=JSON)

    error = answer.json()
    assert (answer.status_code, error["type"], error["code"]) == (
        400,
        "invalid_request",
        "parse_error",
    )
    assert error["detail"].startswith("JSON parse error - ")


@pytest.mark.parametrize(
    ("content", "name"), [(b"[1]", "list"), (b'"x"', "str"), (b"5", "int"), (b"null", "NoneType")]
)
async def test_a_body_is_an_object(web: httpx.AsyncClient, content: bytes, name: str) -> None:
    answer = await web.post("/things", content=content, headers=JSON)

    expected = f"Invalid data. Expected a dictionary, but got {name}."
    assert (answer.status_code, answer.json()) == (400, invalid(expected))


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({"name": "a\0"}, "name"),
        ({"extra": {"list": ["fine", "not\0fine"]}}, "extra__list__1"),
        ({"extra": {"ke\0y": 1}}, "extra"),
        ({"ke\0y": 1}, None),
    ],
)
async def test_null_characters_are_refused_where_they_stand(
    web: httpx.AsyncClient, body: dict[str, Any], place: str | None
) -> None:
    answer = await web.post("/things", json=body)

    assert answer.status_code == 400
    assert answer.json() == invalid("Null characters are not allowed.", place)


@pytest.mark.parametrize("number", [2**63, -(2**63) - 1, 10**30])
async def test_an_integer_beyond_bigint_is_refused(web: httpx.AsyncClient, number: int) -> None:
    answer = await web.post("/things", json={"extra": {"n": [0, number]}})

    assert answer.json() == invalid("A 64-bit integer is the largest accepted.", "extra__n__1")


@pytest.mark.parametrize("number", [2**63 - 1, -(2**63), 1e300])
async def test_the_largest_numbers_are_kept(web: httpx.AsyncClient, number: float) -> None:
    body = {"extra": {"n": number}}

    assert (await web.post("/things", json=body)).json() == body


@pytest.mark.parametrize("depth", [33, 1_000, 200_000])
@pytest.mark.parametrize(("opening", "closing"), [(b"[", b"]"), (b'{"a":', b"}")])
async def test_deep_nesting_is_refused(
    web: httpx.AsyncClient, depth: int, opening: bytes, closing: bytes
) -> None:
    content = b'{"extra": ' + opening * depth + b"0" + closing * depth + b"}"

    answer = await web.post("/things", content=content[:1_000_000], headers=JSON)

    assert answer.status_code == 400
    assert answer.json()["detail"] in {
        "Nested more than 32 levels deep.",
        "JSON parse error - Input data was truncated",
    }


async def test_wide_but_shallow_bodies_are_kept(web: httpx.AsyncClient) -> None:
    body = {"extra": {"list": [{"a": [1]} for _ in range(100)]}}

    assert (await web.post("/things", json=body)).json() == body


async def test_an_object_has_at_most_a_thousand_keys(web: httpx.AsyncClient) -> None:
    answer = await web.post("/things", json={"extra": {str(n): n for n in range(1_001)}})

    assert answer.json() == invalid("No more than 1000 keys are accepted.", "extra")


@pytest.mark.parametrize("content", [b"name=%00", b"name=%ff", b"%00=a"])
async def test_a_form_is_held_to_the_same_rules(web: httpx.AsyncClient, content: bytes) -> None:
    kind = {"content-type": "application/x-www-form-urlencoded"}

    answer = await web.post("/things", content=content, headers=kind)

    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_input")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no parts at all",
        FIELD + b"\r\n\r\n\xff\r\n--b--\r\n",
        FIELD + b"\r\n\r\na",
        FIELD + b"\r\nContent-Type: text/plain; charset=x\r\n\r\na\r\n--b--\r\n",
        FIELD + b"\r\n\r\n\x00\r\n--b--\r\n",
    ],
)
@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=b", "multipart/form-data"])
async def test_a_broken_multipart_form_is_never_a_fault_of_ours(
    web: httpx.AsyncClient, content: bytes, kind: str
) -> None:
    answer = await web.post("/things", content=content, headers={"content-type": kind})

    assert answer.status_code == (400 if content else 200)
