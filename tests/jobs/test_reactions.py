import asyncio
from uuid import UUID

import asyncpg
import msgspec
import pytest
from msgspec import Struct

from rejoinder.db.pool import Database
from rejoinder.db.sql import Statement
from rejoinder.events.event import Actor, Event
from rejoinder.events.reactions import Reaction, queue_reactions
from rejoinder.events.work import Work
from rejoinder.ids import new_id
from rejoinder.jobs import queries
from rejoinder.jobs.background import Background
from rejoinder.jobs.types import Job, Kind
from tests.jobs.workers import AT_ONCE, rows

ACTOR = Actor(7, "system", "test")


class Knocked(Event, frozen=True, kw_only=True, tag="test.knocked"):
    pass


class Rang(Event, frozen=True, kw_only=True, tag="test.rang"):
    pass


class Logged(Struct, frozen=True):
    id: UUID
    cause: UUID | None
    depth: int


@pytest.fixture
def work(queue: Database) -> Work:
    reactions = {"test.knocked": ["open", "bark"]}
    return Work(queue, reactors=[queue_reactions(reactions)])


async def reactions_queued(queue: Database) -> list[tuple[str, Reaction]]:
    jobs = await queries.claim(queue, "w", {"open": 9, "bark": 9}, 9, AT_ONCE)
    return sorted(
        ((job.name, msgspec.json.decode(job.payload, type=Reaction)) for job in jobs),
        key=lambda queued: queued[0],
    )


async def logged(queue: Database, ticket_id: UUID) -> Logged:
    statement = Statement("SELECT id, cause, depth FROM events WHERE ticket_id = $1")
    return await queue.one(Logged, statement, ticket_id)


async def test_each_listed_reaction_to_an_event_is_a_job_of_its_own(
    queue: Database, work: Work
) -> None:
    ticket_id = new_id()

    async with work.begin(ACTOR) as tx:
        tx.emit(Rang())
        tx.emit(Knocked(ticket_id=ticket_id))
    event = await logged(queue, ticket_id)

    reaction = Reaction(
        project_id=7,
        event_id=event.id,
        type="test.knocked",
        ticket_id=ticket_id,
        cause=None,
        depth=0,
    )
    assert await reactions_queued(queue) == [("bark", reaction), ("open", reaction)]


async def test_what_a_reaction_does_names_its_cause(queue: Database, work: Work) -> None:
    cause, ticket_id = new_id(), new_id()

    async with work.begin(ACTOR, cause=cause, depth=2) as tx:
        tx.emit(Knocked(ticket_id=ticket_id))
    event = await logged(queue, ticket_id)
    [(_, first), _] = await reactions_queued(queue)

    assert (event.cause, event.depth) == (cause, 2)
    assert (first.cause, first.depth) == (cause, 2)


async def test_without_the_commit_there_is_no_reaction(queue: Database, work: Work) -> None:
    async def knock_and_stumble() -> None:
        async with work.begin(ACTOR) as tx:
            tx.emit(Knocked())
            await tx.run(Statement("SELECT 1 / 0"))

    with pytest.raises(asyncpg.DivisionByZeroError):
        await knock_and_stumble()

    assert await rows(queue) == []


async def test_an_announced_event_wakes_who_runs_the_reactions(queue: Database) -> None:
    done: asyncio.Queue[int] = asyncio.Queue()

    async def open_the_door(done: asyncio.Queue[int], job: Job) -> None:
        await done.put(job.attempts)

    kinds = {"open": Kind(run=open_the_door)}
    background = Background(kinds, {}, woken_by=frozenset({"test.knocked"}))
    reactor = queue_reactions({"test.knocked": ["open"]})
    work = Work(queue, listeners=[background.heard], reactors=[reactor])

    async with background.running(queue, done):
        async with work.begin(ACTOR) as tx:
            tx.emit(Knocked())
        assert await done.get() == 1
