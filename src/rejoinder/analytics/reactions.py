"""What analytics does when tickets and messages are announced: it tells the capture URL."""

from typing import Final

import msgspec

from rejoinder.analytics import queries, rules
from rejoinder.events.reactions import Reaction
from rejoinder.events.work import Work
from rejoinder.jobs.types import Job
from rejoinder.web.egress.client import Call, Egress

CAPTURE: Final = "analytics.capture"
_ERRORS: Final = 400
_MOST_BYTES: Final = 4_096


class NotCaptured(Exception):
    """The capture URL refused the event; the text says how."""


class Capture:
    """To the URL that the operator gave; with his token, or else the project's own."""

    def __init__(self, egress: Egress, url: str, token: str) -> None:
        self._egress = egress
        self._url = url
        self._token = token

    async def react(self, work: Work, job: Job) -> None:
        """Captures one event. It may do so twice: the event's id tells.

        Raises:
            NotCaptured, EgressError: it was not; worth another attempt.
        """
        reaction = msgspec.json.decode(job.payload, type=Reaction)
        facts = await queries.facts(work.database, reaction.project_id, reaction.event_id)
        if facts is None or not self._url:
            return
        reply = await self._egress.send(
            Call(
                purpose="analytics",
                project_id=reaction.project_id,
                url=self._url,
                headers={"Content-Type": "application/json"},
                body=msgspec.json.encode(rules.captured(facts, self._token)),
                most_bytes=_MOST_BYTES,
            )
        )
        if reply.status >= _ERRORS:
            raise NotCaptured(f"The capture URL answered {reply.status}.")
