"""Every form in which clients are known to send events means the same."""

import base64
import gzip
import zlib
from contextlib import suppress
from urllib.parse import quote

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.channels.host.decoding import MOST_BYTES, read_batch
from rejoinder.errors import Invalid, Malformed, PayloadTooLarge

PROPERTIES = {"$anon_distinct_id": "a", "token": "phc_x", "note": "~?>é"}
EVENT = {
    "event": "$identify",
    "distinct_id": "ada",
    "properties": PROPERTIES,
    "$set": {"plan": "pro"},
}
TEXT = msgspec.json.encode(EVENT)
BASE64 = base64.b64encode(TEXT)


def gzipped(raw: bytes) -> bytes:
    return gzip.compress(raw, mtime=0)


FORMS = {
    "json": TEXT,
    "json with space around it": b"\n " + TEXT + b"\n",
    "gzip": gzipped(TEXT),
    "base64": BASE64,
    "base64 of gzip": base64.b64encode(gzipped(TEXT)),
    "form": b"data=" + quote(BASE64, safe="").encode(),
    "form with other fields": b"ver=1&data=" + quote(BASE64, safe="").encode() + b"&ip=1",
    "form that was not encoded": b"data=" + BASE64,
    "form of json": b"data=" + quote(TEXT).encode(),
    "gzip of a form": gzipped(b"data=" + quote(BASE64, safe="").encode()),
    "list": b"[" + TEXT + b"]",
    "batch": b'{"api_key":"phc_x","batch":[' + TEXT + b"]}",
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_means_the_same(form: str) -> None:
    batch = read_batch(FORMS[form], {})

    (event,) = batch.events
    assert batch.token == "phc_x"
    assert (event.name, event.distinct_id) == ("$identify", "ada")
    assert event.properties == {**PROPERTIES, "$set": {"plan": "pro"}}


@pytest.mark.parametrize("empty", [b"", b"{}"])
def test_without_a_body_the_query_is_read(empty: bytes) -> None:
    assert read_batch(empty, {"data": BASE64.decode()}).token == "phc_x"


@pytest.mark.parametrize(
    "where",
    [
        {"api_key": "phc_x", "event": "e"},
        {"token": "phc_x", "event": "e"},
        {"$token": "phc_x", "event": "e"},
        {"event": "e", "properties": {"token": "phc_x"}},
    ],
)
def test_the_token_is_found_wherever_it_stands(where: dict[str, object]) -> None:
    assert read_batch(msgspec.json.encode(where), {}).token == "phc_x"


@pytest.mark.parametrize(
    "where", [{"distinct_id": 7}, {"$distinct_id": "7"}, {"properties": {"distinct_id": "7"}}]
)
def test_so_is_the_distinct_id(where: dict[str, object]) -> None:
    (event,) = read_batch(msgspec.json.encode({"event": "e"} | where), {}).events

    assert event.distinct_id == "7"


def test_what_is_no_event_is_left_out() -> None:
    assert read_batch(b'{"api_key":"phc_x","batch":[1,null,"x",[]]}', {}).events == []


@pytest.mark.parametrize(
    "raw",
    [b"", b"nonsense", b"{", b'{"a":NaN}', b"data=", b"\x1f\x8bnot gzip", gzipped(TEXT)[:-20],
     b"\xff\xfe", b"[" * 100_000, b'"\\ud800"'],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(raw: bytes) -> None:
    with pytest.raises((Malformed, Invalid)):
        read_batch(raw, {})


@pytest.mark.parametrize("wrap", [bytes, base64.b64encode])
def test_what_unpacks_to_too_much_is_refused_before_it_is_unpacked(wrap: type[bytes]) -> None:
    bomb = zlib.compress(b" " * (64 * MOST_BYTES), level=9, wbits=31)

    with pytest.raises(PayloadTooLarge):
        read_batch(wrap(bomb), {})


@given(st.binary(max_size=200))
def test_no_bytes_do_any_harm(raw: bytes) -> None:
    with suppress(Malformed, Invalid):
        read_batch(raw, {})
