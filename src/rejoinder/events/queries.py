"""The statements of the event log."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from rejoinder.db.pool import Queryable
from rejoinder.db.sql import Clause, compose, load
from rejoinder.events.event import Actor, Event, Position, Recorded, Walked

sql = load(__package__)


async def record(
    db: Queryable,
    actors: Sequence[Actor],
    ids: Sequence[UUID],
    events: Sequence[Event],
    times: Sequence[datetime | None],
    announcement: str,
    *,
    cause: UUID | None = None,
    depth: int = 0,
) -> None:
    """Appends the events to the log, in order, and announces them when the transaction commits.

    All are of one project.
    """
    await db.run(
        sql.record,
        actors[0].project_id,
        cause,
        depth,
        list(ids),
        [event.type for event in events],
        [event.ticket_id for event in events],
        [actor.kind for actor in actors],
        [actor.id for actor in actors],
        list(events),
        list(times),
        announcement,
    )


async def wait_briefly(db: Queryable) -> None:
    """Until the transaction ends, no lock is waited for longer than a moment."""
    await db.value(sql.wait_briefly)


async def log(
    db: Queryable, project_id: int, after: Position, where: Sequence[Clause], limit: int
) -> list[Recorded]:
    """The project's events behind `after`, in the order in which they can be read."""
    args = (project_id, str(after.xid), after.seq, limit)
    statement, values = compose(sql.log, args, where=where)
    return await db.many(Recorded, statement, *values)


async def walk(db: Queryable, project_id: int, after: Position, limit: int) -> Walked | None:
    """The next so many rows of the log behind `after`; None when there are none."""
    return await db.one_or_none(Walked, sql.walk, project_id, str(after.xid), after.seq, limit)


async def end_of_log(db: Queryable) -> Position:
    """Where a reader begins who wants only what happens from now on."""
    return Position(int(await db.value(sql.end_of_log)), 0)


async def of_ticket(
    db: Queryable, project_id: int, ticket_id: UUID, where: Sequence[Clause], limit: int
) -> list[Recorded]:
    """The ticket's events that match, newest first."""
    statement, args = compose(sql.of_ticket, (project_id, ticket_id, limit), where=where)
    return await db.many(Recorded, statement, *args)


async def of_tickets(
    db: Queryable,
    project_id: int,
    ticket_ids: Sequence[UUID],
    where: Sequence[Clause],
    limit: int,
) -> list[Recorded]:
    """The same of several tickets together."""
    statement, args = compose(sql.of_tickets, (project_id, ticket_ids, limit), where=where)
    return await db.many(Recorded, statement, *args)


async def count_of_ticket(
    db: Queryable, project_id: int, ticket_id: UUID, where: Sequence[Clause]
) -> int:
    statement, args = compose(sql.count_of_ticket, (project_id, ticket_id), where=where)
    return await db.value(statement, *args)
