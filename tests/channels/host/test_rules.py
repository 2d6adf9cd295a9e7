"""Which events say something about a person, and what."""

from typing import Any

import pytest

from rejoinder.channels.host.rules import claim_of
from rejoinder.channels.host.types import Captured
from rejoinder.people.types import Claim


def claim(name: str, properties: dict[str, Any], distinct_id: str = "ada") -> Claim | None:
    return claim_of(Captured(name=name, distinct_id=distinct_id, properties=properties))


def test_identify_names_the_anonymous_id_before() -> None:
    assert claim(
        "$identify", {"$anon_distinct_id": "a", "$set": {"x": 1}, "$set_once": {"y": 1}}
    ) == Claim(distinct_id="ada", also="a", set={"x": 1}, set_once={"y": 1}, identifies=True)


def test_an_alias_is_another_id_of_the_same_person() -> None:
    assert claim("$create_alias", {"alias": "countess"}) == Claim(
        distinct_id="ada", also="countess", identifies=True
    )


def test_a_group_becomes_a_property() -> None:
    group = {"$group_type": "company", "$group_key": "acme", "$group_set": {"size": 3}}

    assert claim("$groupidentify", group) == Claim(
        distinct_id="ada", set={"$group_company": "acme"}
    )


def test_properties_are_taken_from_any_event() -> None:
    assert claim("$set", {"$set": {"x": 1}, "$unset": ["y", 1]}) == Claim(
        distinct_id="ada", set={"x": 1}, unset=["y"]
    )
    assert claim("signed up", {"$set_once": {"x": 1}}) == Claim(
        distinct_id="ada", set_once={"x": 1}
    )


@pytest.mark.parametrize("name", ["$pageview", "$autocapture", "bought", "$set", "$groupidentify"])
def test_what_says_nothing_about_a_person_claims_nothing(name: str) -> None:
    assert claim(name, {"price": 1}) is None


@pytest.mark.parametrize("nobody", ["", " ", "anonymous", "undefined", "[object Object]", "NaN"])
def test_ids_that_mean_nobody_are_not_linked(nobody: str) -> None:
    linked = claim("$identify", {"$anon_distinct_id": nobody})

    assert claim("$identify", {}, nobody) is None
    assert linked is not None
    assert linked.also is None


def test_a_client_may_ask_for_no_person() -> None:
    assert claim("e", {"$set": {"x": 1}, "$process_person_profile": False}) is None


@pytest.mark.parametrize("value", [None, 1, "x", [], [1]])
def test_values_of_the_wrong_kind_are_left_out(value: object) -> None:
    assert claim("$set", {"$set": value, "$set_once": value, "$unset": 1}) is None
