"""I8: everything that was to leave has left, under its own id, and nothing else has."""

from typing import Final

from tests.faults.checker.case import Case
from tests.faults.history import Sighting

_WANTED: Final = """
SELECT e.project_id, e.id::text, e.type FROM events e
JOIN webhooks w ON w.project_id = e.project_id AND w.enabled
WHERE split_part(e.type, '.', 1) IN ('ticket', 'message', 'person')
    AND e.at > w.created_at
"""
_PENDING: Final = """
SELECT 'delivery ' || state || ' of ' || event_type AS what, count(*) FROM webhook_deliveries
WHERE state = 'pending' GROUP BY 1
UNION ALL
SELECT 'job ' || name || coalesce(': ' || error, ''), count(*) FROM jobs
WHERE repeats_every IS NULL GROUP BY 1
UNION ALL
SELECT 'disabled webhook', count(*) FROM webhooks WHERE NOT enabled HAVING count(*) > 0
"""


_MAILED: Final = """
SELECT m.project_id, m.id::text FROM messages m
JOIN tickets t ON t.project_id = m.project_id AND t.id = m.ticket_id
WHERE t.channel_source = 'email' AND m.author_type <> 'customer' AND NOT m.is_private
"""
_STILL_THERE: Final = " AND m.deleted_at IS NULL AND t.deleted_at IS NULL"


async def outbox_empty(case: Case) -> list[str]:
    """Asked when it had 60 seconds to become so; what was given up has not left either."""
    waiting = [f"{count} of {what}" for what, count in await case.db.fetch(_PENDING)]
    wanted = {(project, event) for project, event, _ in await case.db.fetch(_WANTED)}
    arrived = {
        (sighting.project, sighting.event_id)
        for sighting in case.history.of(Sighting)
        if sighting.how == "hook"
    }
    missing = [f"project {project}: {event} never arrived" for project, event in wanted - arrived]
    unknown = [f"project {project}: {event} arrived" for project, event in arrived - wanted]
    return waiting + missing + unknown + await _mails(case)


async def _mails(case: Case) -> list[str]:
    """Each under the id of its message, so that whoever gets it twice can see that."""
    if not case.world.mails:
        return []
    known = {(project, message) for project, message in await case.db.fetch(_MAILED)}
    wanted = await case.db.fetch(_MAILED + _STILL_THERE)
    arrived = {
        (sighting.project, sighting.message_id)
        for sighting in case.history.of(Sighting)
        if sighting.how == "mail"
    }
    missing = {(project, message) for project, message in wanted} - arrived
    return [
        *(f"project {project}: {message} was never mailed" for project, message in missing),
        *(f"project {project}: mail of {one} arrived" for project, one in arrived - known),
    ]
