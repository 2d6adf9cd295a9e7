"""How often a widget may ask; polling never uses up what writing needs."""

from collections.abc import AsyncGenerator

import httpx
import pytest
from msgspec.structs import replace

from rejoinder.settings import Settings
from tests.builders import Desk
from tests.channels.widget.browser import Browser, a_session, configure
from tests.conftest import a_client


@pytest.fixture
async def strict(settings: Settings) -> AsyncGenerator[httpx.AsyncClient]:
    limited = replace(
        settings,
        rate_limits=True,
        limit_widget_write="2/minute",
        limit_widget_poll="3/minute",
        limit_widget_token_write="5/hour",
        limit_widget_restore="3/hour",
        limit_widget_redeem="2/minute",
    )
    async with a_client(limited) as client:
        yield client


@pytest.fixture
def limited(desk: Desk, strict: httpx.AsyncClient) -> Desk:
    return replace(desk, client=strict)


async def test_a_session_may_write_so_often(limited: Desk) -> None:
    browser = Browser(limited)

    answers = [await browser.post("message", message="Hi", distinct_id="d") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1].json()["code"] == "throttled"
    assert int(answers[-1].headers["retry-after"]) > 0
    assert answers[-1].headers["access-control-allow-origin"] == "*"


async def test_polling_never_stops_anybody_from_writing(limited: Desk) -> None:
    browser = Browser(limited)

    polls = [(await browser.get("tickets")).status_code for _ in range(4)]

    assert polls == [200, 200, 200, 429]
    assert (await browser.post("message", message="Hi", distinct_id="d")).status_code == 200


async def test_all_sessions_of_a_token_share_a_limit(limited: Desk) -> None:
    answers = [
        await Browser(limited).post("message", message="Hi", distinct_id="d") for _ in range(6)
    ]

    assert [answer.status_code for answer in answers] == [200] * 5 + [429]


async def test_an_address_is_sent_three_links_an_hour(limited: Desk) -> None:
    await configure(limited, widget_domains=["shop.example"])
    page = {"request_url": "https://shop.example/"}
    browser = Browser(limited)

    async def ask(email: str) -> int:
        answer = await browser.post("restore/request", email=email, **page)
        return answer.status_code

    asked = [await ask("Cleo@example.com") for _ in range(4)]

    assert asked == [200, 200, 200, 429]
    assert await ask("dora@example.com") == 200


async def test_tokens_are_not_guessed_in_a_hurry(limited: Desk) -> None:
    browser = Browser(limited)

    answers = [
        await browser.post("restore", restore_token="x" * 43, widget_session_id=a_session())
        for _ in range(3)
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
