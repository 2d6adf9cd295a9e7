"""Refusals in the widget's own words: `{"error", "details"}` instead of the envelope."""

from collections.abc import Mapping, Sequence


class Refused(Exception):
    """The request ends here, with this status and text; `details` names fields."""

    def __init__(
        self, status: int, text: str, details: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        super().__init__(text)
        self.status = status
        self.text = text
        self.details = details


def forbidden() -> Refused:
    """Deliberately the same for a wrong identity, a missing secret and a stranger's ticket."""
    return Refused(403, "Forbidden")


def no_ticket() -> Refused:
    return Refused(404, "Ticket not found")
