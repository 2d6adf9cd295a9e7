import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.messages.attachments.rules import clean_name, content_type_of, disposition

NAMES = {
    ".htaccess": "htaccess",
    "\u200b.htaccess": "htaccess",
    "\u200b../\ufeff../etc/passwd": "passwd",
    "..\\..\\run.exe": "run.exe",
    "a\0b.txt": "ab.txt",
    "a\r\nContent-Type: text.html": "aContent-Type_ text.html",
    "invoice\u202efdp.exe": "invoicefdp.exe",
    "\u3164.png": "png",
    "CON": "_CON",
    "con.txt": "_con.txt",
    "trailing. . .": "trailing",
    "": "file",
    "...": "file",
    "a/b/": "file",
    "e\u0301.txt": "é.txt",
    "<a href=x>.html": "_a href=x_.html",
    "日本語 (1).pdf": "日本語 (1).pdf",
    "x" * 4096 + ".png": "x" * 196 + ".png",
    "x." + "y" * 4096: "x." + "y" * 198,
}


@pytest.mark.parametrize(("given", "kept"), NAMES.items(), ids=range(len(NAMES)))
def test_a_name_shows_what_it_is(given: str, kept: str) -> None:
    assert clean_name(given) == kept


@given(st.text(max_size=500))
def test_a_clean_name_is_harmless_and_stays_as_it_is(text: str) -> None:
    name = clean_name(text)

    assert 0 < len(name) <= 200
    assert clean_name(name) == name
    assert not set(name) & set('/\\\0<>:"|?*')
    assert not name.startswith(".")
    assert {unicodedata.category(each) for each in name}.isdisjoint({"Cc", "Cf", "Cs", "Zl", "Zp"})


@given(st.text(max_size=300))
def test_a_disposition_is_one_header_that_nothing_breaks_out_of(text: str) -> None:
    header = disposition(clean_name(text), inline=False)

    assert header.startswith('attachment; filename="')
    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2


CONTENTS = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff\xe0\0\x10JFIF": "image/jpeg",
    b"GIF89a=0;<script>alert(1)</script>": "image/gif",
    b"RIFF\x24\0\0\0WEBPVP8 ": "image/webp",
    b"%PDF-1.4\n1 0 obj": "application/pdf",
    b"<html><script>alert(1)</script>": "text/html",
    b"no magic at all": "application/octet-stream",
    b"\0": "application/octet-stream",
}


@pytest.mark.parametrize(("head", "kind"), CONTENTS.items(), ids=CONTENTS.values())
def test_the_first_bytes_say_what_it_seems_to_be(head: bytes, kind: str) -> None:
    assert content_type_of(head) == kind


@given(st.binary(max_size=200), st.sampled_from([*CONTENTS, b"<svg ", b"<?xml", b"PK\x03\x04"]))
def test_any_bytes_have_a_content_type(noise: bytes, head: bytes) -> None:
    kind = content_type_of((head + noise)[:4096])

    assert "/" in kind
    assert kind.isascii()
    assert kind.isprintable()
