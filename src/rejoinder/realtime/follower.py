"""One reader of a project's log, and who is told of which event."""

import asyncio
from collections.abc import Collection, Sequence
from itertools import chain
from typing import Final

from msgspec import Struct

from rejoinder.events.event import BEGINNING, Position, Recorded
from rejoinder.realtime.filters import Wanted, topics_of

UNTAKEN: Final = 256
UNTAKEN_BYTES: Final = 1_000_000
"""What is kept for a reader that does not take it; who is further behind reads the log."""
WHISPERS: Final = 64


class Told(Struct, frozen=True):
    """An event and its bytes in a stream, made once for everybody."""

    event: Recorded
    frame: bytes


class News(Struct, frozen=True):
    """What a reader gets at a time; nothing but `end` is a sign of life, and where it stands."""

    events: Sequence[Told] = ()
    whispers: Sequence[bytes] = ()
    end: Position | None = None


class Follower:
    """What one reader was told behind its `position` and has not taken yet.

    Who is behind is told nothing: it has to read the log from its position.
    """

    def __init__(self, want: Wanted, after: Position | None) -> None:
        self.want = want
        self.position = after or BEGINNING
        self.is_behind = after is not None
        self.moved = asyncio.Event()
        self._events: list[Told] = []
        self._bytes = 0
        self._whispers: list[bytes] = []

    def tell(self, told: Told) -> None:
        if len(self._events) >= UNTAKEN or self._bytes > UNTAKEN_BYTES:
            self.fall_behind()
        if not self.is_behind:
            self._events.append(told)
            self._bytes += len(told.frame)
            self.moved.set()

    def whisper(self, text: bytes) -> None:
        """Something that is said but not recorded; who does not listen misses the oldest of it."""
        if len(self._whispers) >= WHISPERS:
            del self._whispers[0]
        self._whispers.append(text)
        self.moved.set()

    def fall_behind(self) -> None:
        """From here on the log is what keeps its events."""
        self.is_behind = True
        self._events, self._bytes = [], 0
        self.moved.set()

    def take(self) -> News | None:
        """What there is, once; what the log had already is left out."""
        self.moved.clear()
        position = self.position
        events = [told for told in self._events if told.event.position > position]
        whispers = self._whispers
        if events:
            self.position = events[-1].event.position
        self._events, self._bytes, self._whispers = [], 0, []
        return News(events, whispers) if events or whispers else None


class Audience:
    """All followers of a project, found by what they want: an event costs those who want it."""

    def __init__(self) -> None:
        self._everybody: set[Follower] = set()
        self._by_topic: dict[object, set[Follower]] = {}

    def __len__(self) -> int:
        return len(self._everybody)

    def everybody(self) -> Collection[Follower]:
        return self._everybody

    def add(self, follower: Follower) -> None:
        self._everybody.add(follower)
        for topic in follower.want.topics():
            self._by_topic.setdefault(topic, set()).add(follower)

    def remove(self, follower: Follower) -> None:
        self._everybody.remove(follower)
        for topic in follower.want.topics():
            self._by_topic[topic].remove(follower)
            if not self._by_topic[topic]:
                del self._by_topic[topic]

    def of(self, event: Recorded) -> Collection[Follower]:
        """Those who want the event."""
        found = (self._by_topic.get(topic, ()) for topic in topics_of(event))
        return list(chain.from_iterable(found))
