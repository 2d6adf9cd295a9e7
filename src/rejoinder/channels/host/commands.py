"""What captured events change: the persons they speak of."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final

import msgspec
import structlog

from rejoinder.channels.host import metrics, rules
from rejoinder.channels.host.types import Captured
from rejoinder.errors import Invalid, Throttled
from rejoinder.events.event import Actor
from rejoinder.events.work import Work
from rejoinder.people import commands as people
from rejoinder.people.types import Claim

log = structlog.stdlib.get_logger(__name__)

Storable = Callable[[Any], None]
Allowance = Callable[[], Awaitable[None]]

# What one request may say about persons; a browser says one or two things at a time.
MOST_CLAIMS: Final = 100


async def learn(
    work: Work,
    project_id: int,
    events: Sequence[Captured],
    *,
    check: Storable,
    allow: Allowance,
) -> None:
    """Takes from the events what they say about persons, each in a transaction of its own.

    One that cannot be kept, or is too much, is left out: the others are no worse for it.
    """
    claims = [claim for event in events if (claim := rules.claim_of(event))]
    metrics.DROPPED.inc(len(events) - len(claims))
    metrics.REFUSED.inc(max(0, len(claims) - MOST_CLAIMS))
    for claim in claims[:MOST_CLAIMS]:
        try:
            await allow()
            check(msgspec.to_builtins(claim))
            await _learn(work, project_id, claim)
        except (Invalid, Throttled) as error:
            metrics.REFUSED.inc()
            log.info("claim refused", code=error.code, project_id=project_id)
        else:
            metrics.USED.inc()


async def _learn(work: Work, project_id: int, claim: Claim) -> None:
    # Whoever says it has shown no credential; the id is what they call themselves.
    async with work.begin(Actor(project_id, "person", claim.distinct_id)) as tx:
        await people.claim(tx, claim)
