"""THE list: event type → reactions; job name → function; schedule; what clears which cache."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import Final

from rejoinder.analytics.reactions import CAPTURE, Capture
from rejoinder.analytics.rules import CAPTURED_TYPES
from rejoinder.auth.reset import SEND_PASSWORD_RESET, ResetMail, send_reset
from rejoinder.auth.upkeep import purge_sessions
from rejoinder.channels.email.reactions import ATTEMPTS, DELIVER, Delivery
from rejoinder.channels.email.types import Mailbox
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
from rejoinder.messages.drafts.upkeep import purge_drafts
from rejoinder.messages.events import MessageReceived, MessageSent, NoteAdded, NoteEdited
from rejoinder.notifications import newcomers
from rejoinder.notifications import reactions as notifications
from rejoinder.notifications.accounts import mail_invite, mail_password_reset
from rejoinder.notifications.letters import Letters
from rejoinder.notifications.mailer import Mailer
from rejoinder.notifications.newcomers import Newcomers
from rejoinder.notifications.restore import mail_restore_link
from rejoinder.notifications.upkeep import purge as purge_notifications
from rejoinder.organizations.events import ProjectChanged
from rejoinder.organizations.invites.mail import (
    SEND_INVITE,
    InviteMail,
    purge_invites,
    send_invite,
)
from rejoinder.settings import Settings
from rejoinder.tickets.commands.upkeep import purge_deleted, repair_counters, wake_snoozed
from rejoinder.tickets.events import (
    CountersRepaired,
    TicketAssigned,
    TicketCreated,
    TicketDeleted,
    TicketMarkedUnread,
    TicketReadByTeam,
    TicketRestored,
    TicketStatusChanged,
)
from rejoinder.web.egress.client import Egress
from rejoinder.web.idempotency import purge_expired
from rejoinder.webhooks.events import WebhookDisabled
from rejoinder.webhooks.upkeep import purge_deliveries


def types_of(*events: type[Event]) -> frozenset[str]:
    """The names of these events, as announcements carry them."""
    return frozenset(str(event.__struct_config__.tag) for event in events)


async def purge_idempotency_keys(work: Work) -> int:
    return await purge_expired(work.database)


# Event type → names of jobs. Each is queued with the event, and is run and tried by itself.
REACTIONS: Final[Mapping[str, Sequence[str]]] = {
    **dict.fromkeys(
        sorted(types_of(NoteAdded, NoteEdited, TicketAssigned, MessageReceived)),
        (notifications.NOTIFY,),
    ),
}


# The same, where the operator gave an SMTP server.
MAILED: Final[Mapping[str, Sequence[str]]] = {
    **dict.fromkeys(types_of(TicketCreated), (newcomers.ANNOUNCE,)),
    **dict.fromkeys(types_of(MessageSent), (DELIVER,)),
    **dict.fromkeys(types_of(WebhookDisabled), (notifications.DISABLED_WEBHOOK,)),
}


# The same, where the operator gave a URL for analytics.
ANALYTICS: Final[Mapping[str, Sequence[str]]] = dict.fromkeys(sorted(CAPTURED_TYPES), (CAPTURE,))


def reactions(settings: Settings) -> Mapping[str, Sequence[str]]:
    """All reactions of this installation."""
    lists = [REACTIONS]
    if settings.smtp_url:
        lists.append(MAILED)
    if settings.analytics_capture_url:
        lists.append(ANALYTICS)
    types = sorted({type_ for each in lists for type_ in each})
    return {type_: [name for each in lists for name in each.get(type_, ())] for type_ in types}


def jobs(
    settings: Settings, mailer: Mailer, files: Files, trusted: Egress
) -> Mapping[str, Kind[Work]]:
    """Name of a job → what it does with the tools of its process.

    `trusted` goes wherever the operator's own settings lead.
    """
    capture = Capture(trusted, settings.analytics_capture_url, settings.analytics_token)
    letters = Letters(settings.base_url)
    told = notifications.Reactions(mailer, letters)
    delivery = Delivery(Mailbox.of(settings), mailer.hand_over, files)

    async def send_restore_mail(mail: RestoreMail) -> None:
        await mail_restore_link(mailer, mail.email, mail.link)

    async def send_invite_mail(mail: InviteMail) -> None:
        await mail_invite(
            mailer,
            mail.email,
            f"{settings.base_url}/invites/{mail.token}",
            organization=mail.organization_name,
            inviter=mail.inviter,
        )

    async def send_reset_mail(mail: ResetMail) -> None:
        link = f"{settings.base_url}/reset-password#{mail.token}"
        await mail_password_reset(mailer, mail.email, link)

    invite = send_invite_mail if mailer.is_configured else None
    return {
        SEND_PASSWORD_RESET: Kind(run=partial(send_reset, send=send_reset_mail)),
        SEND_INVITE: Kind(run=partial(send_invite, send=invite)),
        SEND_RESTORE_LINK: Kind(run=partial(send_link, send=send_restore_mail)),
        DELIVER: Kind(run=delivery.react, attempts=ATTEMPTS),
        FORWARD: Kind(run=partial(forward, egress=trusted), attempts=8),
        CAPTURE: Kind(run=capture.react, attempts=8),
        notifications.NOTIFY: Kind(run=told.notify, attempts=8),
        notifications.MAIL: Kind(run=told.mail, attempts=8),
        notifications.DISABLED_WEBHOOK: Kind(run=told.disabled_webhook, attempts=8),
        notifications.SEND: Kind(run=told.send, attempts=8),
        newcomers.ANNOUNCE: Kind(run=Newcomers(mailer, letters).announce, attempts=8),
    }


def schedule(settings: Settings, files: Files, mailer: Mailer) -> Mapping[str, Every[Work]]:
    """Name → what is done again and again with the tools of its process."""
    told = Newcomers(mailer, Letters(settings.base_url))
    return {
        "tickets.wake_snoozed": Every(timedelta(seconds=15), wake_snoozed),
        "tickets.repair_counters": Every(timedelta(hours=1), repair_counters),
        "tickets.purge_deleted": Every(timedelta(days=1), purge_deleted),
        "attachments.sweep": Every(timedelta(minutes=5), partial(sweep, files=files)),
        "drafts.purge": Every(timedelta(days=1), purge_drafts),
        "notifications.catch_up": Every(newcomers.EVERY, told.catch_up),
        "notifications.purge": Every(timedelta(days=1), purge_notifications),
        "auth.purge_sessions": Every(timedelta(days=1), purge_sessions),
        "organizations.purge_invites": Every(timedelta(days=1), purge_invites),
        "webhooks.purge_deliveries": Every(timedelta(hours=1), purge_deliveries),
        "widget.purge_restore_tokens": Every(timedelta(days=1), purge_restore_tokens),
        "idempotency.purge_expired": Every(timedelta(hours=1), purge_idempotency_keys),
    }


UNREAD_CLEARED_BY: Final = types_of(
    TicketCreated,
    TicketStatusChanged,
    TicketReadByTeam,
    TicketMarkedUnread,
    TicketDeleted,
    TicketRestored,
    MessageReceived,
    CountersRepaired,
    ProjectChanged,
)
