"""A ticket as its caller is shown it."""

from typing import Final

from rejoinder.auth.guards import TeamRequest
from rejoinder.auth.types import Level
from rejoinder.tickets.types import TicketView
from rejoinder.tickets.wire import AccessLevel, TicketOut, ticket_out

_ACCESS: Final[dict[Level, AccessLevel]] = {
    "owner": "manager",
    "admin": "manager",
    "agent": "editor",
    "viewer": "viewer",
}


def access_of(request: TeamRequest) -> AccessLevel:
    """What this caller may do to tickets."""
    return _ACCESS[request.caller.level]


def shown(request: TeamRequest, view: TicketView) -> TicketOut:
    """The wire's ticket, with what this caller may do to it."""
    return ticket_out(view, access_of(request))
