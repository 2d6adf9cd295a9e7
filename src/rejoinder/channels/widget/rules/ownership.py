"""Whose a ticket is: the one predicate behind every answer of the widget."""

from rejoinder.channels.widget.types import Owned, Viewer


def owns(viewer: Viewer, ticket: Owned) -> bool:
    """Whether the viewer may read the ticket and write on it.

    A claimed distinct id or e-mail address opens nothing: only what the viewer holds or proved.
    """
    return (
        _opened_in_this_session(viewer, ticket)
        or _of_this_person(viewer, ticket)
        or _sent_from_this_address(viewer, ticket)
    )


def _opened_in_this_session(viewer: Viewer, ticket: Owned) -> bool:
    return viewer.session_id != "" and ticket.widget_session_id == viewer.session_id


def _of_this_person(viewer: Viewer, ticket: Owned) -> bool:
    return ticket.distinct_id != "" and ticket.distinct_id in viewer.distinct_ids


def _sent_from_this_address(viewer: Viewer, ticket: Owned) -> bool:
    return (
        viewer.email != ""
        and ticket.channel_source == "email"
        and ticket.identity_verified is True
        and ticket.email_from is not None
        and ticket.email_from.lower() == viewer.email
    )
