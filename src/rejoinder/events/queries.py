"""The statements of the event log."""

from collections.abc import Sequence
from uuid import UUID

from rejoinder.db.pool import Queryable
from rejoinder.db.sql import load
from rejoinder.events.event import Actor, Event

sql = load(__package__)


async def record(
    db: Queryable,
    actor: Actor,
    ids: Sequence[UUID],
    events: Sequence[Event],
    announcement: str,
    *,
    cause: UUID | None = None,
    depth: int = 0,
) -> None:
    """Appends the events to the log, in order, and announces them when the transaction commits."""
    await db.run(
        sql.record,
        actor.project_id,
        actor.kind,
        actor.id,
        cause,
        depth,
        list(ids),
        [event.type for event in events],
        [event.ticket_id for event in events],
        list(events),
        announcement,
    )
