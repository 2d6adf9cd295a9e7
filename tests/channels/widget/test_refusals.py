"""Who is turned away, how, and that browsers may read it."""

from typing import Any

import httpx
import pytest

from tests.builders import Desk
from tests.channels.widget.browser import WIDGET, Browser, configure
from tests.web.app import envelope

A_TICKET = "01900000-0000-7000-8000-000000000000"

ROUTES = [
    ("POST", "message"),
    ("GET", f"messages/{A_TICKET}"),
    ("POST", f"messages/{A_TICKET}/read"),
    ("GET", "tickets"),
    ("POST", "restore/request"),
    ("POST", "restore"),
    ("GET", "stream"),
]


@pytest.mark.parametrize(("method", "path"), ROUTES)
async def test_without_a_token_nothing_is_answered(desk: Desk, method: str, path: str) -> None:
    answer = await desk.client.request(method, WIDGET + path)

    assert (answer.status_code, answer.json()) == (403, {"error": "Authentication required"})
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(("method", "path"), ROUTES)
async def test_an_unknown_token_is_refused_in_the_envelope(
    desk: Desk, method: str, path: str
) -> None:
    answer = await desk.client.request(
        method, WIDGET + path, headers={"X-Conversations-Token": "nobody's"}
    )

    assert answer.status_code == 403
    assert answer.json() == {
        "type": "authentication_error",
        "code": "authentication_failed",
        "detail": "Invalid token or conversations not enabled",
        "attr": None,
    }
    assert answer.headers["access-control-allow-origin"] == "*"


async def test_a_project_that_is_switched_off_is_refused(desk: Desk, browser: Browser) -> None:
    await browser.tickets()

    await configure(desk, enabled=False)

    answer = await browser.get("tickets")
    assert (answer.status_code, answer.json()["code"]) == (403, "authentication_failed")


async def test_a_rotated_token_opens_nothing(desk: Desk, browser: Browser) -> None:
    await browser.tickets()

    await desk.call("POST", f"{desk.url}generate_conversations_public_token/")

    assert (await browser.get("tickets")).status_code == 403


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ({"Origin": "https://shop.example"}, 200),
        ({"Origin": "https://de.shop.example"}, 200),
        ({"Origin": "", "Referer": "https://shop.example/contact"}, 200),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "https://shop.example@evil.example"}, 403),
        ({"Origin": ""}, 403),
    ],
)
async def test_only_named_pages_may_write(
    desk: Desk, browser: Browser, origin: dict[str, str], status: int
) -> None:
    await configure(desk, widget_domains=["*.shop.example"])

    answer = await browser.post("message", headers=origin, message="Hi", distinct_id="d")

    assert answer.status_code == status
    if status == 403:
        assert answer.json() == {"error": "Origin not allowed"}


async def test_reading_has_no_origin_check(desk: Desk, browser: Browser) -> None:
    ticket = (await browser.say("Hi"))["ticket_id"]
    await configure(desk, widget_domains=["shop.example"])
    evil = {"Origin": "https://evil.example"}

    answers = [
        await browser.get("tickets", headers=evil),
        await browser.get(f"messages/{ticket}", headers=evil),
        await browser.post(f"messages/{ticket}/read", headers=evil),
    ]

    assert [answer.status_code for answer in answers] == [200] * 3


@pytest.mark.parametrize(("method", "path"), [*ROUTES, ("GET", "nowhere")])
async def test_a_preflight_is_granted_without_a_token(desk: Desk, method: str, path: str) -> None:
    answer = await desk.client.options(
        WIDGET + path,
        headers={
            "Origin": "https://shop.example",
            "Access-Control-Request-Method": method,
            "Access-Control-Request-Headers": "x-conversations-token,content-type",
        },
    )

    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "x-conversations-token" in answer.headers["access-control-allow-headers"]
    assert "POST" in answer.headers["access-control-allow-methods"]


async def answers_of_all_kinds(browser: Browser) -> list[httpx.Response]:
    wrong: dict[str, Any] = {"message": "Hi", "distinct_id": "d"}
    return [
        await browser.get("tickets"),
        await browser.post("message", **wrong),
        await browser.get("tickets", limit=0),
        await browser.get(f"messages/{A_TICKET}"),
        await browser.get("nowhere"),
        await browser.call("DELETE", "tickets"),
        await browser.post("message", **wrong | {"message": "x" * 1_100_000}),
    ]


async def test_a_page_may_read_every_answer(browser: Browser) -> None:
    answers = await answers_of_all_kinds(browser)

    assert [answer.status_code for answer in answers] == [200, 200, 400, 404, 404, 405, 413]
    for answer in answers:
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in answer.headers
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["x-request-id"]


async def test_a_wrong_method_is_told(browser: Browser) -> None:
    answer = await browser.call("PUT", "message", json={})

    assert answer.status_code == 405
    assert set(answer.headers["allow"].split(", ")) == {"POST", "OPTIONS"}
    assert answer.json() == envelope(
        "invalid_request", "method_not_allowed", 'Method "PUT" not allowed.'
    )


async def test_a_path_may_end_with_a_slash(browser: Browser) -> None:
    assert (await browser.get("tickets/")).status_code == 200
