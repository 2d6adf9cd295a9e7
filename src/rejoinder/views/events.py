"""What saved views announce. Names and filters never stand in here: views may be private."""

from uuid import UUID

from rejoinder.events.event import Event


class ViewCreated(Event, frozen=True, kw_only=True, tag="view.created"):
    """A view was saved."""

    view_id: UUID


class ViewChanged(Event, frozen=True, kw_only=True, tag="view.changed"):
    """Fields of a view were set; `fields` names them."""

    view_id: UUID
    fields: list[str]


class ViewFavorited(Event, frozen=True, kw_only=True, tag="view.favorited"):
    """A teammate wants to see a view first, or no longer."""

    view_id: UUID
    is_favorited: bool


class ViewDeleted(Event, frozen=True, kw_only=True, tag="view.deleted"):
    """A view is gone."""

    view_id: UUID
