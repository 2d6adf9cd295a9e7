"""Puts msgspec's refusals into the words and codes that clients of the wire know."""

import re
from collections.abc import Callable
from typing import Final, NamedTuple


class Refusal(NamedTuple):
    """One refused value, in wire terms."""

    code: str
    detail: str
    attr: str | None


_AT: Final = " - at `"
_STEP: Final = re.compile(r"\.?([^.\[\]]+)|\[(\d+|\.\.\.)\]")

_INVALID: Final = "invalid_input"
_NAMES: Final = {
    "str": "str",
    "int": "int",
    "float": "float",
    "bool": "bool",
    "null": "NoneType",
    "array": "list",
    "object": "dict",
}
_WRONG_KIND: Final = {
    "str": (_INVALID, "Not a valid string."),
    "int": (_INVALID, "A valid integer is required."),
    "float": (_INVALID, "A valid number is required."),
    "decimal": (_INVALID, "A valid number is required."),
    "bool": (_INVALID, "Must be a valid boolean."),
    "uuid": (_INVALID, "Must be a valid UUID."),
    "array": ("not_a_list", 'Expected a list of items but got type "{got}".'),
    "object": ("not_a_dict", 'Expected a dictionary of items but got type "{got}".'),
}
BAD_DATETIME: Final = (
    "Datetime has wrong format. Use one of these formats instead: "
    "YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z]."
)
_DATE: Final = "Date has wrong format. Use one of these formats instead: YYYY-MM-DD."

Words = tuple[str, str]


def _wrong_kind(found: re.Match[str]) -> Words:
    wanted = found["wanted"].partition(" ")[0]
    if found["got"] == "null":
        return "null", "This field may not be null."
    if wanted in {"datetime", "date"}:
        return _INVALID, BAD_DATETIME if wanted == "datetime" else _DATE
    code, detail = _WRONG_KIND.get(wanted, (_INVALID, "Not a valid value."))
    return code, detail.format(got=_NAMES.get(found["got"], found["got"]))


def _length(found: re.Match[str]) -> Words:
    bound = int(found["bound"])
    things = "elements" if found["kind"] in {"array", "object"} else "characters"
    if found["sign"] == "<=":
        return "max_length", f"Ensure this field has no more than {bound} {things}."
    if things == "elements":
        return "min_length", f"Ensure this field has at least {bound} elements."
    if bound == 1:
        return "blank", "This field may not be blank."
    return "min_length", f"Ensure this field has at least {bound} characters."


def _size(found: re.Match[str]) -> Words:
    word = "less" if found["sign"].startswith("<") else "greater"
    equal = " or equal to" if found["sign"].endswith("=") else ""
    code = "max_value" if word == "less" else "min_value"
    return code, f"Ensure this value is {word} than{equal} {found['bound']}."


def _choice(found: re.Match[str]) -> Words:
    return "invalid_choice", f'"{found["value"]}" is not a valid choice.'


def _always(code: str, detail: str) -> Callable[[re.Match[str]], Words]:
    return lambda _found: (code, detail)


_RULES: Final[list[tuple[re.Pattern[str], Callable[[re.Match[str]], Words]]]] = [
    (re.compile(pattern), words)
    for pattern, words in (
        (r"Object missing required field", _always("required", "This field is required.")),
        (
            r"Missing required \w+ parameter",
            _always("required", "This field is required."),
        ),
        (r"Object contains unknown field", _always(_INVALID, "This field is not known.")),
        (r"Expected `(?P<wanted>[^`]+)`, got `(?P<got>[^`]+)`$", _wrong_kind),
        (
            r"Invalid enum value '?(?P<value>.*?)'?$",
            _choice,
        ),
        (r"Expected `(?P<kind>\w+)` of length (?P<sign>[<>]=) (?P<bound>\d+)", _length),
        (r"Expected `\w+` (?P<sign>[<>]=?) (?P<bound>\S+)", _size),
        (r"Expected `datetime` with", _always(_INVALID, BAD_DATETIME)),
        (r"Invalid RFC3339 encoded datetime|Timestamp", _always(_INVALID, BAD_DATETIME)),
        (r"Invalid RFC3339 encoded date", _always(_INVALID, _DATE)),
        (r"Invalid UUID|badly formed hexadecimal UUID", _always(_INVALID, "Must be a valid UUID.")),
        (r"Expected `str` matching", _always(_INVALID, "This value does not match the pattern.")),
    )
]
_FIELD: Final = re.compile(r"(?:field `|parameter ')([^`']+)")


def refusal(message: str) -> Refusal:
    """What `message`, the text of a msgspec ValidationError, says in the wire's words.

    A text of our own (a `ValueError` out of a Struct's `__post_init__`) stays as it is.
    """
    what, place = _divided(message)
    steps = path(place)
    if named := _FIELD.search(what):
        steps.append(named[1])
    attr = "__".join(steps) or None
    for pattern, words in _RULES:
        if match := pattern.match(what):
            return Refusal(*words(match), attr)
    return Refusal(_INVALID, what, attr)


def _divided(message: str) -> tuple[str, str]:
    """What is wrong, and where. The value that was sent may be in it: as long as it was sent."""
    what, _, where = message.rpartition(_AT)
    place = where.removeprefix("key in `")
    if not what or not place.startswith("$"):
        return message.rstrip(), ""
    return what.rstrip(), place[1:].rstrip("`")


def path(place: str) -> list[str]:
    """`.tags[0].name` as its steps; a key that msgspec does not tell (`[...]`) is left out."""
    steps = [name or position for name, position in _STEP.findall(place)]
    return [step for step in steps if step != "..."]
