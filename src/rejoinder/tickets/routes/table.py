"""The tickets API under `/api/projects/:project_id/conversations/tickets/`."""

from typing import Final

from litestar import Router
from litestar.di import Provide

from rejoinder.cache.answers import Answers
from rejoinder.cache.cached import Cached
from rejoinder.tickets.rendered import RenderedTickets
from rejoinder.tickets.routes.bulk import (
    bulk_delete,
    bulk_restore,
    bulk_update,
    bulk_update_status,
    bulk_update_tags,
)
from rejoinder.tickets.routes.creating import Creations
from rejoinder.tickets.routes.listing import StoredView, list_tickets, unread_count
from rejoinder.tickets.routes.merging import list_merged, merge_ticket, unmerge_ticket
from rejoinder.tickets.routes.ticket import (
    create_ticket,
    delete_ticket,
    mark_ticket_unread,
    restore_ticket,
    retrieve_ticket,
    update_ticket,
)
from rejoinder.web.shortcuts import Shortcut

_PREFIX: Final = "/api/projects/{project_id:str}/conversations/tickets"


def shortcuts(
    unread: Cached[int],
    lists: Answers,
    rendered: RenderedTickets,
    creations: Creations,
    stored_view: StoredView,
) -> list[Shortcut]:
    """What every open inbox asks for again and again, and what comes in crowds."""
    return [
        Shortcut(_PREFIX, list_tickets, lists=lists, rendered=rendered, stored_view=stored_view),
        Shortcut(_PREFIX, unread_count, unread=unread),
        Shortcut(_PREFIX, retrieve_ticket),
        Shortcut(_PREFIX, create_ticket, creations=creations),
        Shortcut(_PREFIX, update_ticket),
    ]


def router(
    unread: Cached[int],
    lists: Answers,
    rendered: RenderedTickets,
    creations: Creations,
    stored_view: StoredView,
) -> Router:
    """The routes, with what they keep in mind, what creates tickets, and saved views."""
    return Router(
        _PREFIX,
        route_handlers=[
            list_tickets,
            create_ticket,
            unread_count,
            retrieve_ticket,
            update_ticket,
            delete_ticket,
            restore_ticket,
            mark_ticket_unread,
            bulk_update,
            bulk_delete,
            bulk_restore,
            bulk_update_status,
            bulk_update_tags,
            merge_ticket,
            unmerge_ticket,
            list_merged,
        ],
        dependencies={
            "unread": Provide(lambda: unread, sync_to_thread=False),
            "lists": Provide(lambda: lists, sync_to_thread=False),
            "rendered": Provide(lambda: rendered, sync_to_thread=False),
            "creations": Provide(lambda: creations, sync_to_thread=False),
            "stored_view": Provide(lambda: stored_view, sync_to_thread=False),
        },
        tags=["tickets"],
    )
