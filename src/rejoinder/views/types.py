"""Saved views as they stand in the database."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from msgspec import Struct

from rejoinder.people.types import JsonObject

Visibility = Literal["shared", "private"]


class View(Struct, frozen=True):
    """A view as one teammate sees it; one whose creator is gone is shared."""

    id: UUID
    short_id: str
    name: str
    filters: JsonObject
    created_at: datetime
    visibility: Visibility
    creator_id: int | None
    creator_first_name: str | None
    creator_last_name: str | None
    creator_email: str | None
    is_favorited: bool


class NewView(Struct, frozen=True, kw_only=True):
    """A view that somebody wants, or what one is to be from now on."""

    name: str
    filters: dict[str, Any]
    visibility: Visibility
