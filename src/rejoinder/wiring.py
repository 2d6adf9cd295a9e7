"""THE list: event type → reactions; job name → function; schedule; what clears which cache."""

from rejoinder.events.event import Event
from rejoinder.messages.events import MessageReceived
from rejoinder.organizations.events import ProjectChanged
from rejoinder.tickets.events import (
    CountersRepaired,
    TicketCreated,
    TicketDeleted,
    TicketReadByTeam,
    TicketRestored,
    TicketStatusChanged,
)


def types_of(*events: type[Event]) -> frozenset[str]:
    """The names of these events, as announcements carry them."""
    return frozenset(str(event.__struct_config__.tag) for event in events)


UNREAD_CLEARED_BY = types_of(
    TicketCreated,
    TicketStatusChanged,
    TicketReadByTeam,
    TicketDeleted,
    TicketRestored,
    MessageReceived,
    CountersRepaired,
    ProjectChanged,
)
