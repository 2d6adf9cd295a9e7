"""How much is to be made, of what, and where."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct

SPAN: Final = timedelta(days=90)

Progress = Callable[[str, int], None]
"""Told what is being done, and how many tickets more there are."""


class Plan(Struct, frozen=True, kw_only=True):
    """Tickets up to `until`, spread over the days before.

    With several projects the first has half of all tickets, new ones share the other half.
    """

    tickets: int
    until: datetime
    project_id: int | None = None
    projects: int = 1
    messages_per_ticket: int = 6
    seed: int = 7

    @property
    def shares(self) -> list[int]:
        """How many tickets each project gets, the first project first."""
        others = self.projects - 1
        if not others:
            return [self.tickets]
        half = self.tickets - self.tickets // 2
        each, rest = divmod(self.tickets - half, others)
        return [half, *(each + (index < rest) for index in range(others))]
