"""What a person is called, and which of its properties are news."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec

from rejoinder.people.types import Claim

# The first of these that is set names the person; the order is the wire's.
_NAMED_BY: Final = ("email", "Email", "name", "Name", "username", "Username", "UserName")
_encode: Final = msgspec.json.Encoder(order="sorted").encode
_LONGEST_NAME: Final = 400
_MACHINE_MADE: Final = re.compile(r"^[0-9a-fA-F]{8,}(-[0-9a-fA-F]{4,}){2,}$|^[0-9a-fA-F-]{24,}$")


def same(one: object, other: object) -> bool:
    """Whether two JSON values are the same; in Python alone 1 equals True."""
    return _encode(one) == _encode(other)


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """What is another value afterwards; None where there is none any more."""
    return {
        key: after.get(key)
        for key in {**before, **after}
        if (key in before) is not (key in after) or not same(before.get(key), after.get(key))
    }


def display_name(properties: Mapping[str, Any], distinct_ids: Sequence[str]) -> str:
    """A property that names the person, else a distinct id, one that a human chose first."""
    for key in _NAMED_BY:
        value = properties.get(key)
        if isinstance(value, str) and value.strip():
            return value.strip()[:_LONGEST_NAME]
    human = [known for known in distinct_ids if not _MACHINE_MADE.match(known)]
    return next(iter([*human, *distinct_ids]), "")[:_LONGEST_NAME]


def properties_after(before: Mapping[str, Any], claim: Claim) -> dict[str, Any]:
    """The properties after what was claimed; `set_once` gives way to what is there."""
    after = dict(claim.set_once) | dict(before) | dict(claim.set)
    return {name: value for name, value in after.items() if name not in claim.unset}
