"""Every change of notifications."""

from collections.abc import Sequence
from uuid import UUID

from rejoinder.events.work import Tx
from rejoinder.notifications import queries
from rejoinder.notifications.events import NotificationCreated, NotificationsRead
from rejoinder.notifications.types import Added, Facts, Kind, Reader


async def notify(tx: Tx, facts: Facts, kind: Kind, user_ids: Sequence[int]) -> list[Added]:
    """The notifications that are new; what somebody was told before is not told again."""
    if kind == "reply":
        found = [await queries.add_reply(tx, tx.project_id, facts, each) for each in user_ids]
        added = [each for each in found if each]
    else:
        added = await queries.add(tx, tx.project_id, facts, kind, user_ids)
    for each in added:
        tx.emit(NotificationCreated(notification_id=each.id, user_id=each.user_id, kind=kind))
    return added


async def mark_read(
    tx: Tx, user_id: int, *, ids: Sequence[UUID] | None = None, ticket_id: UUID | None = None
) -> None:
    """The user has seen these, or those about the ticket; without either, all of them."""
    count = await queries.mark_read(tx, Reader(tx.project_id, user_id), ids, ticket_id)
    if count:
        tx.emit(NotificationsRead(user_id=user_id, count=count))
