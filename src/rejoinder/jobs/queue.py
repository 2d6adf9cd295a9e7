"""The door through which work enters."""

from rejoinder.db.pool import Queryable
from rejoinder.jobs import queries
from rejoinder.jobs.types import NewJob


async def enqueue(db: Queryable, *jobs: NewJob) -> None:
    """Queues the jobs; inside a transaction they exist when and only when it commits."""
    if jobs:
        await queries.add(db, jobs)
