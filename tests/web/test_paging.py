"""Limit, offset, links and cursors."""

from datetime import UTC, datetime
from uuid import UUID

import httpx
import pytest

from rejoinder.errors import Invalid
from rejoinder.settings import Settings
from rejoinder.web.paging import decode_cursor, encode_cursor
from tests.web.app import client

HUGE = "9" * 40


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "100 from 0"),
        ("limit=7&offset=3", "7 from 3"),
        ("limit=", "100 from 0"),
        ("limit=many&offset=x", "100 from 0"),
        ("limit=0&offset=0", "100 from 0"),
        ("limit=-5&offset=-5", "100 from 0"),
        ("limit=1.5&offset=1e3", "100 from 0"),
        ("limit=5000", "1000 from 0"),
        (f"limit={HUGE}&offset={HUGE}", "1000 from 9223372036854775807"),
        ("limit=%2B5&offset=%205", "5 from 5"),
        (f"limit=5&offset={'9' * 5_000}", "5 from 0"),
        ("limit=1&limit=2", "2 from 0"),
    ],
)
async def test_nonsense_counts_as_not_given(
    web: httpx.AsyncClient, query: str, expected: str
) -> None:
    answer = await web.get(f"/things?{query}")

    assert (answer.status_code, answer.json()["results"]) == (200, [expected])


async def test_links_keep_the_other_parameters(web: httpx.AsyncClient) -> None:
    query = "search=a%26b+c&status=open&limit=5000&status=new&offset=3000"

    page = (await web.get(f"/projects/@current/things/?{query}")).json()

    kept = "http://desk.test/projects/@current/things/?search=a%26b+c&status=open&status=new"
    assert page["next"] == f"{kept}&limit=1000&offset=4000"
    assert page["previous"] == f"{kept}&limit=1000&offset=2000"


async def test_the_first_page_has_no_offset_in_its_link(web: httpx.AsyncClient) -> None:
    page = (await web.get("/things?limit=10&offset=5")).json()

    assert page["previous"] == "http://desk.test/things?limit=10"


async def test_the_ends_have_no_neighbours(web: httpx.AsyncClient) -> None:
    first = (await web.get("/things?limit=10")).json()
    last = (await web.get("/things?limit=10&offset=999990")).json()

    assert (first["previous"], last["next"]) == (None, None)


async def test_following_next_reaches_every_row_once(web: httpx.AsyncClient) -> None:
    seen: list[str] = []
    url: str | None = "/things?limit=1000&offset=996500"
    while url:
        page = (await web.get(url)).json()
        seen += page["results"]
        url = page["next"]

    assert seen == [f"1000 from {start}" for start in (996500, 997500, 998500, 999500)]


async def test_links_begin_with_the_configured_address() -> None:
    async with client(settings=Settings(public_url="https://help.example.com/")) as web:
        page = (await web.get("/things")).json()

    assert page["next"] == "https://help.example.com/things?limit=100&offset=100"


async def test_forwarded_headers_are_not_trusted(web: httpx.AsyncClient) -> None:
    forged = {"x-forwarded-host": "evil.test", "x-forwarded-proto": "gopher", "forwarded": "host=x"}

    page = (await web.get("/things", headers=forged)).json()

    assert page["next"].startswith("http://desk.test/")


def test_a_cursor_comes_back_as_it_was() -> None:
    position = (datetime(2026, 1, 5, 10, 0, 0, 123456, UTC), 42, UUID(int=7), None)

    text = encode_cursor(position)

    assert decode_cursor(text, tuple[datetime, int, UUID, str | None]) == position
    assert text.replace("-", "").replace("_", "").isalnum()


@pytest.mark.parametrize("text", ["", "x", "!!!", "é", "AAAA", encode_cursor((1, 2)), "kg" * 5_000])
def test_a_cursor_that_is_not_ours_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        decode_cursor(text, tuple[datetime, int])

    assert refused.value.attr == "cursor"
