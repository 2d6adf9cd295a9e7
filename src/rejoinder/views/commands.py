"""Every change of a saved view."""

from typing import Any, Final

import msgspec

from rejoinder.errors import Invalid
from rejoinder.events.work import Tx
from rejoinder.ids import new_id, new_short_id
from rejoinder.views import queries
from rejoinder.views.events import ViewChanged, ViewCreated, ViewDeleted, ViewFavorited
from rejoinder.views.rules import checked
from rejoinder.views.types import NewView, View

MOST_VIEWS: Final = 500


async def create(tx: Tx, new: NewView, user_id: int) -> str:
    """A view of this teammate's; returns its short id.

    Raises:
        Invalid: the filters are none, or the project has too many views.
    """
    if await queries.count_views(tx, tx.project_id) >= MOST_VIEWS:
        raise Invalid(f"A project has at most {MOST_VIEWS} views.")
    checked(new.filters)
    view_id, short_id = new_id(), new_short_id()
    await queries.add_view(tx, tx.project_id, view_id, short_id, new, user_id)
    tx.emit(ViewCreated(view_id=view_id))
    return short_id


async def change(tx: Tx, view: View, wanted: NewView, user_id: int) -> None:
    """The view as wanted.

    Raises:
        Invalid: the filters are none, or somebody else's view would be shown or hidden.
    """
    before = as_wanted(view)
    fields = [
        field
        for field in NewView.__struct_fields__
        if getattr(wanted, field) != getattr(before, field)
    ]
    if not fields:
        return
    if "visibility" in fields and view.creator_id != user_id:
        raise Invalid("Only the creator of a view can change this.", attr="visibility")
    if "filters" in fields:
        checked(wanted.filters)
    await queries.change_view(tx, tx.project_id, view.id, wanted)
    tx.emit(ViewChanged(view_id=view.id, fields=fields))


async def favor(tx: Tx, view: View, user_id: int, *, is_favorited: bool) -> None:
    """The teammate sees the view first from now on, or where it stands among the others."""
    if is_favorited == view.is_favorited:
        return
    write = queries.add_favorite if is_favorited else queries.remove_favorite
    await write(tx, tx.project_id, view.id, user_id)
    tx.emit(ViewFavorited(view_id=view.id, is_favorited=is_favorited))


async def remove(tx: Tx, view: View) -> None:
    await queries.remove_view(tx, tx.project_id, view.id)
    tx.emit(ViewDeleted(view_id=view.id))


def as_wanted(view: View) -> NewView:
    """What would have to be wanted for the view to be as it is."""
    filters = msgspec.json.decode(view.filters, type=dict[str, Any])
    return NewView(name=view.name, filters=filters, visibility=view.visibility)
