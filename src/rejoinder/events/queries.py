"""The statements of the event log."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from rejoinder.db.pool import Queryable
from rejoinder.db.sql import Clause, compose, load
from rejoinder.events.event import Actor, Event, Position, Recorded

sql = load(__package__)


async def record(
    db: Queryable,
    actor: Actor,
    ids: Sequence[UUID],
    events: Sequence[Event],
    times: Sequence[datetime | None],
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
        list(times),
        announcement,
    )


async def log(
    db: Queryable, project_id: int, after: Position, where: Sequence[Clause], limit: int
) -> list[Recorded]:
    """The project's events behind `after`, in the order in which they can be read."""
    args = (project_id, str(after.xid), after.seq, limit)
    statement, values = compose(sql.log, args, where=where)
    return await db.many(Recorded, statement, *values)


async def end_of_log(db: Queryable) -> Position:
    """Where a reader begins who wants only what happens from now on."""
    return Position(int(await db.value(sql.end_of_log)), 0)


async def of_ticket(
    db: Queryable, project_id: int, ticket_id: UUID, where: Sequence[Clause], limit: int
) -> list[Recorded]:
    """The ticket's events that match, newest first."""
    statement, args = compose(sql.of_ticket, (project_id, ticket_id, limit), where=where)
    return await db.many(Recorded, statement, *args)


async def count_of_ticket(
    db: Queryable, project_id: int, ticket_id: UUID, where: Sequence[Clause]
) -> int:
    statement, args = compose(sql.count_of_ticket, (project_id, ticket_id), where=where)
    return await db.value(statement, *args)
