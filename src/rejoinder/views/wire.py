"""What the views API takes and answers."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from rejoinder.auth.basic_user import BasicUser, basic_user
from rejoinder.errors import Invalid
from rejoinder.people.types import JsonObject
from rejoinder.tickets.counts.types import Count
from rejoinder.views.types import NewView, View, Visibility

Name = Annotated[str, Meta(max_length=400)]
Filters = Annotated[
    dict[str, Any],
    Meta(examples=[{"status": ["new", "open"], "assignee": ["me"], "tags": ["vip"]}]),
]


class ViewBody(Struct, frozen=True, kw_only=True):
    """A view to save."""

    name: Name
    filters: Filters = {}
    visibility: Visibility = "shared"

    def wanted(self) -> NewView:
        """Raises Invalid when the name is blank."""
        return NewView(name=_name(self.name), filters=self.filters, visibility=self.visibility)


class ViewPatch(Struct, frozen=True, kw_only=True):
    """What is absent stays as it is; `filters` replace all that were stored."""

    name: Name | UnsetType = UNSET
    filters: Filters | UnsetType = UNSET
    visibility: Visibility | UnsetType = UNSET
    is_favorited: bool | UnsetType = UNSET

    def on(self, before: NewView) -> NewView:
        """The view with these changes. Raises Invalid when the name is blank."""
        return NewView(
            name=before.name if self.name is UNSET else _name(self.name),
            filters=before.filters if self.filters is UNSET else self.filters,
            visibility=before.visibility if self.visibility is UNSET else self.visibility,
        )


class ViewOut(Struct, frozen=True):
    """A saved view; `is_favorited` is the caller's."""

    id: UUID
    short_id: str
    name: str
    filters: JsonObject
    created_at: datetime
    created_by: BasicUser | None
    is_favorited: bool
    visibility: Visibility


class BuiltInCounts(Struct, frozen=True):
    """The views every inbox has; only `all`, `snoozed` and `resolved` count what is resolved."""

    all: Count
    open: Count
    mine: Count
    unassigned: Count
    unread: Count
    snoozed: Count
    sla_breached: Count
    resolved: Count


class ViewCounts(Struct, frozen=True):
    """How many tickets each view has, saved ones by their `short_id`."""

    views: dict[str, Count]
    built_in: BuiltInCounts


def view_out(view: View) -> ViewOut:
    return ViewOut(
        view.id,
        view.short_id,
        view.name,
        view.filters,
        view.created_at,
        basic_user(
            view.creator_id, view.creator_first_name, view.creator_last_name, view.creator_email
        ),
        view.is_favorited,
        view.visibility,
    )


def _name(given: str) -> str:
    if not (name := given.strip()):
        raise Invalid("This field may not be blank.", attr="name", code="blank")
    return name
