"""What all calls of the widget share: database, limits, and what is remembered of what was read."""

from collections.abc import Callable
from functools import partial

import msgspec

from rejoinder.channels.widget.bells import Bells
from rejoinder.channels.widget.call import Call, etag_of
from rejoinder.channels.widget.memory import Memory
from rejoinder.channels.widget.projects import Projects
from rejoinder.channels.widget.types import TicketState
from rejoinder.channels.widget.wire import Listed, ThreadOut
from rejoinder.db.pool import Database
from rejoinder.errors import Unavailable
from rejoinder.events.announcement import Announcement
from rejoinder.events.work import Work
from rejoinder.messages.attachments.files import Files
from rejoinder.messages.attachments.links import Links
from rejoinder.messages.attachments.types import Link
from rejoinder.web.limits import RateLimits

_encode = msgspec.json.Encoder().encode

# Of one ticket or list, so many different pages are recognised.
_MOST_PAGES = 16


class RememberedTicket:
    """A ticket's state, and the answers that it allows without a query while it lasts."""

    __slots__ = ("etags", "nothing_new", "nothing_new_etag", "state")

    def __init__(self, state: TicketState) -> None:
        self.state = state
        empty = ThreadOut(state.id, state.status, state.unread_customer_count, [], has_more=False)
        self.nothing_new = _encode(empty)
        self.nothing_new_etag = etag_of(self.nothing_new)
        self.etags: dict[object, bytes] = {}

    def remember(self, page: object, etag: bytes) -> None:
        if len(self.etags) < _MOST_PAGES:
            self.etags[page] = etag


class RememberedList:
    """The pages of one viewer's list of tickets, as they were answered."""

    __slots__ = ("pages",)

    def __init__(self) -> None:
        self.pages: dict[Listed, tuple[bytes, bytes]] = {}

    def remember(self, page: Listed, body: bytes, etag: bytes) -> None:
        if len(self.pages) < _MOST_PAGES:
            self.pages[page] = (body, etag)


class Switchboard:
    """Of one process; open from `open` to `close`."""

    def __init__(
        self,
        limits: RateLimits,
        hears: Callable[[], bool],
        *,
        max_streams: int,
        stream_patience: float,
        files: Files,
        links: Links,
    ) -> None:
        """`hears` says whether every commit of other processes is heard of."""
        self.limits = limits
        self.hears = hears
        self.max_streams = max_streams
        self.stream_patience = stream_patience
        self.files = files
        self._links = links
        self.streams = 0
        self.projects = Projects(hears)
        self.people: Memory[frozenset[str]] = Memory(hears)
        self.tickets: Memory[RememberedTicket] = Memory(hears)
        self.lists: Memory[RememberedList] = Memory(hears)
        self.bells = Bells()
        self._work: Work | None = None

    @property
    def work(self) -> Work:
        if self._work is None:
            raise Unavailable("The server is starting.")
        return self._work

    @property
    def database(self) -> Database:
        return self.work.database

    def link(self, call: Call, project_id: int) -> Link:
        """The links that the answer to a customer holds."""
        return partial(self._links.url, call.base_url, project_id)

    def open(self, work: Work) -> None:
        self._work = work

    def close(self) -> None:
        self.bells.close()

    async def heard(self, announcement: Announcement) -> None:
        """Forgets what the announced events may have changed, then tells the streams."""
        await self.projects.heard(announcement)
        await self.people.heard(announcement)
        await self.tickets.heard(announcement)
        await self.lists.heard(announcement)
        await self.bells.heard(announcement)

    async def deaf(self) -> None:
        self.projects.forget()
        self.people.forget()
        self.tickets.forget()
        self.lists.forget()
        self.bells.ring_all()
