"""Give me this ticket, if this caller may have it: the only door for routes."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from rejoinder.db.pool import Queryable
from rejoinder.errors import NotFound
from rejoinder.events.work import Tx
from rejoinder.tickets import queries
from rejoinder.tickets.types import Ticket, TicketView

_MOST_DIGITS = 18
_UUID_LENGTHS = {32, 36}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)


def parse_ref(text: str) -> UUID | int:
    """A ticket's id or number out of a URL.

    Raises:
        NotFound: it is neither.
    """
    if text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS:
        return int(text)
    try:
        if len(text) in _UUID_LENGTHS:
            return UUID(text)
    except ValueError:
        pass
    raise NotFound


def version(updated_at: datetime) -> str:
    """The ticket's entity tag: it changes exactly when `updated_at` does."""
    return f'"{(updated_at - _EPOCH) // _TICK:x}"'


def is_named(versions: str, updated_at: datetime) -> bool:
    """Whether an `If-Match` header names this version; proxies that compress make tags weak."""
    named = {name.strip().removeprefix("W/") for name in versions.split(",")}
    return "*" in named or version(updated_at) in named


async def view(db: Queryable, project_id: int, ref: UUID | int) -> TicketView:
    """The ticket as readers see it.

    Raises:
        NotFound: not there, deleted, or another project's.
    """
    found = await queries.view(db, project_id, ref)
    if found is None:
        raise NotFound
    return found


async def locked_ticket(tx: Tx, ref: UUID | int) -> Ticket:
    """The ticket, its row locked.

    Raises:
        NotFound: not there, deleted, or another project's.
    """
    ticket = await queries.locked(tx, tx.project_id, ref)
    if ticket is None or ticket.deleted_at is not None:
        raise NotFound
    return ticket


async def locked_tickets(tx: Tx, ids: Sequence[UUID], *, deleted_too: bool = False) -> list[Ticket]:
    """Those of these tickets that there are, their rows locked, in the order of their ids."""
    tickets = await queries.locked_all(tx, tx.project_id, list(dict.fromkeys(ids)))
    return [ticket for ticket in tickets if deleted_too or ticket.deleted_at is None]


async def locked_deleted_ticket(tx: Tx, ref: UUID | int) -> Ticket:
    """A deleted ticket that has not been purged, its row locked.

    Raises:
        NotFound: not there, not deleted, or another project's.
    """
    ticket = await queries.locked(tx, tx.project_id, ref)
    if ticket is None or ticket.deleted_at is None:
        raise NotFound
    return ticket
