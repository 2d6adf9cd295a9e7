"""Macros as they stand in the database, and as somebody wants them."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from msgspec import UNSET, Raw, Struct, UnsetType

from rejoinder.tickets.types import Assignee, Priority, Status

Visibility = Literal["team", "personal"]


class Actions(Struct, frozen=True, kw_only=True):
    """What a macro changes about a ticket; what is absent it leaves as it is."""

    status: Status | UnsetType = UNSET
    priority: Priority | UnsetType = UNSET
    tags: list[str] | UnsetType = UNSET
    assignee: Assignee | UnsetType = UNSET


class Macro(Struct, frozen=True):
    id: UUID
    short_id: str
    name: str
    description: str
    content: str
    rich_content: Raw | None
    actions: Raw
    visibility: Visibility
    created_at: datetime
    creator_id: int | None
    creator_first_name: str | None
    creator_last_name: str | None
    creator_email: str | None


class NewMacro(Struct, frozen=True, kw_only=True):
    """A macro that somebody wants, or what one is to be from now on."""

    name: str
    description: str
    content: str
    rich_content: dict[str, Any] | None
    actions: Actions
    visibility: Visibility
