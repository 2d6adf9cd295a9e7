"""What another system can ask for, once it has been understood."""

from datetime import datetime
from typing import Literal

from msgspec import UNSET, Struct, UnsetType

from rejoinder.tickets.types import Assignee, Priority, Status

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
TagsMode = Literal["add", "set", "remove"]
SlaUnit = Literal["minute", "hour", "day"]


class Change(Struct, frozen=True, kw_only=True):
    """What is to become of a ticket; UNSET stays as it is."""

    status: Status | UnsetType = UNSET
    priority: Priority | UnsetType = UNSET
    due_at: datetime | UnsetType | None = UNSET
    snoozed_until: datetime | UnsetType | None = UNSET
    assignee: Assignee | UnsetType | None = UNSET
    tags: list[str] | UnsetType = UNSET
    tags_mode: TagsMode = "add"
