"""Wakes the streams that wait for something to happen to a ticket or to a viewer's tickets."""

import asyncio
from collections.abc import Generator, Iterable
from contextlib import contextmanager

from rejoinder.channels.widget.memory import Part
from rejoinder.events.announcement import Announcement
from rejoinder.events.event import INSTALLATION


class Bells:
    """Each waiting stream has one bell: however much happens, it rings once until it is heard."""

    def __init__(self) -> None:
        self.closed = False
        self._waiting: dict[tuple[int, Part], set[asyncio.Event]] = {}

    @contextmanager
    def waiting(self, project_id: int, parts: Iterable[Part]) -> Generator[asyncio.Event]:
        """A bell that rings when one of the parts is announced. Set it up before reading."""
        bell = asyncio.Event()
        keys = [(project_id, part) for part in parts]
        for key in keys:
            self._waiting.setdefault(key, set()).add(bell)
        try:
            yield bell
        finally:
            for key in keys:
                bells = self._waiting[key]
                bells.discard(bell)
                if not bells:
                    del self._waiting[key]

    async def heard(self, announcement: Announcement) -> None:
        if announcement.project_id == INSTALLATION:
            return
        if not announcement.types:
            self.ring_all()
        for part in (*announcement.tickets, *announcement.readers):
            for bell in self._waiting.get((announcement.project_id, part), ()):
                bell.set()

    def ring_all(self) -> None:
        """Whoever waits looks again: we do not know what we have missed."""
        for bells in self._waiting.values():
            for bell in bells:
                bell.set()

    def close(self) -> None:
        """Ends all streams."""
        self.closed = True
        self.ring_all()
