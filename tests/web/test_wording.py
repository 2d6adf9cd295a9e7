"""Refused values, in the words of the wire."""

from typing import Any

import httpx
import pytest

from rejoinder.web.wording import refusal
from tests.web.app import envelope

LONG_AGO = (
    "Datetime has wrong format. Use one of these formats instead: "
    "YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z]."
)


@pytest.mark.parametrize(
    ("body", "code", "detail", "attr"),
    [
        ({"part": {}}, "required", "This field is required.", "part__name"),
        ({"name": None}, "null", "This field may not be null.", "name"),
        ({"name": ""}, "blank", "This field may not be blank.", "name"),
        ({"name": []}, "invalid_input", "Not a valid string.", "name"),
        (
            {"name": "abcdef"},
            "max_length",
            "Ensure this field has no more than 5 characters.",
            "name",
        ),
        ({"kind": "x"}, "invalid_choice", '"x" is not a valid choice.', "kind"),
        ({"count": "x"}, "invalid_input", "A valid integer is required.", "count"),
        (
            {"count": 10},
            "max_value",
            "Ensure this value is less than or equal to 9.",
            "count",
        ),
        (
            {"count": -1},
            "min_value",
            "Ensure this value is greater than or equal to 0.",
            "count",
        ),
        ({"ready": "maybe"}, "invalid_input", "Must be a valid boolean.", "ready"),
        ({"at": "yesterday"}, "invalid_input", LONG_AGO, "at"),
        ({"at": []}, "invalid_input", LONG_AGO, "at"),
        ({"owner": "x"}, "invalid_input", "Must be a valid UUID.", "owner"),
        ({"owner": 5}, "invalid_input", "Must be a valid UUID.", "owner"),
        (
            {"tags": "x"},
            "not_a_list",
            'Expected a list of items but got type "str".',
            "tags",
        ),
        ({"tags": [1]}, "invalid_input", "Not a valid string.", "tags__0"),
        (
            {"tags": ["a", "b", "c"]},
            "max_length",
            "Ensure this field has no more than 2 elements.",
            "tags",
        ),
        (
            {"extra": [1]},
            "not_a_dict",
            'Expected a dictionary of items but got type "list".',
            "extra",
        ),
        (
            {"parts": [{"name": "a"}, {"name": "b", "weight": None}]},
            "null",
            "This field may not be null.",
            "parts__1__weight",
        ),
    ],
)
async def test_a_refused_value_is_named_and_explained(
    web: httpx.AsyncClient, body: dict[str, Any], code: str, detail: str, attr: str
) -> None:
    answer = await web.patch("/things/1", json=body)

    assert answer.status_code == 400
    assert answer.json() == envelope("validation_error", code, detail, attr)


async def test_only_the_first_fault_is_told(web: httpx.AsyncClient) -> None:
    answer = await web.patch("/things/1", json={"name": None, "kind": "x", "count": "x"})

    assert answer.json()["attr"] == "name"


def test_a_text_of_our_own_stays_as_it_is() -> None:
    found = refusal("A snooze ends in the future. - at `$.snoozed_until`")

    assert found == ("invalid_input", "A snooze ends in the future.", "snoozed_until")


def test_a_missing_parameter_is_required() -> None:
    found = refusal("Missing required query parameter 'distinct_id' for path /persons")

    assert found == ("required", "This field is required.", "distinct_id")


@pytest.mark.parametrize("text", [" " * 1_000_000, " - at `$." * 100_000])
def test_a_long_value_in_a_message_takes_no_time(text: str) -> None:
    found = refusal(f"Invalid enum value '{text}' - at `$.status`")

    assert (found.attr, found.code) == ("status", "invalid_choice")
