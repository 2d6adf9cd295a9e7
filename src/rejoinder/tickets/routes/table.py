"""The tickets API under `/api/projects/:project_id/conversations/tickets/`."""

from typing import Final

from litestar import Router
from litestar.di import Provide

from rejoinder.cache.cached import Cached
from rejoinder.tickets.routes.listing import list_tickets, unread_count
from rejoinder.tickets.routes.ticket import (
    FirstMessage,
    create_ticket,
    delete_ticket,
    restore_ticket,
    retrieve_ticket,
    update_ticket,
)
from rejoinder.web.shortcuts import Shortcut

_PREFIX: Final = "/api/projects/{project_id:str}/conversations/tickets"


def shortcuts(unread: Cached[int]) -> list[Shortcut]:
    """What every open inbox asks for again and again."""
    return [
        Shortcut(_PREFIX, unread_count, unread=unread),
        Shortcut(_PREFIX, retrieve_ticket),
    ]


def router(unread: Cached[int], first_message: FirstMessage) -> Router:
    """The routes, with the cache of unread counts and what adds a first message."""
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
        ],
        dependencies={
            "unread": Provide(lambda: unread, sync_to_thread=False),
            "first_message": Provide(lambda: first_message, sync_to_thread=False),
        },
        tags=["tickets"],
    )
