"""Sending captured events on, unchanged, to a PostHog host: a job for each request."""

from typing import Final

import msgspec
import structlog
from msgspec import Struct

from rejoinder.channels.host import metrics, queries
from rejoinder.db.pool import Queryable
from rejoinder.events.event import INSTALLATION
from rejoinder.events.work import Work
from rejoinder.jobs.queue import enqueue
from rejoinder.jobs.types import Job, NewJob
from rejoinder.web.egress.client import Call, Egress

log = structlog.stdlib.get_logger(__name__)

FORWARD: Final = "host.forward"
# What waits while the other host is away; beyond that, events are lost and counted.
MOST_WAITING: Final = 1_000
LARGEST: Final = 262_144
_ERROR: Final = 400
_SERVER_ERROR: Final = 500


class HostFailed(Exception):
    """The other host has a fault; the text says which."""


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


async def forward(_: Work, job: Job, *, egress: Egress) -> None:
    """Sends it.

    Raises:
        HostFailed, EgressError: the host fails or does not answer; worth another attempt.
    """
    request = msgspec.json.decode(job.payload, type=Forwarded)
    reply = await egress.send(
        Call(
            purpose="forward",
            project_id=INSTALLATION,
            url=request.host + request.path,
            headers=request.headers,
            body=request.body,
        )
    )
    if reply.status >= _SERVER_ERROR:
        raise HostFailed(f"The host answered {reply.status}.")
    if reply.status >= _ERROR:
        log.warning("forwarded events refused", status=reply.status)
