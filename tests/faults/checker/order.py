"""I6: who was acknowledged first stands first. I7: readers miss nothing."""

from collections import Counter, defaultdict
from itertools import pairwise
from typing import Final

from tests.faults.checker.case import TOKEN, Case
from tests.faults.history import Follows, Sighting, Write

_PLACES: Final = "SELECT content, created_at, id FROM messages"
_READABLE: Final = """
SELECT m.project_id, m.ticket_id::text, m.id::text FROM messages m
JOIN tickets t ON t.project_id = m.project_id AND t.id = m.ticket_id
WHERE NOT m.is_private AND m.deleted_at IS NULL AND t.deleted_at IS NULL
"""
_ONCE: Final = ("poll", "page")


async def order_kept(case: Case) -> list[str]:
    """I6: of one client on one ticket, who does one thing after the other."""
    places = {
        found[0]: (at, id_)
        for text, at, id_ in await case.db.fetch(_PLACES)
        if (found := TOKEN.search(text))
    }
    said: dict[tuple[str, str], list[Write]] = defaultdict(list)
    for write in case.history.of(Write):
        if write.outcome == "ok" and write.token in places:
            said[write.client, write.ticket_id].append(write)
    return [
        f"{client}: {after.token} stands before {before.token}"
        for (client, _), writes in said.items()
        for before, after in pairwise(writes)
        if places[before.token] >= places[after.token]
    ]


async def readers_saw_all(case: Case) -> list[str]:
    """I7: by a cursor once, by a stream at least once."""
    readable: dict[tuple[int, str], set[str]] = defaultdict(set)
    for project, ticket, message in await case.db.fetch(_READABLE):
        readable[project, ticket].add(message)
        readable[project, ""].add(message)
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for sighting in case.history.of(Sighting):
        seen[sighting.reader][sighting.message_id] += 1
    problems: list[str] = []
    for follows in case.history.of(Follows):
        found = seen[follows.reader]
        problems += [
            f"{follows.reader} never saw {message}"
            for message in readable[follows.project, follows.ticket_id] - set(found)
        ]
    return problems + [
        f"{reader} saw {message} {count} times"
        for reader in {one.reader for one in case.history.of(Follows) if one.how in _ONCE}
        for message, count in seen[reader].items()
        if count > 1
    ]
