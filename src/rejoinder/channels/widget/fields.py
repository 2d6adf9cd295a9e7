"""Reads a body or a query field by field, and tells everything that is wrong at once."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final, TypeVar, cast
from urllib.parse import urlsplit
from uuid import UUID

from rejoinder.channels.widget.errors import Refused

T = TypeVar("T", bound=str)

_REQUIRED: Final = "This field is required."
_MOMENT: Final = (
    "Datetime has wrong format. Use one of these formats instead: "
    "YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z]."
)
_GENERAL: Final = "non_field_errors"


class Fields:
    """The values of one request. Read them all, then call `check`."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values
        self._errors: dict[str, list[str]] = {}

    def value(self, name: str) -> object:
        """As it was given; an empty text when it is absent or null."""
        value = self._values.get(name)
        return "" if value is None else value

    def text(self, name: str, most: int, *, required: bool = False, least: int = 0) -> str:
        """The text, trimmed; empty when it is absent."""
        value = self._values.get(name)
        if value is None:
            if required:
                absent = name not in self._values
                self.refuse(name, _REQUIRED if absent else "This field may not be null.")
            return ""
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            return self.refuse(name, "Not a valid string.")
        text = str(value).strip()
        if required and not text:
            return self.refuse(name, "This field may not be blank.")
        if len(text) > most:
            return self.refuse(name, f"Ensure this field has no more than {most} characters.")
        if 0 < len(text) < least:
            return self.refuse(name, f"Ensure this field has at least {least} characters.")
        return text

    def uuid(self, name: str, *, required: bool = False) -> UUID | None:
        value = self._values.get(name)
        if value is None or value == "":
            if required:
                self.refuse(name, _REQUIRED)
            return None
        found = as_uuid(value)
        if found is None:
            self.refuse(name, "Must be a valid UUID.")
        return found

    def uuids(self, name: str, most: int) -> list[UUID]:
        value = self._values.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            kind = type(value).__name__
            self.refuse(name, f'Expected a list of items but got type "{kind}".')
            return []
        given = cast("list[object]", value)
        if len(given) > most:
            self.refuse(name, f"Ensure this field has no more than {most} elements.")
        found = [as_uuid(each) for each in given]
        if None in found:
            self.refuse(name, "Must be a valid UUID.")
        return [each for each in found if each is not None]

    def integer(self, name: str, default: int, least: int, most: int | None = None) -> int:
        value = self._values.get(name)
        if value is None:
            return default
        text = str(value).strip()
        if not text.removeprefix("-").isdecimal() or len(text) > len(str(2**63)):
            self.refuse(name, "A valid integer is required.")
        elif int(text) < least:
            self.refuse(name, f"Ensure this value is greater than or equal to {least}.")
        elif int(text) > (2**63 - 1 if most is None else most):
            self.refuse(name, f"Ensure this value is less than or equal to {most or 2**63 - 1}.")
        else:
            return int(text)
        return default

    def moment(self, name: str) -> datetime | None:
        """A time; one without a zone is UTC. A `+` that came as a blank is put back."""
        value = self._values.get(name)
        if value is None or value == "":
            return None
        try:
            moment = datetime.fromisoformat(str(value).strip().replace(" ", "+"))
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError):
            self.refuse(name, _MOMENT)
            return None

    def choice(self, name: str, choices: tuple[T, ...]) -> T | None:
        value = self._values.get(name)
        if value is None or value == "":
            return None
        for choice in choices:
            if choice == value:
                return choice
        self.refuse(name, f'"{value}" is not a valid choice.')
        return None

    def mapping(self, name: str) -> dict[str, Any]:
        value = self._values.get(name)
        if value is None:
            return {}
        if not isinstance(value, dict):
            kind = type(value).__name__
            self.refuse(name, f'Expected a dictionary of items but got type "{kind}".')
            return {}
        return cast("dict[str, Any]", value)

    def email(self, name: str, most: int) -> str:
        """A required address, lower-cased."""
        text = self.text(name, most, required=True).lower()
        local, at, domain = text.rpartition("@")
        is_one = at and local and "." in domain.strip(".") and text.isprintable()
        if text and (not is_one or any(character in text for character in ' ,;<>"()')):
            return self.refuse(name, "Enter a valid email address.")
        return text

    def url(self, name: str, most: int) -> str:
        """A required address of a page."""
        text = self.text(name, most, required=True)
        try:
            parts = urlsplit(text)
        except ValueError:
            return self.refuse(name, "Enter a valid URL.")
        if text and not (parts.scheme and parts.netloc):
            return self.refuse(name, "Enter a valid URL.")
        return text

    def refuse(self, name: str, text: str) -> str:
        """Remembers what is wrong; the empty text that is returned stands for the value."""
        self._errors.setdefault(name or _GENERAL, []).append(text)
        return ""

    def check(self) -> None:
        """Raises Refused if anything read so far was wrong."""
        if self._errors:
            raise invalid(self._errors)


def invalid(details: Mapping[str, list[str]]) -> Refused:
    return Refused(400, "Invalid request data", details)


def as_uuid(value: object) -> UUID | None:
    try:
        return UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None
