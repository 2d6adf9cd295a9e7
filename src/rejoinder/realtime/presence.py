"""Who looks at a ticket, and who types: said to the team, and never stored."""

from time import monotonic
from typing import Final, Literal
from uuid import UUID

import msgspec
from msgspec import Struct

from rejoinder.db.pool import Queryable
from rejoinder.realtime import queries
from rejoinder.realtime.feed import Feed

CHANNEL: Final = "rejoinder_presence"

State = Literal["viewing", "typing", "gone"]

# A browser repeats itself more often than this; one that was closed is soon forgotten.
_LIFETIME_S: Final = 45.0


class Presence(Struct, frozen=True):
    """A teammate at a ticket."""

    project_id: int
    ticket_id: UUID
    user_id: int
    email: str
    state: State


class Presences:
    """Who is where, as far as this process has heard; every process hears of everybody."""

    def __init__(self, feed: Feed) -> None:
        self._feed = feed
        self._here: dict[tuple[int, UUID, int], tuple[float, Presence]] = {}

    async def announce(self, db: Queryable, presence: Presence) -> None:
        """Tells all processes, this one among them."""
        await queries.notify(db, CHANNEL, msgspec.json.encode(presence).decode())

    def heard(self, payload: str) -> None:
        """Keeps it for a while, and passes it on to the project's streams."""
        presence = msgspec.json.decode(payload, type=Presence)
        key = presence.project_id, presence.ticket_id, presence.user_id
        if presence.state == "gone":
            self._here.pop(key, None)
        else:
            self._here[key] = (monotonic() + _LIFETIME_S, presence)
        data = msgspec.json.encode(presence)
        frame = b"event: presence\ndata: " + data + b"\n\n"
        self._feed.whisper(presence.project_id, presence.ticket_id, frame)

    def at(self, project_id: int, ticket_id: UUID) -> list[Presence]:
        """Who is at this ticket now."""
        now = monotonic()
        self._here = {key: here for key, here in self._here.items() if here[0] > now}
        return [
            presence
            for _, presence in self._here.values()
            if (presence.project_id, presence.ticket_id) == (project_id, ticket_id)
        ]
