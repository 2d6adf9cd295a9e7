"""Query strings, read strictly."""

import httpx
import pytest

from tests.web.app import envelope


async def test_of_a_repeated_parameter_the_last_one_counts(web: httpx.AsyncClient) -> None:
    answer = await web.get("/parameters?a=1&a=2&b=&size=1&size=2")

    assert answer.json() == {"a": "2", "b": "", "size": "2"}


async def test_plus_and_percent_are_decoded(web: httpx.AsyncClient) -> None:
    answer = await web.get("/parameters?q=a+b%2Bc%20d&%C3%A9=%E2%82%AC")

    assert answer.json() == {"q": "a b+c d", "é": "€"}


@pytest.mark.parametrize(
    ("query", "detail"),
    [
        ("q=a%00b", "Null characters are not allowed."),
        ("q=%ff", "The value is not valid UTF-8."),
        ("q=%ED%A0%80", "The value is not valid UTF-8."),
    ],
)
async def test_what_cannot_be_stored_is_refused_by_name(
    web: httpx.AsyncClient, query: str, detail: str
) -> None:
    answer = await web.get(f"/parameters?size=1&{query}")

    assert answer.status_code == 400
    assert answer.json() == envelope("validation_error", "invalid_input", detail, "q")


async def test_a_parameter_of_the_wrong_kind_is_refused_by_name(web: httpx.AsyncClient) -> None:
    answer = await web.get("/parameters?size=big")

    expected = "A valid integer is required."
    assert answer.json() == envelope("validation_error", "invalid_input", expected, "size")


async def test_too_many_parameters_are_refused(web: httpx.AsyncClient) -> None:
    answer = await web.get("/parameters?" + "&".join(f"a%20{n}=1" for n in range(1_001)))

    assert answer.status_code == 400
