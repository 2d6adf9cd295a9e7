"""What notifications announce: enough for an inbox to look, and nothing of what they say."""

from uuid import UUID

from rejoinder.events.event import Event
from rejoinder.notifications.types import Kind


class NotificationCreated(Event, frozen=True, kw_only=True, tag="notification.created"):
    """Something concerns a teammate; an unread one of the same id stands for more than before."""

    notification_id: UUID
    user_id: int
    kind: Kind


class NotificationsRead(Event, frozen=True, kw_only=True, tag="notification.read"):
    """A teammate has seen so many notifications."""

    user_id: int
    count: int
