"""THE list: event type → reactions; job name → function; schedule; what clears which cache."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import Final

from rejoinder.analytics.reactions import CAPTURE, Capture
from rejoinder.analytics.rules import CAPTURED_TYPES
from rejoinder.channels.host.forwarding import FORWARD, forward
from rejoinder.channels.widget.restore import (
    SEND_RESTORE_LINK,
    RestoreMail,
    purge_restore_tokens,
    send_link,
)
from rejoinder.events.event import Event
from rejoinder.events.work import Work
from rejoinder.jobs.types import Every, Kind
from rejoinder.messages.attachments.files import Files
from rejoinder.messages.attachments.upkeep import sweep
from rejoinder.messages.events import MessageReceived
from rejoinder.notifications.mailer import Mailer
from rejoinder.notifications.restore import mail_restore_link
from rejoinder.organizations.events import ProjectChanged
from rejoinder.settings import Settings
from rejoinder.tickets.commands.upkeep import purge_deleted, repair_counters, wake_snoozed
from rejoinder.tickets.events import (
    CountersRepaired,
    TicketCreated,
    TicketDeleted,
    TicketReadByTeam,
    TicketRestored,
    TicketStatusChanged,
)
from rejoinder.web.egress.client import Egress
from rejoinder.web.idempotency import purge_expired
from rejoinder.webhooks.upkeep import purge_deliveries


def types_of(*events: type[Event]) -> frozenset[str]:
    """The names of these events, as announcements carry them."""
    return frozenset(str(event.__struct_config__.tag) for event in events)


async def purge_idempotency_keys(work: Work) -> int:
    return await purge_expired(work.database)


# Event type → names of jobs. Each is queued with the event, and is run and tried by itself.
REACTIONS: Final[Mapping[str, Sequence[str]]] = {}


# The same, where the operator gave a URL for analytics.
ANALYTICS: Final[Mapping[str, Sequence[str]]] = dict.fromkeys(sorted(CAPTURED_TYPES), (CAPTURE,))


def reactions(settings: Settings) -> Mapping[str, Sequence[str]]:
    """All reactions of this installation."""
    if not settings.analytics_capture_url:
        return REACTIONS
    types = REACTIONS.keys() | ANALYTICS.keys()
    return {type_: (*REACTIONS.get(type_, ()), *ANALYTICS.get(type_, ())) for type_ in types}


def jobs(settings: Settings, mailer: Mailer, trusted: Egress) -> Mapping[str, Kind[Work]]:
    """Name of a job → what it does with the tools of its process.

    `trusted` goes wherever the operator's own settings lead.
    """
    capture = Capture(trusted, settings.analytics_capture_url, settings.analytics_token)

    async def send_restore_mail(mail: RestoreMail) -> None:
        await mail_restore_link(mailer, mail.email, mail.link)

    return {
        SEND_RESTORE_LINK: Kind(run=partial(send_link, send=send_restore_mail)),
        FORWARD: Kind(run=partial(forward, egress=trusted), attempts=8),
        CAPTURE: Kind(run=capture.react, attempts=8),
    }


def schedule(files: Files) -> Mapping[str, Every[Work]]:
    """Name → what is done again and again with the tools of its process."""
    return {
        "tickets.wake_snoozed": Every(timedelta(seconds=15), wake_snoozed),
        "tickets.repair_counters": Every(timedelta(hours=1), repair_counters),
        "tickets.purge_deleted": Every(timedelta(days=1), purge_deleted),
        "attachments.sweep": Every(timedelta(minutes=5), partial(sweep, files=files)),
        "webhooks.purge_deliveries": Every(timedelta(hours=1), purge_deliveries),
        "widget.purge_restore_tokens": Every(timedelta(days=1), purge_restore_tokens),
        "idempotency.purge_expired": Every(timedelta(hours=1), purge_idempotency_keys),
    }


UNREAD_CLEARED_BY: Final = types_of(
    TicketCreated,
    TicketStatusChanged,
    TicketReadByTeam,
    TicketDeleted,
    TicketRestored,
    MessageReceived,
    CountersRepaired,
    ProjectChanged,
)
