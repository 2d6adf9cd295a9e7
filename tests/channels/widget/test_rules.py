"""Proof of identity, origins and trimming, decided without a server."""

from typing import Any

import pytest

from rejoinder.channels.widget.rules import identity, origins, trimming

SECRET = "phs_secret"
NOW = 1_800_000_000.0


def test_the_hash_is_lowercase_hex_of_the_distinct_id() -> None:
    known = "d30a69ef7f4e0c75d215b84991f31308aaa99bebfc338e8f28baedbdf6259073"

    assert identity.sign("key", "user_1") == known
    assert identity.is_proven(["other", "key"], "user_1", known)
    assert not identity.is_proven(["key"], "User_1", known)


@pytest.mark.parametrize("given", ["", "é" * 64, identity.sign(SECRET, "ada").upper()])
def test_what_is_not_the_hash_proves_nothing(given: str) -> None:
    assert not identity.is_proven([SECRET], "ada", given)


def claim(email: str, expiry: object, distinct_id: str = "ada") -> str:
    return identity.sign(SECRET, f"v1\0{distinct_id}\0email\0{email}\0{expiry}")


@pytest.mark.parametrize(
    ("expiry", "address"),
    [
        (NOW + 60, "ada@example.com"),
        (NOW + 24 * 3600 + 300, "ada@example.com"),
        (NOW + 24 * 3600 + 301, ""),
        (NOW, ""),
        (NOW - 1, ""),
    ],
)
def test_a_signed_address_is_believed_for_a_day(expiry: float, address: str) -> None:
    text = str(int(expiry))
    signed = claim("ada@example.com", text)

    found = identity.proven_email([SECRET], "ada", " Ada@Example.com ", signed, text, NOW)

    assert found == address


@pytest.mark.parametrize("expiry", ["", "soon", "-1", "\u0661\u0668", "9" * 40, "1800000060.5"])
def test_a_bad_expiry_is_worth_nothing(expiry: str) -> None:
    signed = claim("ada@example.com", expiry)

    assert identity.proven_email([SECRET], "ada", "ada@example.com", signed, expiry, NOW) == ""


def test_a_signed_address_is_worth_nothing_for_somebody_else() -> None:
    text = str(int(NOW + 60))
    signed = claim("ada@example.com", text)

    assert identity.proven_email([SECRET], "eve", "ada@example.com", signed, text, NOW) == ""


ALLOWED = [
    (["shop.example"], "https://shop.example"),
    (["shop.example"], "http://shop.example:8080"),
    (["Shop.Example."], "https://shop.example"),
    (["https://shop.example"], "https://shop.example"),
    (["https://shop.example/path"], "https://shop.example:443"),
    (["http://localhost:3000"], "http://localhost:3000"),
    (["shop.example:3000"], "http://shop.example:3000"),
    (["*.shop.example"], "https://de.shop.example"),
    (["*.shop.example"], "https://a.b.shop.example"),
    (["*.shop.example"], "https://shop.example"),
    (["https://*.shop.example"], "https://de.shop.example"),
    (["other.example", "shop.example"], "https://shop.example/page?x=1#y"),
    (["bücher.example"], "https://xn--bcher-kva.example"),
    (["[::1]"], "http://[::1]:3000"),
]
REFUSED = [
    (["shop.example"], "https://evil.example"),
    (["shop.example"], "https://shop.example.evil.example"),
    (["shop.example"], "https://notshop.example"),
    (["shop.example"], "https://sub.shop.example"),
    (["*.shop.example"], "https://evilshop.example"),
    (["https://shop.example"], "http://shop.example"),
    (["http://localhost:3000"], "http://localhost:3001"),
    (["shop.example"], "https://shop.example@evil.example"),
    (["shop.example"], "https://evil.example\\@shop.example"),
    (["shop.example"], "https://shop.example:99999"),
    (["shop.example"], "ftp://shop.example"),
    (["shop.example"], "null"),
    (["shop.example"], ""),
    (["null"], "null"),
    (["*"], "https://shop.example"),
    (["https://shop.example@evil.example"], "https://evil.example"),
]


@pytest.mark.parametrize(("domains", "origin"), ALLOWED)
def test_a_page_on_the_list_may_speak(domains: list[str], origin: str) -> None:
    assert origins.may_speak(origin, "", "", domains)
    assert origins.may_speak("", origin, "", domains)


@pytest.mark.parametrize(("domains", "origin"), REFUSED)
def test_a_page_that_is_not_on_the_list_may_not(domains: list[str], origin: str) -> None:
    assert not origins.may_speak(origin, "", "", domains)


def test_without_a_list_every_page_may_speak() -> None:
    assert origins.may_speak("null", "", "", [])


def test_the_origin_counts_before_the_referer() -> None:
    assert not origins.may_speak("null", "https://shop.example/", "", ["shop.example"])


def test_an_app_has_no_origin() -> None:
    assert origins.may_speak("", "", "posthog-ios/3.1", ["shop.example"])


def test_a_restore_link_keeps_the_query_and_drops_the_fragment() -> None:
    link = origins.restore_link("https://shop.example/a?x=1&ph_conv_restore=old&y=#z", "new")

    assert link == "https://shop.example/a?x=1&y=&ph_conv_restore=new"


def test_traits_become_fifty_short_texts() -> None:
    given: dict[str, Any] = {
        "long": "x" * 600,
        "k" * 201: "dropped",
        "list": [1],
        "no": None,
        "yes": True,
        "n": 7,
    }
    many = {f"t{number}": number for number in range(60)}

    kept = trimming.traits(given | many)

    assert kept["long"] == "x" * 500
    assert (kept["no"], kept["yes"], kept["n"]) == (None, "True", "7")
    assert len(kept) == 50
    assert "list" not in kept


def test_context_keeps_its_types() -> None:
    given: dict[str, Any] = {
        "url": "x" * 3_000,
        "k" * 101: 1,
        "n": 7,
        "ok": True,
        "none": None,
        "deep": {},
    }

    kept = trimming.context(given | {f"c{number}": number for number in range(30)})

    assert kept["url"] == "x" * 2_000
    assert (kept["n"], kept["ok"], kept["none"]) == (7, True, None)
    assert len(kept) == 20
    assert "deep" not in kept
