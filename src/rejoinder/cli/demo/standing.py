"""Where a ticket stands, given what was said, by whom and how long ago."""

from typing import Final
from uuid import UUID

from msgspec import Struct

from rejoinder.cli.demo.conversations import Line
from rejoinder.cli.demo.dice import Dice
from rejoinder.cli.demo.team import Team
from rejoinder.tickets.types import Status

HOUR: Final = 3_600_000_000
_DAY: Final = 24 * HOUR


class Standing(Struct, frozen=True):
    """What became of a ticket; times are in microseconds since 1970."""

    status: Status
    user_id: int | None
    role_id: UUID | None
    unread_by_team: int
    unread_by_customer: int
    snoozed_until: int | None


def standing(public: list[Line], now: int, team: Team, dice: Dice) -> Standing:
    """The standing of a ticket with these public messages."""
    status = _status(public, (now - public[-1].at) / _DAY, dice)
    user_id, role_id = _assignee(status, team, dice)
    is_unread = status != "resolved" and dice.chance(0.5)
    is_snoozed = status == "on_hold" and dice.chance(0.7)
    return Standing(
        status,
        user_id,
        role_id,
        unread_by_team=_unanswered(public, by_customer=True) if is_unread else 0,
        unread_by_customer=_unanswered(public, by_customer=False) if dice.chance(0.4) else 0,
        snoozed_until=now + HOUR + dice.below(14 * _DAY) if is_snoozed else None,
    )


def _status(public: list[Line], days_quiet: float, dice: Dice) -> Status:
    """The longer nobody has written, the likelier it is resolved."""
    if dice.chance(min(0.95, 0.2 + days_quiet / 15)):
        return "resolved"
    if all(line.author == "customer" for line in public):
        return "new"
    if public[-1].author == "customer":
        return "open"
    return "on_hold" if dice.chance(0.25) else "pending"


def _assignee(status: Status, team: Team, dice: Dice) -> tuple[int | None, UUID | None]:
    if dice.chance(0.6 if status == "new" else 0.2):
        return None, None
    if team.role_ids and dice.chance(0.2):
        return None, dice.pick(team.role_ids)
    return dice.pick(team.user_ids), None


def _unanswered(public: list[Line], *, by_customer: bool) -> int:
    """How many messages one side wrote since the other side's last."""
    count = 0
    for line in reversed(public):
        if (line.author == "customer") is not by_customer:
            break
        count += 1
    return count
