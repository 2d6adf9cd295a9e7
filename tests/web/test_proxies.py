"""Whom a request comes from: what a trusted proxy says, and nothing that anybody else says."""

from typing import Any

import pytest
from msgspec.structs import replace

from rejoinder.db.sql import Statement
from rejoinder.settings import Settings, SettingsError
from rejoinder.web.proxies import Proxies
from tests.auth.browsers import PASSWORD, sign_in, with_password
from tests.builders import Desk
from tests.conftest import a_client

Headers = list[tuple[str, str]]

PROXIES = "10.0.0.0/8, fd00::/8 , 203.0.113.7"
SEEN_FROM = Statement("SELECT address FROM sessions WHERE user_id = $1 ORDER BY created_at DESC")


def traced(
    client: str, headers: Headers, *, trusted: str = PROXIES, kind: str = "x-forwarded-for"
) -> tuple[str, str]:
    """The address and the scheme that a request has behind the edge."""
    proxies = Proxies(Settings(trusted_proxies=trusted, forwarded_header=kind))  # pyright: ignore[reportArgumentType]  one of two words
    raw = [(name.encode(), value.encode()) for name, value in headers]
    scope: dict[str, Any] = {"client": (client, 4711), "scheme": "http", "headers": raw}
    proxies.trace(scope)
    return scope["client"][0], scope["scheme"]


def x(*addresses: str, proto: str = "") -> Headers:
    said = [("x-forwarded-for", address) for address in addresses]
    return [*said, ("x-forwarded-proto", proto)] if proto else said


@pytest.mark.parametrize(
    ("client", "headers", "expected"),
    [
        ("10.1.2.3", x("198.51.100.9", proto="https"), ("198.51.100.9", "https")),
        ("198.51.100.1", x("127.0.0.1", proto="https"), ("198.51.100.1", "http")),
        ("10.1.2.3", x("127.0.0.1, 198.51.100.9"), ("198.51.100.9", "http")),
        ("10.1.2.3", x("127.0.0.1", "198.51.100.9"), ("198.51.100.9", "http")),
        ("10.1.2.3", x("198.51.100.9, 203.0.113.7, 10.9.9.9"), ("198.51.100.9", "http")),
        ("10.1.2.3", x("10.0.0.5"), ("10.0.0.5", "http")),
        ("10.1.2.3", x("nonsense"), ("10.1.2.3", "http")),
        ("10.1.2.3", x("1.2.3.4, nonsense, 10.9.9.9"), ("10.9.9.9", "http")),
        ("10.1.2.3", x("198.51.100.9:5555"), ("198.51.100.9", "http")),
        ("10.1.2.3", x("[2001:db8::1]:443"), ("2001:db8::1", "http")),
        ("10.1.2.3", x("::ffff:198.51.100.9"), ("198.51.100.9", "http")),
        ("::ffff:10.1.2.3", x("2001:db8::1"), ("2001:db8::1", "http")),
        ("fd00::1", x("2001:db8::1"), ("2001:db8::1", "http")),
        ("10.1.2.3", x(proto="https"), ("10.1.2.3", "https")),
        ("10.1.2.3", x("198.51.100.9", proto="https, http"), ("198.51.100.9", "http")),
        ("10.1.2.3", x("198.51.100.9", proto="gopher"), ("198.51.100.9", "http")),
        ("10.1.2.3", [("forwarded", "for=1.2.3.4;proto=https")], ("10.1.2.3", "http")),
        ("10.1.2.3", x(""), ("10.1.2.3", "http")),
        ("10.1.2.3", x(",,, ,"), ("10.1.2.3", "http")),
    ],
)
def test_only_what_a_trusted_proxy_added_is_believed(
    client: str, headers: Headers, expected: tuple[str, str]
) -> None:
    assert traced(client, headers) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("for=198.51.100.9;proto=https;by=10.0.0.1", ("198.51.100.9", "https")),
        ('For="[2001:db8::1]:4711";Proto=HTTPS', ("2001:db8::1", "https")),
        ("for=127.0.0.1, for=198.51.100.9;proto=https", ("198.51.100.9", "https")),
        ("for=198.51.100.9;proto=https, for=10.0.0.5;proto=http", ("198.51.100.9", "https")),
        ("for=_hidden;proto=https", ("10.1.2.3", "https")),
        ("for=unknown", ("10.1.2.3", "http")),
        (";;=,=;", ("10.1.2.3", "http")),
    ],
)
def test_the_other_header_is_read_where_the_operator_says_so(
    said: str, expected: tuple[str, str]
) -> None:
    headers = [("forwarded", said), *x("192.0.2.66", proto="http")]

    assert traced("10.1.2.3", headers, kind="forwarded") == expected


def test_nobody_is_trusted_by_default() -> None:
    assert not Proxies(Settings())
    assert traced("127.0.0.1", x("198.51.100.9", proto="https"), trusted="") == (
        "127.0.0.1",
        "http",
    )


@pytest.mark.parametrize("wrong", ["everybody", "10.0.0.0/33", "10.0.0.1;10.0.0.2"])
def test_a_network_that_is_none_stops_the_start(wrong: str) -> None:
    with pytest.raises(SettingsError, match="REJOINDER_TRUSTED_PROXIES"):
        Proxies(Settings(trusted_proxies=wrong))


async def test_limits_sessions_cookies_and_links_know_the_client_behind_a_proxy(
    settings: Settings, desk: Desk
) -> None:
    ada = await with_password(desk)
    behind = replace(
        settings, trusted_proxies="127.0.0.1", rate_limits=True, limit_login_address="2/hour"
    )
    async with a_client(behind) as client:
        at = Desk(desk.work, client, desk.organization_id, desk.project, desk.ada, desk.key)

        for _ in range(2):
            await at.a_ticket()

        async def attempt(address: str, password: str) -> int:
            headers = dict(x(f"192.0.2.1, {address}", proto="https"))
            return (await sign_in(at, ada.email, password, headers=headers)).status_code

        entered = await sign_in(
            at, ada.email, PASSWORD, headers=dict(x("198.51.100.9", proto="https"))
        )
        refused = [await attempt("198.51.100.7", "wrong") for _ in range(3)]
        elsewhere = await attempt("198.51.100.8", "wrong")
        listed = await at.call(
            "GET", params={"limit": 1}, headers=dict(x("1.2.3.4", proto="https"))
        )

    assert (entered.status_code, refused, elsewhere) == (200, [401, 401, 429], 401)
    assert entered.headers["set-cookie"].startswith("__Host-rejoinder_session=")
    assert entered.headers["set-cookie"].endswith("; Secure")
    assert await desk.work.database.value(SEEN_FROM, ada.id) == "198.51.100.9"
    assert listed.json()["next"].startswith("https://")


async def test_without_a_trusted_proxy_a_forged_header_changes_nothing(desk: Desk) -> None:
    ada = await with_password(desk)

    entered = await sign_in(
        desk, ada.email, PASSWORD, headers=dict(x("198.51.100.9", proto="https"))
    )

    assert "Secure" not in entered.headers["set-cookie"]
    assert await desk.work.database.value(SEEN_FROM, ada.id) == "127.0.0.1"
