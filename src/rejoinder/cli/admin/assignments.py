"""`name=value` from a shell, read as the kind of value that the setting has."""

from collections.abc import Sequence
from typing import Any, Final

import msgspec
from msgspec import Struct
from msgspec.inspect import BoolType, ListType, StructType, Type, type_info

from rejoinder.errors import Invalid
from rejoinder.organizations.settings import ConversationsSettings

_ENABLED: Final = "conversations_enabled"


class Wanted(Struct, frozen=True):
    """What to change; `enabled` is None when that stays as it is."""

    enabled: bool | None
    settings: dict[str, Any]


def parse(assignments: Sequence[str]) -> Wanted:
    """The settings that these assignments mean.

    Raises:
        Invalid: names what cannot be read; whether a setting exists is the command's to say.
    """
    settings = dict(map(_parsed, assignments))
    return Wanted(settings.pop(_ENABLED, None), settings)


def _parsed(assignment: str) -> tuple[str, Any]:
    name, equals, text = assignment.partition("=")
    name = name.strip()
    if not equals:
        raise Invalid("Write settings as name=value.", attr=name)
    match _KINDS.get(name):
        case BoolType():
            return name, _boolean(name, text)
        case ListType():
            return name, _strings(name, text)
        case _:
            return name, text


def _kinds() -> dict[str, Type]:
    info = type_info(ConversationsSettings)
    fields = info.fields if isinstance(info, StructType) else ()
    return {field.name: field.type for field in fields} | {_ENABLED: BoolType()}


_KINDS: Final = _kinds()


def _boolean(name: str, text: str) -> bool:
    try:
        return msgspec.convert(text.strip(), bool, strict=False)
    except msgspec.ValidationError:
        raise Invalid("Expected true or false.", attr=name) from None


def _strings(name: str, text: str) -> list[str]:
    """A JSON list, or words between commas."""
    if not text.lstrip().startswith("["):
        return [word for part in text.split(",") if (word := part.strip())]
    try:
        return msgspec.json.decode(text, type=list[str])
    except msgspec.MsgspecError as error:
        raise Invalid(f"Expected a list of strings: {error}.", attr=name) from None
