"""From an event to the jobs that react to it."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from msgspec import Struct

from rejoinder.events.work import Reactor, Tx
from rejoinder.jobs.queue import enqueue
from rejoinder.jobs.types import NewJob


class Reaction(Struct, frozen=True, kw_only=True):
    """The payload of such a job; what it does goes on from here with `event_id` as the cause."""

    project_id: int
    event_id: UUID
    type: str
    ticket_id: UUID | None
    cause: UUID | None
    depth: int


def queue_reactions(reactions: Mapping[str, Sequence[str]]) -> Reactor:
    """Queues, in the transaction of the events, one job for each listed reaction to each event."""

    async def react(tx: Tx, ids: Sequence[UUID]) -> None:
        jobs = [
            NewJob(
                name,
                Reaction(
                    project_id=tx.project_id,
                    event_id=event_id,
                    type=event.type,
                    ticket_id=event.ticket_id,
                    cause=tx.cause,
                    depth=tx.depth,
                ),
            )
            for event_id, event in zip(ids, tx.events, strict=True)
            for name in reactions.get(event.type, ())
        ]
        await enqueue(tx, *jobs)

    return react
