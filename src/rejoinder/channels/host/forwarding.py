"""Sending captured events on, unchanged, to a PostHog host: a job for each request."""

from typing import Final

import httpx
import msgspec
import structlog
from msgspec import Struct

from rejoinder.channels.host import metrics, queries
from rejoinder.db.pool import Queryable
from rejoinder.events.work import Work
from rejoinder.jobs.queue import enqueue
from rejoinder.jobs.types import Job, NewJob

log = structlog.stdlib.get_logger(__name__)

FORWARD: Final = "host.forward"
# What waits while the other host is away; beyond that, events are lost and counted.
MOST_WAITING: Final = 1_000
LARGEST: Final = 262_144
_PATIENCE_S: Final = 10.0
_SERVER_ERROR: Final = 500


class Forwarded(Struct, frozen=True):
    """A request as it arrived; `path` holds the query, too."""

    host: str
    path: str
    headers: dict[str, str]
    body: bytes


async def queue(db: Queryable, request: Forwarded, events: int) -> None:
    """Queues the request, unless it is too large or too many wait."""
    if (
        len(request.body) > LARGEST
        or await queries.count_waiting(db, FORWARD, MOST_WAITING) >= MOST_WAITING
    ):
        metrics.OVERFLOWED.inc(events)
        return
    await enqueue(db, NewJob(FORWARD, request))
    metrics.FORWARDED.inc(events)


async def forward(_: Work, job: Job) -> None:
    """Sends it.

    Raises:
        httpx.HTTPError: the host does not answer, or fails; worth another attempt.
    """
    request = msgspec.json.decode(job.payload, type=Forwarded)
    async with httpx.AsyncClient(timeout=_PATIENCE_S) as client:
        answer = await client.post(
            request.host + request.path, content=request.body, headers=request.headers
        )
    if answer.status_code >= _SERVER_ERROR:
        answer.raise_for_status()
    if answer.is_error:
        log.warning("forwarded events refused", status=answer.status_code)
