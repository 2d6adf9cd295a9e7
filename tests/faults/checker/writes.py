"""I1: what was acknowledged is there, once. I2: what was refused is not there at all."""

from collections import Counter
from typing import Final

from tests.faults.checker.case import TOKEN, Case
from tests.faults.checker.tables import traces
from tests.faults.history import Write

_SAID: Final = "SELECT content FROM messages"
_TAGGED: Final = """
SELECT jsonb_array_elements_text(payload -> 'tags') AS tag FROM events WHERE type = 'ticket.tagged'
"""
_CREATED: Final = "SELECT ticket_id::text FROM events WHERE type = 'ticket.created'"
_DELETED: Final = """
SELECT coalesce(payload ->> 'message_id', ticket_id::text) AS id FROM events
WHERE type IN ('ticket.deleted', 'note.deleted')
"""
_GONE: Final = """
SELECT id::text FROM tickets WHERE deleted_at IS NOT NULL
UNION ALL SELECT id::text FROM messages WHERE deleted_at IS NOT NULL
"""
_DELETIONS: Final = ("delete ticket", "delete note")


async def acknowledged_once(case: Case) -> list[str]:
    """I1; a write of which nobody heard may be there, but not twice."""
    said = Counter(token for (text,) in await case.db.fetch(_SAID) for token in _tokens(text))
    tagged = Counter(tag for (tag,) in await case.db.fetch(_TAGGED))
    created = Counter(ticket for (ticket,) in await case.db.fetch(_CREATED))
    problems: list[str] = []
    for write in case.history.of(Write):
        if write.what in _DELETIONS or write.outcome == "refused":
            continue
        found = (tagged if write.what == "patch" else said)[write.token]
        if found > 1 or (write.outcome == "ok" and found != 1):
            problems.append(f"{write.outcome} {write.what} {write.token}: there {found} times")
        if write.what == "ticket" and write.outcome == "ok" and created[write.ticket_id] != 1:
            problems.append(f"ticket {write.ticket_id}: created {created[write.ticket_id]} times")
    return problems + await _deletions(case)


async def _deletions(case: Case) -> list[str]:
    told = Counter(thing for (thing,) in await case.db.fetch(_DELETED))
    gone = {thing for (thing,) in await case.db.fetch(_GONE)}
    wanted = [
        write.message_id or write.ticket_id
        for write in case.history.of(Write)
        if write.what in _DELETIONS and write.outcome == "ok"
    ]
    return [
        f"{thing}: deleted {told[thing]} times, {'gone' if thing in gone else 'still there'}"
        for thing in wanted
        if told[thing] != 1 or thing not in gone
    ]


async def shown_once(case: Case) -> list[str]:
    """I1 again, as the API shows it: each thread has what was acknowledged in it, once."""
    gone = {thing for (thing,) in await case.db.fetch(_GONE)}
    problems: list[str] = []
    for write in case.history.of(Write):
        is_said = write.what in ("ticket", "message", "note") and write.outcome == "ok"
        if not is_said or write.ticket_id in gone or write.message_id in gone:
            continue
        thread = case.threads.get(write.ticket_id, ())
        found = sum(write.token in text for text in thread)
        if found != 1:
            problems.append(f"{write.what} {write.token}: shown {found} times")
    return problems


async def refused_absent(case: Case) -> list[str]:
    """I2, in whatever table."""
    refused = {write.token for write in case.history.of(Write) if write.outcome == "refused"}
    return [
        f"refused {trace.token}: in {trace.table}"
        async for trace in traces(case.db)
        if trace.token in refused
    ]


def _tokens(text: str) -> list[str]:
    return [found[0] for found in TOKEN.finditer(text)]
