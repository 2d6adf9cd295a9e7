"""Pure decisions about tickets: assignees, tags, snooze, and what a ticket adds to the counters."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final, Literal, NamedTuple, cast
from uuid import UUID

from rejoinder.errors import Invalid
from rejoinder.tickets.types import STATUSES, Assignee, RoleAssignee, Status, Ticket, UserAssignee

LONGEST_TAG: Final = 255
MOST_TAGS: Final = 100
_LARGEST_ID: Final = 2**63 - 1


class Counted(NamedTuple):
    """What a ticket adds to its project's counters, in the order of their columns."""

    new: int = 0
    open: int = 0
    pending: int = 0
    on_hold: int = 0
    resolved: int = 0
    unread: int = 0

    def minus(self, other: "Counted") -> "Counted":
        return Counted(*(mine - theirs for mine, theirs in zip(self, other, strict=True)))


def counted(ticket: Ticket) -> Counted:
    """A deleted ticket counts for nothing, a resolved one has nothing unread."""
    if ticket.deleted_at is not None:
        return Counted()
    unread = 0 if ticket.status == "resolved" else ticket.unread_team_count
    return Counted(*(int(ticket.status == status) for status in STATUSES), unread=unread)


def summed(changes: Iterable[Counted]) -> Counted:
    """All of them together."""
    return Counted(*map(sum, zip(*changes, Counted(), strict=True)))


def status_after_snooze(before: datetime | None, after: datetime | None) -> Status | None:
    """The status that a change of the snooze implies; None when it implies none."""
    if before is None and after is not None:
        return "on_hold"
    if before is not None and after is None:
        return "open"
    return None


def status_after_waking(status: Status) -> Status:
    """A ticket whose snooze has run out wants attention, unless it had it already."""
    return status if status in {"new", "open"} else "open"


def normal_tags(tags: Iterable[str]) -> list[str]:
    """Lower-cased, trimmed, each once, in the order given.

    Raises:
        Invalid: a tag is too long, or there are too many.
    """
    names = list(dict.fromkeys(name for tag in tags if (name := tag.strip().lower())))
    if any(len(name) > LONGEST_TAG for name in names):
        message = f"Ensure this field has no more than {LONGEST_TAG} characters."
        raise Invalid(message, attr="tags", code="max_length")
    if len(names) > MOST_TAGS:
        message = f"Ensure this field has no more than {MOST_TAGS} elements."
        raise Invalid(message, attr="tags", code="max_length")
    return names


def retagged(
    tags: Iterable[str], action: Literal["add", "remove", "set"], given: Sequence[str]
) -> list[str]:
    """The tags of a ticket after some, in their normal form, were added, removed or set.

    Raises:
        Invalid: these would be too many.
    """
    match action:
        case "add":
            return normal_tags([*tags, *given])
        case "remove":
            return [name for name in tags if name not in given]
        case "set":
            return list(given)


def parse_assignee(value: object) -> Assignee | None:
    """The assignee of a request body: null, or an object with `type` and `id`.

    Raises:
        Invalid: attr `assignee`, in the wire's words.
    """
    if value is None:
        return None
    if not isinstance(value, dict):
        raise _bad_assignee("must be an object")
    given = cast("dict[str, Any]", value)
    if given.get("type") is None or given.get("id") is None:
        raise _bad_assignee("must have 'type' and 'id'")
    match given["type"]:
        case "user":
            return UserAssignee(_user_id(given["id"]))
        case "role":
            return RoleAssignee(_role_id(given["id"]))
        case _:
            raise _bad_assignee("type must be 'user' or 'role'")


def _user_id(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise _bad_assignee("user id must be an integer")
    if not 0 < value <= _LARGEST_ID:
        raise not_a_member()
    return value


def _role_id(value: object) -> UUID:
    try:
        return UUID(str(value))
    except ValueError:
        raise _bad_assignee("role id must be a valid UUID") from None


def not_a_member() -> Invalid:
    return _bad_assignee("user is not a member of this organization")


def foreign_role() -> Invalid:
    return _bad_assignee("role does not belong to this organization")


def _bad_assignee(detail: str) -> Invalid:
    return Invalid(detail, attr="assignee")
